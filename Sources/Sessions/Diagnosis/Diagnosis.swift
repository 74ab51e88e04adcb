import Engine
import Language
import Networks
import Training

/// What is wrong with a network, and what helped on a copy.
struct Diagnosis: Sendable {
  /// A later command is shown in place of an earlier one, which changes less, where it leaves at most this share.
  private static let markedly = 0.8

  let seen: Observation

  /// What was found, the most telling first, each with the command that helped most, if one did.
  private(set) var findings: [(finding: Finding, remedy: Treatment?)] = []

  /// All that was tried.
  private(set) var tried: [Treatment] = []

  /// Whether time ran out before all was tried.
  private(set) var isCutShort = false
}

extension Diagnosis {
  /// Looks for all symptoms and tries what may help against those that are there.
  ///
  /// - Throws: A diagnostic where Ctrl-C was pressed.
  init(_ seen: Observation, _ room: TrialRoom) throws {
    self.seen = seen
    isCutShort = seen.baseline.isCutShort
    var left = TrialBudget.timeForTrials
    var known: [String: Treatment?] = [:]
    for finding in Symptom.allCases.compactMap({ $0.finding(in: seen) }) {
      var best: Treatment?
      for command in finding.remedies {
        let key = "\(finding.measure.rawValue) \(command)"
        if known[key] == nil {
          guard left > 0 else {
            isCutShort = true
            break
          }
          let (treatment, used) = try room.treatment(command, finding.measure, seen, within: left)
          left -= used
          isCutShort = isCutShort || left <= 0
          known[key] = .some(treatment)
          if let treatment { tried.append(treatment) }
        }
        guard case .some(.some(let treatment)) = known[key], let after = treatment.after,
          treatment.helps(share: finding.share),
          after < Self.markedly * (best?.after ?? .infinity)
        else { continue }
        best = treatment
      }
      if finding.needsProof, best == nil { continue }
      findings.append((finding, best))
    }
  }
}

extension Treatment {
  /// Whether the figure is at most a share of what it is as things are.
  func helps(share: Double) -> Bool {
    guard let after, after.isFinite else { return false }
    return before.map { after <= share * $0 } ?? true
  }
}

/// Where commands are tried on copies of a state.
struct TrialRoom {
  let scope: CommandScope
  let range: SourceRange

  /// What a command comes to, and the seconds that it took; nothing where it is refused, or time ran out.
  ///
  /// - Throws: A diagnostic where Ctrl-C was pressed.
  func treatment(
    _ command: String, _ measure: TrialMeasure, _ seen: Observation, within seconds: Double
  ) throws -> (treatment: Treatment?, seconds: Double) {
    guard let request = try request(after: command, seen) else { return (nil, 0) }
    let steps =
      switch measure {
      case .training, .evaluated:
        seen.baseline.losses.isEmpty ? TrialBudget(request).steps : seen.steps
      case .test: seen.request.learned.steps
      }
    let (count, test) = (seen.count, seen.request.data.test)
    scope.context.note("why  trying \(command)")
    do {
      let outcome = try scope.context.calculator.withCopy(of: request) { copy in
        let time = TrialTime(seconds: seconds)
        let curve = try TrialCurve(copy, steps: steps, within: time)
        var outcome = TrialOutcome(isCutShort: curve.isCutShort)
        if !curve.isCutShort, curve.fault == nil, curve.isSettled {
          switch measure {
          case .training: outcome.figure = curve.end
          case .evaluated:
            outcome.figure = try copy.evaluate(request.data.train, rows: copy.sample(count)).loss
          case .test:
            if let part = request.data.test ?? test {
              let rows = Array(0..<min(count, part.count))
              outcome.figure = try copy.evaluate(part, rows: rows).loss
            }
          }
        }
        outcome.seconds = time.used
        return outcome
      }
      if outcome.isCutShort { return (nil, outcome.seconds) }
      let treatment = Treatment(
        command: command, measure: measure, steps: steps, before: seen.figure(measure),
        after: outcome.figure)
      return (treatment, outcome.seconds)
    } catch EngineError.interrupted { throw Diagnostic.stopped() } catch is EngineError {
      return (nil, 0)
    }
  }

  /// What would be trained after a command; nothing where the command is refused.
  private func request(after command: String, _ seen: Observation) throws -> RunRequest? {
    if command.contains("normalize"), seen.request.data.isLargeToNormalize { return nil }
    guard let statements = try? Parser.parse(file: SourceText(name: "", text: command)) else {
      return nil
    }
    var state = scope.state
    state.environment.arguments = []
    state.current?.weights = seen.request.learned
    state.current?.run = nil
    var rehearsal = Rehearsal(state, scope.context.forTrial)
    do { try rehearsal.run(statements) } catch { return nil }
    var reached = CommandScope(rehearsal.state, scope.context.forTrial)
    guard let network = try? reached.currentNetwork(at: range),
      let data = try? reached.currentData(at: range),
      (try? reached.checkTrainable(network, data: data, at: range)) != nil,
      (try? reached.checkLearns(network, at: range)) != nil
    else { return nil }
    return reached.runRequestForWeights(network, data: data)
  }
}

/// What a trial came to: its figure, nothing where the loss became no number or rose.
private struct TrialOutcome: Sendable {
  var figure: Double?
  var isCutShort = false
  var seconds = 0.0
}

extension TrialCurve {
  /// Whether the losses did not rise.
  fileprivate var isSettled: Bool {
    guard let start, let end else { return false }
    return end <= 1.02 * start
  }
}

extension Observation {
  /// The steps that were taken on a copy as things are, or would have been.
  var steps: Int { baseline.fault == nil ? baseline.losses.count : TrialBudget(request).steps }

  /// A figure as things are; nothing where the loss became no number.
  fileprivate func figure(_ measure: TrialMeasure) -> Double? {
    switch measure {
    case .training: baseline.losses.isEmpty && baseline.fault == nil ? loss : baseline.end
    case .evaluated: baselineEvaluated
    case .test: tested?.loss
    }
  }
}

extension Dataset {
  /// Whether a normalized copy is too much for a trial.
  fileprivate var isLargeToNormalize: Bool {
    train.rows.isStored || train.count * max(1, shape.count) > 20_000_000
  }
}
