import Engine
import Language
import Networks
import Training

/// What is said of runs.
extension Session {
  /// How far the current run is: ` at step 12, loss 0.41`.
  var placeOfRun: String {
    let all = trainer.progressOfAll
    guard let step = all.map(\.step).max() else { return "" }
    let losses = all.compactMap { progress in
      progress.loss.map { (all.count > 1 ? "\(progress.network) " : "") + Numbers.loss($0) }
    }
    let loss = losses.isEmpty ? "" : ", loss " + losses.joined(separator: ", ")
    return " at step \(Numbers.grouped(step))\(loss)"
  }

  /// What a run came to, in one line for each network, or why it failed.
  ///
  /// Of several networks that have learned side by side one may fail; only where none is left that is a
  /// failure of the run.
  func report(of results: [RunResult], at range: SourceRange?) -> Report {
    var report = lines(on: results, at: range)
    let networks = JSON.array(results.map(JSON.result))
    report.subject = .run
    report.data = { ["networks": networks] }
    return report
  }

  private func lines(on results: [RunResult], at range: SourceRange?) -> Report {
    let reports = results.map { report(of: $0, at: range) }
    guard results.count > 1 else { return reports.first ?? Report() }
    if let diagnostic = reports.first?.diagnostics.first,
      reports.allSatisfy({ !$0.diagnostics.isEmpty })
    {
      let name = results[0].name
      return Report(
        Diagnostic(
          diagnostic.code, "\(name): \(diagnostic.message)", at: diagnostic.range,
          notes: diagnostic.notes, offers: diagnostic.offers))
    }
    return Report(
      zip(results, reports).flatMap { result, report in
        report.lines + report.diagnostics.map { Self.divergenceLine(result.name, $0.message) }
      })
  }

  /// `waited 12 % of the time for other processes; 80 % of the sums of gradients were hidden`.
  static func text(on times: PeerTimes, of seconds: Double) -> String {
    var text = "waited \(Numbers.percent(times.waiting / seconds)) of the time for other processes"
    if let hidden = times.hidden {
      text += " (\(Numbers.percent(hidden)) of the gradients' sums went by meanwhile)"
    }
    return text
  }

  /// Says of networks that have diverged that they learn no more, once, while others go on.
  func divergenceNotices() -> [Report] {
    var lines: [StyledText] = []
    for (name, fault) in runs.takeFaults() {
      guard case .diverged(let step, let loss, let path) = fault else { continue }
      lines.append(
        Self.divergenceLine(
          name, Self.divergence(step: step, loss: loss, path: path) + "; it stops here")
      )
    }
    return lines.isEmpty ? [] : [Report(lines)]
  }

  private static func divergenceLine(_ name: String, _ message: String) -> StyledText {
    StyledText(name, .emphasis) + StyledText(": \(message)", .bad)
  }

  /// `the loss became nan at step 12, first seen at conv1`.
  private static func divergence(step: Int, loss: Double, path: String?) -> String {
    let place = path.map { ", first seen at \($0)" } ?? ""
    return "the loss became \(Numbers.loss(loss)) at step \(step)\(place)"
  }

  private func report(of result: RunResult, at range: SourceRange?) -> Report {
    let rate = result.seconds > 0 ? Double(result.steps) / result.seconds : 0
    var line = StyledText("trained \(result.name) ", .emphasis)
    line.append("for \(Numbers.count(result.steps, "step"))")
    if state.recipe.precision == .bfloat16 { line.append(" of bf16") }
    line.append(
      " in \(Numbers.duration(result.seconds)) "
        + "(\(Numbers.significant(rate, digits: 3)) steps/s)", .clock)
    if let epoch = result.epochs.last {
      line.append("; loss \(Numbers.loss(epoch.loss))")
      if let accuracy = epoch.accuracy { line.append(", accuracy \(Numbers.percent(accuracy))") }
      if let accuracy = epoch.testAccuracy { line.append(", test \(Numbers.percent(accuracy))") }
    }
    if let best = result.best {
      let figure = best.measure.text(of: best.value)
      line.append("; best \(best.measure.rawValue) \(figure) in epoch \(best.epoch)")
      if best.isRestored { line.append(", whose weights are back") }
    }
    if let times = result.peerTimes, result.seconds > 0 {
      line.append("; " + Self.text(on: times, of: result.seconds), .clock)
    }
    switch result.ending {
    case .finished: return Report([line])
    case .outOfPatience(let epochs):
      line.append("; no better for \(Numbers.count(epochs, "epoch"))", .good)
      return Report([line])
    case .conditionHolds:
      line.append("; until holds", .good)
      return Report([line])
    case .stopped:
      let isKept = sweep == nil && demonstration == nil
      line.append(isKept ? "; stopped, everything learned is kept" : "; stopped", .warning)
      return Report([line])
    case .failed(.refused(let error)):
      var diagnostic = Diagnostic(error, at: range)
      if let command = checkpoints(against: error, of: result.name) {
        diagnostic.offers.append(command)
      }
      return Report(diagnostic)
    case .failed(.diverged(let step, let loss, let path)):
      return Report(
        Diagnostic(
          .diverged,
          Self.divergence(step: step, loss: loss, path: path)
            + (result.best.flatMap {
              $0.isRestored ? "; the weights of epoch \($0.epoch) are back" : nil
            }
              ?? "; the weights from before that step are kept"),
          at: range, offers: offersAfterDivergence))
    }
  }

  /// The command after which a step would fit that was refused for memory; nothing where there is none.
  private func checkpoints(against error: EngineError, of name: String) -> String? {
    guard case .memory(_, let available, _) = error, let network = state.networks[name]?.network,
      let offer = CheckpointOffer(network)
    else { return nil }
    let batch = min(state.recipe.batchSize, state.data?.train.count ?? .max)
    let need = offer.need(state.recipe.memoryQuestion(network, state.data), batch: batch)
    guard let need, need.plan <= available else { return nil }
    return offer.command
  }

  /// What may keep a loss finite and is not in force: bodies that are silent at first where sums grow from block to
  /// block, a smaller rate, weights by another scheme.
  private var offersAfterDivergence: [String] {
    let rate = state.recipe.optimizer.learningRate
    let smaller = Self.tenth(of: rate)
    var offers: [String] = []
    if let pattern = state.current?.network.bareResiduals {
      offers.append("wrap rezero each \(pattern); init he")
    }
    if let value = Double(smaller), value > 0, value < rate {
      offers.append(ScheduleTable.command(rate: value, keeping: state.recipe.schedule))
    }
    switch state.recipe.scheme {
    case .he, .zeroGamma: break
    case .xavier, .gluon, .pytorch, .uniform, .normal, .orthogonal: offers.append("init he")
    }
    if leadsToWhy { offers.append("why") }
    return offers.isEmpty ? ["help init"] : offers
  }

  /// A tenth of a rate, as it is typed.
  private static func tenth(of rate: Double) -> String {
    Numbers.typed((rate * 1e8).rounded() / 1e9)
  }
}
