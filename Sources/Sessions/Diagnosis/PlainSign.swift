import Engine
import Training

/// What is plain at the end of a run, and leads to `why`.
extension Session {
  /// A line for each network whose loss has stayed where guessing is: `loss stayed at ln 10 = 2.303: why`.
  func plainSigns(of results: [RunResult], in run: OngoingRun) -> [StyledText] {
    guard leadsToWhy, sweep == nil, run.loss.comparesClasses, state.recipe.classWeights == .even,
      let labels = LabelFigures(run.data.train), labels.isEven
    else { return [] }
    return results.compactMap { result in
      guard result.fault == nil,
        let trace = runs.traces.all.last(where: { $0.network == result.name }),
        trace.record.losses.staysAt(labels.even)
      else { return nil }
      let name = results.count > 1 ? "\(result.name): " : ""
      let asked = result.name == state.currentName ? "why" : "why \(result.name)"
      return StyledText("\(name)loss stayed at \(labels.guess): ", .warning)
        + StyledText(asked, .typable)
    }
  }
}

extension [Float] {
  /// Whether these are the losses of steps enough, and means of their later quarters are a loss to a hundredth.
  fileprivate func staysAt(_ loss: Double) -> Bool {
    guard count >= 40 else { return false }
    return (1..<4).allSatisfy { quarter in
      let part = self[quarter * count / 4..<(quarter + 1) * count / 4]
      let mean = part.reduce(0) { $0 + Double($1) } / Double(part.count)
      return abs(mean - loss) < 0.01 * loss
    }
  }
}
