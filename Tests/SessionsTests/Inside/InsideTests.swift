import Testing

@testable import Sessions

/// Looks inside a network that learns, at rest and in the midst of a run.
struct InsideTests {
  @Test(arguments: [true, false])
  func looksChangeNothing(live: Bool) throws {
    let session = LiveSession("train 1", trains: live)
    let before = session.learned
    for line in ["trace", "trace test", "gradients", "show *"] {
      #expect(!session.type(line).contains("error"), "\(line)")
      #expect(session.learned.parameters == before.parameters, "\(line)")
      #expect(session.learned.optimizerState == before.optimizerState, "\(line)")
      #expect(session.learned.steps == before.steps, "\(line)")
    }
    if live { session.type("stop") }
  }

  /// The run with looks in it ends with the bits of the run without.
  @Test func looksLeaveNoTraceInTheRun() {
    let plain = LiveSession("batch 16", trains: false)
    let looking = LiveSession("batch 16", trains: false)
    plain.type("train 20000 steps &")
    plain.type("pause; resume; wait")
    looking.type("train 20000 steps &")
    looking.type("pause")
    for _ in 0..<5 { looking.type("trace; gradients; trace test; step 2") }
    looking.type("resume; wait")
    #expect(plain.learned.steps == 20_000)
    #expect(plain.weights == looking.weights)
  }

  @Test func showsTheWeightsOfTheMoment() throws {
    let live = LiveSession()
    let first = live.type("show dense1")
    live.type("step 5")
    #expect(live.type("show dense1") != first)
    let weight = try #require(live.weights["dense1.weight"])
    let histogram = try #require(Histogram(weight))
    #expect(
      live.type("show dense1").contains(
        "weight 8×2  mean \(Numbers.significant(histogram.mean, digits: 3))"))
    live.type("stop")
  }

  @Test func gradientsAreThoseOfTheNextStep() throws {
    let live = LiveSession("optimizer sgd lr=1", trains: false)
    let told = live.type("gradients")
    let before = live.weights
    live.type("step 1; wait")
    var square = 0.0
    for role in ["weight", "bias"] {
      let pair = zip(before["dense2.\(role)"] ?? [], live.weights["dense2.\(role)"] ?? [])
      square += pair.reduce(0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) }
    }
    let line = try #require(told.split(separator: "\n").first { $0.hasPrefix("dense2") })
    let norm = try #require(line.split(separator: " ").dropFirst(4).first.flatMap { Double($0) })
    #expect(abs(norm - square.squareRoot()) <= 0.006 * norm)
  }
}
