import Engine
import Networks
import Training

/// Networks that are trained beside those of the session, and what is said of what they come to.
struct Demonstration {
  /// Networks that learn side by side, from the same batches.
  struct Round {
    let title: String
    let trials: [Trial]
  }

  /// What the rows of its table differ in.
  let heads: [String]
  let rounds: [Round]

  /// What the table shows, in a few lines.
  let conclusion: @Sendable (TrialTable) -> [StyledText]

  /// How many networks are trained.
  var count: Int { rounds.reduce(0) { $0 + $1.trials.count } }
}

/// A network that is trained for a demonstration.
struct Trial: Sendable {
  /// What it differs in from others; those that are alike share a row.
  let row: [String]
  let request: RunRequest
}

/// What a network has come to in a demonstration.
struct TrialResult: Sendable {
  let trial: Trial

  /// The norms of the gradients of the first and the last weights before the output layer, at the start.
  let norms: (first: Double, last: Double)?
  let epoch: EpochSummary?
  let trace: RunTrace?
  let hasDiverged: Bool
  let seconds: Double

  var parameters: Int { trial.request.network.learnableCount }
  var loss: Double? { hasDiverged ? nil : epoch?.loss }
  var testLoss: Double? { hasDiverged ? nil : epoch?.testLoss }

  /// The share of test examples that are answered wrong.
  var testError: Double? { hasDiverged ? nil : epoch?.testAccuracy.map { 1 - $0 } }
}

/// What the networks of a demonstration have come to so far.
struct DemonstrationLog {
  private(set) var results: [TrialResult] = []

  /// Why networks could not be trained.
  private(set) var fault: EngineError?
  private var open: [String: (trial: Trial, norms: (first: Double, last: Double)?)] = [:]

  /// Notes that networks begin to learn, with the gradients that they begin with.
  mutating func begin(_ trials: [Trial], _ gradients: [Examination]) {
    open = [:]
    for (trial, seen) in zip(trials, gradients) {
      open[trial.request.name] = (trial, seen.norms(of: trial.request.network))
    }
  }

  /// Notes what networks have come to; what was stopped counts for nothing.
  mutating func end(_ results: [RunResult], _ traces: [RunTrace]) {
    for result in results {
      guard let (trial, norms) = open.removeValue(forKey: result.name) else { continue }
      var hasDiverged = false
      switch result.ending {
      case .finished, .conditionHolds, .outOfPatience: break
      case .stopped: continue
      case .failed(.refused(let error)):
        fault = error
        continue
      case .failed(.diverged): hasDiverged = true
      }
      self.results.append(
        TrialResult(
          trial: trial, norms: norms, epoch: result.epochs.last,
          trace: traces.last { $0.network == result.name }, hasDiverged: hasDiverged,
          seconds: result.seconds))
    }
  }
}

extension Examination {
  /// The norms of the gradients of the first and the last weights before the output layer; nothing where there is
  /// one layer.
  fileprivate func norms(of network: Network) -> (first: Double, last: Double)? {
    var norms: [Double] = []
    network.walk { block, _ in
      switch block.form {
      case .layer(.convolution), .layer(.transposedConvolution), .layer(.dense):
        if let gradient = gradients[block.id] { norms.append(gradient.gradientNorm) }
      default: break
      }
    }
    guard norms.count > 1 else { return nil }
    return (norms[0], norms[norms.count - 2])
  }
}
