import Testing

@testable import Networks

/// A signal is asked for its wish, and may be told at which question to have it.
@Suite struct StopSignalTests {
  @Test func holdsFromWhenItIsSet() {
    let signal = StopSignal()
    #expect(!signal.isSet && !StopSignal.ask(signal.cell))
    signal.set(true)
    #expect(signal.isSet && StopSignal.ask(signal.cell) && StopSignal.ask(signal.cell))
    signal.set(false)
    #expect(!signal.isSet && !StopSignal.ask(signal.cell))
  }

  @Test(arguments: [0, 1, 5]) func letsQuestionsGoBy(_ count: Int) {
    let signal = StopSignal()
    signal.set(after: count)
    for _ in 0..<count { #expect(!StopSignal.ask(signal.cell)) }
    #expect(signal.isSet)
    #expect(StopSignal.ask(signal.cell) && StopSignal.ask(signal.cell))
  }

  @Test func isTheSignalOfTheWorkThatItIsGivenTo() {
    let (outer, inner) = (StopSignal(), StopSignal())
    #expect(Interruption.signal == nil)
    Interruption.with(outer) {
      #expect(Interruption.signal === outer && !Interruption.isRequested())
      outer.set(true)
      #expect(Interruption.isRequested())
      Interruption.with(inner) {
        #expect(Interruption.signal === inner && !Interruption.isRequested())
      }
      Interruption.with({ true }) { #expect(Interruption.signal == nil) }
    }
    #expect(Interruption.signal == nil)
  }
}
