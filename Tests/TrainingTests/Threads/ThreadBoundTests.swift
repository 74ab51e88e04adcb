import Testing

@testable import Training

struct ThreadBoundTests {
  private final class Counter {
    var count = 0
  }

  @Test("the first thread that asks has the value, again and again")
  func ownThread() {
    let bound = ThreadBound(Counter())
    for _ in 0..<3 { bound.onItsThread().count += 1 }
    #expect(bound.onItsThread().count == 3)
  }

  @Test("another thread ends the program")
  func otherThread() async {
    await #expect(processExitsWith: .failure) {
      let bound = ThreadBound(1)
      _ = bound.onItsThread()
      let done = Handover<Int>()
      let thread = WorkThread()
      thread.enqueue { done.give(bound.onItsThread()) }
      _ = done.take()
    }
  }
}
