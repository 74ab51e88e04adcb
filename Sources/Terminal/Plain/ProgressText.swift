import Sessions

/// A run's progress in words: a bar for terminals, and a line for each finished epoch.
package struct ProgressText {
  private let glyphs: Glyphs

  /// Words with bars of such signs.
  package init(glyphs: Glyphs = .unicode) { self.glyphs = glyphs }

  /// One line of at most `columns`, without a bar where that is too narrow; what matters least is
  /// left out first.
  package func bar(_ progress: Progress, columns: Int) -> String {
    bar([progress], columns: columns)
  }

  /// One line for networks that learn side by side: of each its name and loss.
  package func bar(_ all: [Progress], columns: Int) -> String {
    guard let progress = all.first(where: \.isLearning) ?? all.first else { return "" }
    var fields: [(text: String, rank: Int)] = [(epoch(progress.epoch, progress.epochs), 0)]
    fields.append((Self.count("step", progress.step, progress.steps), 4))
    if all.count > 1 {
      let losses = all.map { network in
        let loss = network.isLearning ? network.loss.map(Numbers.loss) ?? "…" : "diverged"
        return "\(network.network) \(loss)"
      }
      fields.append((glyphs.spell(losses.joined(separator: "  ")), 1))
    } else if let loss = progress.loss {
      fields.append(("loss \(Numbers.loss(loss))", 1))
    }
    if all.count == 1, let accuracy = progress.accuracy {
      fields.append(("accuracy \(Numbers.percent(accuracy))", 2))
    }
    if let rate = progress.samplesPerSecond { fields.append((Self.rate(rate), 5)) }
    switch progress.state {
    case .paused: fields.append(("paused", 0))
    case .stopping: fields.append(("stopping", 0))
    case .running:
      if let seconds = progress.secondsLeft {
        fields.append(("\(Numbers.duration(seconds)) left", 3))
      }
    }
    let gap = 2
    let barWidth = progress.fraction == nil ? 0 : min(24, columns / 4)
    var room = columns - (barWidth > 4 ? barWidth + gap : 0)
    var kept = Set<Int>()
    for index in fields.indices.sorted(by: { fields[$0].rank < fields[$1].rank }) {
      let width = DisplayWidth.columns(of: fields[index].text) + (kept.isEmpty ? 0 : gap)
      if width > room { break }
      room -= width
      kept.insert(index)
    }
    var parts = fields.indices.filter(kept.contains).map { fields[$0].text }
    if let fraction = progress.fraction, barWidth > 4, !parts.isEmpty {
      parts.insert(meter(fraction, columns: barWidth), at: 1)
    }
    return parts.joined(separator: "  ")
  }

  /// What a finished epoch came to, in one line.
  package func line(_ epoch: EpochSummary) -> String {
    var parts = [
      self.epoch(epoch.epoch, epoch.epochs) + (epoch.isOneOfSeveral ? "  " + epoch.network : ""),
      "step \(Numbers.grouped(epoch.step))",
      "loss \(Numbers.loss(epoch.loss))",
    ]
    if let accuracy = epoch.accuracy { parts.append("accuracy \(Numbers.percent(accuracy))") }
    if let loss = epoch.testLoss { parts.append("test loss \(Numbers.loss(loss))") }
    if let accuracy = epoch.testAccuracy {
      parts.append("test accuracy \(Numbers.percent(accuracy))")
    }
    parts.append(Self.rate(epoch.samplesPerSecond))
    return parts.joined(separator: "  ")
  }

  private func epoch(_ number: Int, _ all: Int?) -> String { Self.count("epoch", number, all) }

  private static func count(_ noun: String, _ number: Int, _ all: Int?) -> String {
    "\(noun) \(Numbers.grouped(number))" + (all.map { "/\(Numbers.grouped($0))" } ?? "")
  }

  private static func rate(_ perSecond: Double) -> String {
    let isCountable = perSecond.isFinite && perSecond >= 10 && perSecond < 1e15
    return
      (isCountable ? Numbers.grouped(Int(perSecond)) : Numbers.significant(perSecond, digits: 2))
      + " samples/s"
  }

  /// A bar filled to a share of its columns.
  private func meter(_ fraction: Double, columns: Int) -> String {
    let (full, empty, ends) =
      switch glyphs {
      case .unicode: ("█", "░", ("", ""))
      case .ascii: ("#", "-", ("[", "]"))
      }
    let inner = columns - ends.0.count - ends.1.count
    let filled = Int((Double(inner) * min(max(fraction, 0), 1)).rounded(.down))
    return ends.0 + String(repeating: full, count: filled)
      + String(repeating: empty, count: inner - filled) + ends.1
  }
}

extension Progress {
  /// The share of the run that is done, where its end is known.
  package var fraction: Double? {
    if let steps, steps > 0 { return Double(step) / Double(steps) }
    if let epochs, epochs > 0 { return Double(epoch - 1) / Double(epochs) }
    return nil
  }
}
