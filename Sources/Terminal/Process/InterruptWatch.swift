import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Passes Ctrl-C on while the main thread is busy and looks at no events.
///
/// A ring may be heard late, when the main thread has seen to its Ctrl-C and another statement runs: it is passed on
/// only while that Ctrl-C is pending.
package final class InterruptWatch: Sendable {
  private let pipe: WakePipe
  private let action = Mutex<(@Sendable () -> Void)?>(nil)
  private let endAction = Mutex<(@Sendable () -> Void)?>(nil)

  /// A watch with its thread, or nothing where the system refuses one.
  package init?() {
    guard let pipe = WakePipe() else { return nil }
    self.pipe = pipe
    var thread = pthread_t()
    let watch = Unmanaged.passRetained(self)
    let result = pthread_create(&thread, nil, watchThread, watch.toOpaque())
    guard result == 0 else {
      watch.release()
      return nil
    }
    pthread_detach(thread)
    Signals.alsoRing(pipe)
  }

  /// From now on also does what there is to do at once when the process shall end: for a prompt, which sees to that
  /// behind the work in hand.
  package func hearEnds(_ action: @escaping @Sendable () -> Void) {
    endAction.withLock { $0 = action }
  }

  /// Does work; Ctrl-C meanwhile calls `interrupt` at once, on another thread.
  package func during<Result>(
    _ interrupt: @escaping @Sendable () -> Void, _ work: () -> Result
  ) -> Result {
    let outer = action.withLock { action in
      defer { action = interrupt }
      return action
    }
    defer { action.withLock { $0 = outer } }
    return work()
  }

  /// Has the watch look, as a handler of Ctrl-C does.
  package func ring() { pipe.ring() }

  /// Whether it has yet to look.
  package var isRung: Bool { Readiness.wait(for: [pipe.readEnd], milliseconds: 0) != [] }

  fileprivate func loop() -> Never {
    Signals.block()
    while true {
      guard !Readiness.wait(for: [pipe.readEnd]).isEmpty else { continue }
      pipe.drain()
      action.withLock { action in
        if Signals.isInterruptPending { action?() }
      }
      if Signals.isEndPending { endAction.withLock { $0 }?() }
    }
  }
}

private func watchThread(_ watch: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let watch else { return nil }
  Unmanaged<InterruptWatch>.fromOpaque(watch).takeRetainedValue().loop()
}
