import Engine
import Language
import Networks
import Training

/// What is wrong with a network, and what helped on a copy.
struct Diagnosis: Sendable {
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
    let deadline = ContinuousClock.now + TrialBudget.timeForTrials
    var known: [String: Treatment?] = [:]
    for finding in Symptom.allCases.compactMap({ $0.finding(in: seen) }) {
      var best: Treatment?
      for command in finding.remedies {
        let key = "\(finding.measure.rawValue) \(command)"
        if known[key] == nil {
          guard ContinuousClock.now < deadline else {
            isCutShort = true
            break
          }
          let treatment = try room.treatment(command, finding.measure, seen, until: deadline)
          known[key] = .some(treatment)
          if let treatment { tried.append(treatment) }
        }
        guard case .some(.some(let treatment)) = known[key], let after = treatment.after,
          treatment.helps(share: finding.share), after < best?.after ?? .infinity
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

  /// What a command comes to; nothing where it is refused, or cannot be tried in the time that is left.
  ///
  /// - Throws: A diagnostic where Ctrl-C was pressed.
  func treatment(
    _ command: String, _ measure: TrialMeasure, _ seen: Observation,
    until deadline: ContinuousClock.Instant
  ) throws -> Treatment? {
    guard let request = try request(after: command, seen) else { return nil }
    let steps: Int
    switch measure {
    case .training, .evaluated:
      steps = seen.baseline.losses.isEmpty ? TrialBudget(request).steps : seen.steps
    case .test: steps = seen.request.learned.steps
    }
    let (count, test) = (seen.count, seen.request.data.test)
    do {
      let outcome = try scope.context.calculator.withCopy(of: request) { copy in
        let curve = try TrialCurve(copy, steps: steps, until: deadline)
        if curve.isCutShort { return TrialOutcome(isCutShort: true) }
        guard curve.fault == nil, curve.isSettled else { return TrialOutcome() }
        switch measure {
        case .training: return TrialOutcome(figure: curve.end)
        case .evaluated:
          return TrialOutcome(
            figure: try copy.evaluate(request.data.train, rows: copy.sample(count)).loss)
        case .test:
          guard let part = request.data.test ?? test else { return TrialOutcome() }
          let rows = Array(0..<min(count, part.count))
          return TrialOutcome(figure: try copy.evaluate(part, rows: rows).loss)
        }
      }
      if outcome.isCutShort { return nil }
      return Treatment(
        command: command, measure: measure, steps: steps, before: seen.figure(measure),
        after: outcome.figure)
    } catch EngineError.interrupted { throw Diagnostic.stopped() } catch is EngineError {
      return nil
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
