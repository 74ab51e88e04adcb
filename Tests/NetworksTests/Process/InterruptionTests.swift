import Foundation
import Testing

@testable import Networks

/// An end that is asked for is known where the work is done, and nowhere else.
@Suite struct InterruptionTests {
  @Test func holdsInsideAndNotOutside() {
    #expect(!Interruption.isRequested())
    Interruption.with({ true }) {
      #expect(Interruption.isRequested())
      Interruption.with({ false }) { #expect(!Interruption.isRequested()) }
      #expect(Interruption.isRequested())
    }
    #expect(!Interruption.isRequested())
  }

  @Test func holdsNoLongerAfterAnError() {
    struct Fault: Error {}
    #expect(throws: Fault.self) { try Interruption.with({ true }) { throw Fault() } }
    #expect(!Interruption.isRequested())
  }

  @Test func isTheThreadsOwn() {
    Interruption.with({ true }) {
      let answered = DispatchSemaphore(value: 0)
      nonisolated(unsafe) var other = true
      Thread.detachNewThread {
        other = Interruption.isRequested()
        answered.signal()
      }
      answered.wait()
      #expect(!other)
    }
  }
}
