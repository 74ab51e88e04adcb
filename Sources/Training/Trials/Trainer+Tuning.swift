import Engine

/// What measuring convolutions came to.
package struct TuningFindings: Sendable {
  /// What was measured, the heaviest first.
  package var timings: [ConvolutionTiming] = []

  /// Passes that were known already, and those for which there was no time.
  package var known = 0
  package var left = 0

  /// Threads that the step is made for.
  package var threads = 1

  /// Seconds that it took.
  package var seconds = 0.0

  /// Nothing measured.
  package init() {}
}

/// What is to be measured of convolutions.
package struct TuningWish: Sendable {
  /// The network, how it learns, and the choices that are known.
  package let question: MemoryQuestion
  package let batch: Int

  /// Whether what is known is measured again.
  package let isAnew: Bool

  /// Seconds after which no further convolution is measured.
  package let seconds: Double

  /// A wish for steps on so many examples.
  package init(_ question: MemoryQuestion, batch: Int, isAnew: Bool, seconds: Double) {
    (self.question, self.batch, self.isAnew, self.seconds) = (question, batch, isAnew, seconds)
  }
}

extension Trainer {
  /// Times the ways to compute each convolution of a training step, the heaviest first; a run goes on between two.
  ///
  /// - Parameter each: Called before each with its number and how many there are.
  /// - Throws: `EngineError` where the network cannot learn so or memory is short, `interrupted` among them.
  package func tune(_ wish: TuningWish, each: (Int, Int) -> Void) throws -> TuningFindings {
    let start = ContinuousClock.now
    func seconds() -> Double { start.duration(to: .now) / .seconds(1) }
    let survey = try perform { _ in
      try ConvolutionSurvey(wish.question, batch: wish.batch, isAnew: wish.isAnew)
    }
    var findings = TuningFindings()
    (findings.known, findings.threads) = (survey.knownCount, survey.threads)
    for (index, item) in survey.items.enumerated() {
      if index > 0, seconds() > wish.seconds {
        findings.left = survey.items.count - index
        break
      }
      each(index, survey.items.count)
      if let timing = try perform({ _ in try survey.time(item) }) {
        findings.timings.append(timing)
      }
    }
    findings.seconds = seconds()
    return findings
  }
}
