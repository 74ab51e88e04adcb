import Networks
import Training

@testable import Sessions

/// A session whose small network learns two moons.
struct LiveSession {
  let session: Session

  /// - Parameter text: Commands before the run, which is paused at once unless it shall not begin.
  init(_ text: String = "", trains: Bool = true) {
    var options = Session.Options()
    options.threads = 1
    session = Session(options)
    session.answer(
      """
      data moons count=64; optimizer sgd lr=0.1 momentum=0.9; batch 32
      add dense 8 act=tanh; add dense 8 act=tanh; add dense 2
      """)
    if !text.isEmpty { session.answer(text) }
    if trains { train() }
  }

  /// Begins a run that waits after some steps.
  func train() {
    session.answer("train 1000000", from: .prompt)
    session.answer("pause", from: .prompt)
    session.answer("step 3", from: .prompt)
  }

  /// What a line at the prompt answers.
  @discardableResult
  func type(_ line: String) -> String { session.answer(line, from: .prompt).text }

  var network: Network? { session.state.current?.network }

  /// What the current network has learned, in the run if one goes on.
  var learned: LearnedState {
    guard let current = session.state.current else { return LearnedState() }
    return (try? session.scope.presentWeights(of: current)) ?? LearnedState()
  }

  /// The weights by path.
  var weights: [String: [Float]] {
    let parameters = learned.parameters
    return Dictionary(
      uniqueKeysWithValues: (network?.parameters ?? []).map {
        ($0.path, parameters[$0.key]?.values ?? [])
      })
  }
}
