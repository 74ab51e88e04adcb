import Sessions

/// What the status line says: what the trainer is doing and how far it is.
package struct StatusFacts: Hashable, Sendable {
  /// What the trainer is doing.
  package enum Activity: Hashable, Sendable {
    case idle
    case training
    case paused
    case stopping

    /// A command that takes its time, by its name.
    case busy(String)

    /// The loss is no number any more.
    case diverged
  }

  package var activity: Activity

  /// The network that learns, where another one is current.
  package var network: String?

  /// How many more networks learn beside it.
  package var others = 0
  package var epoch: Int?
  package var epochs: Int?
  package var step: Int?
  package var loss: Double?
  package var accuracy: Double?
  package var learningRate: Double?

  /// Whether the rate changes by itself, so that it is worth more room.
  package var rateChanges = false
  package var samplesPerSecond: Double?
  package var secondsLeft: Double?

  /// Nothing going on.
  package init(activity: Activity = .idle) { self.activity = activity }

  /// The line, with the keys that apply at its right end.
  package func line(keys: [KeyHint], glyphs: Glyphs) -> FieldLine {
    var fields = [FieldLine.Field(sign(glyphs), width: 10, importance: 100)]
    func add(_ label: String, _ text: String?, width: Int, importance: Int, isBad: Bool = false) {
      guard let text else { return }
      let value = StyledLine(glyphs.spell(text), isBad ? Style(.bad, .bold) : .plain)
      fields.append(FieldLine.Field(label, value, width: width, importance: importance))
    }
    if let epoch {
      let total = epochs.map { "/\($0)" } ?? ""
      let width = epochs.map { 2 * String($0).count + 1 } ?? 2
      add("epoch", "\(epoch)\(total)", width: width, importance: 80)
    }
    add("step", step.map(Numbers.grouped), width: 6, importance: 50)
    func name(_ running: String, importance: Int) {
      guard !fields.isEmpty else { return }
      let text = isLearning ? running : "epoch mean "
      fields[fields.count - 1].prefix = (text, importance)
    }
    if let loss {
      add("loss", Numbers.loss(loss), width: 6, importance: 90, isBad: !loss.isFinite)
      name("smoothed ", importance: 75)
    }
    if let accuracy {
      add("accuracy", Numbers.percent(accuracy), width: 7, importance: 70)
      name("batch ", importance: 55)
    }
    add(
      "lr", learningRate.map(Self.rate), width: rateChanges ? 8 : 5,
      importance: rateChanges ? 65 : 40)
    if let rate = samplesPerSecond, rate.isFinite, rate < 1e15 {
      let text = Numbers.grouped(Int(rate.rounded())) + " samples/s"
      fields.append(FieldLine.Field(StyledLine(text, .faint), width: 17, importance: 30))
    }
    if let left = secondsLeft {
      let text = glyphs.spell(Numbers.duration(left)) + " left"
      fields.append(FieldLine.Field(StyledLine(text, .faint), width: 10, importance: 60))
    }
    let trailing = keys.enumerated().map { index, key in
      FieldLine.Field(key.line, importance: key == .pause ? 95 : 45 - 6 * index)
    }
    return FieldLine(fields, trailing: trailing)
  }

  /// Whether the figures are those of a run that goes on: a loss smoothed over steps and the accuracy of a batch,
  /// not the means of the last epoch.
  private var isLearning: Bool {
    switch activity {
    case .training, .paused, .stopping, .diverged: epoch != nil
    case .idle, .busy: false
    }
  }

  private func sign(_ glyphs: Glyphs) -> StyledLine {
    let dot = glyphs == .unicode ? "● " : "* "
    switch activity {
    case .idle: return StyledLine(glyphs == .unicode ? "○ " : "o ", .faint) + StyledLine("ready")
    case .training:
      let name = network.map { " " + $0 } ?? ""
      return StyledLine(dot, Style(.good, .bold))
        + StyledLine("training" + name + (others > 0 ? " +\(others)" : ""))
    case .paused: return StyledLine(dot, Style(.warning, .bold)) + StyledLine("paused")
    case .stopping: return StyledLine(dot, Style(.warning, .bold)) + StyledLine("stopping")
    case .busy(let name): return StyledLine(dot, Style(.good, .bold)) + StyledLine(name)
    case .diverged: return StyledLine(dot + "diverged", Style(.bad, .bold))
    }
  }

  private static func rate(_ value: Double) -> String {
    var text = Numbers.loss(value)
    if text.contains("."), !text.contains("e") {
      while text.last == "0" { text.removeLast() }
      if text.last == "." { text.removeLast() }
    }
    return text
  }
}

/// A key and what it does, as the status line shows it.
package struct KeyHint: Hashable, Sendable {
  package let key: String
  package let action: String

  /// What ends or holds a run; shown before all else while there is one.
  package static let pause = KeyHint("^C", "pause")

  /// A key's name and a word for what it does.
  package init(_ key: String, _ action: String) {
    self.key = key
    self.action = action
  }

  var line: StyledLine { StyledLine(key, Style(.key, .bold)) + StyledLine(" " + action, .faint) }
}
