import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a signal tells the event loop.
package enum SignalEvent: Int, Sendable, CaseIterable {
  /// The window has another size.
  case resized

  /// The process goes on after it was stopped.
  case continued

  /// Ctrl-C.
  case interrupt

  /// Ctrl-Z.
  case stop

  /// The terminal is gone.
  case hangUp

  /// The process shall end: asked by another, or by Ctrl-\, which ends it at once the second time.
  case terminate

  /// All signals that mean it.
  var numbers: [Int32] { self == .terminate ? [number, SIGQUIT] : [number] }

  /// The signal itself.
  package var number: Int32 {
    switch self {
    case .resized: SIGWINCH
    case .continued: SIGCONT
    case .interrupt: SIGINT
    case .stop: SIGTSTP
    case .hangUp: SIGHUP
    case .terminate: SIGTERM
    }
  }

  /// What a signal tells; it takes no memory, as a handler may come while others have the heap locked.
  fileprivate init?(number: Int32) {
    if number == SIGWINCH {
      self = .resized
    } else if number == SIGCONT {
      self = .continued
    } else if number == SIGINT {
      self = .interrupt
    } else if number == SIGTSTP {
      self = .stop
    } else if number == SIGHUP {
      self = .hangUp
    } else if number == SIGTERM || number == SIGQUIT {
      self = .terminate
    } else {
      return nil
    }
  }
}

/// Signals as events of a poll loop: handlers note them and ring a pipe, nothing else.
///
/// Other threads keep these signals blocked with `block()`, or at least need not care: a handler may
/// run on any thread.
package enum Signals {
  /// Installs handlers for the given signals and unblocks them, as whoever started this process may
  /// have left them blocked.
  ///
  /// - Returns: whether there is a pipe to be woken by; without one, nothing is installed.
  @discardableResult
  package static func install(_ events: some Sequence<SignalEvent>) -> Bool {
    guard SignalState.shared.pipe != nil else { return false }
    for event in events { catchSignal(event) }
    return true
  }

  /// Catches one signal, again if its action was the default in the meantime.
  package static func catchSignal(_ event: SignalEvent) {
    for number in event.numbers { setAction(number, noteSignal) }
    setMask(SIG_UNBLOCK, event.numbers)
  }

  /// Lets writes fail instead of killing the process: to a pipe that nobody reads, and beyond the size that
  /// files may have.
  package static func letWritesFail() {
    setAction(SIGPIPE, SIG_IGN)
    setAction(SIGXFSZ, SIG_IGN)
  }

  /// Keeps the signals of the event loop from interrupting the calling thread.
  package static func block() {
    setMask(SIG_BLOCK, SignalEvent.allCases.flatMap(\.numbers))
  }

  /// The descriptor to poll for reading.
  package static var readEnd: Int32 { SignalState.shared.pipe?.readEnd ?? -1 }

  /// The events since the last call, in an order fit for handling.
  package static func take() -> [SignalEvent] {
    SignalState.shared.pipe?.drain()
    let bits = SignalState.shared.pending.exchange(0, ordering: .acquiringAndReleasing)
    let events = SignalEvent.allCases.filter { bits & (1 << $0.rawValue) != 0 }
    if events.contains(.interrupt) {
      SignalState.shared.interrupts.store(0, ordering: .releasing)
    }
    return events
  }

  /// Whether Ctrl-C was pressed and the loop has not come round to it; for long work on any thread.
  package static var isInterruptPending: Bool {
    SignalState.shared.interrupts.load(ordering: .acquiring) > 0
  }

  /// Whether a signal asks for an end that the loop has not come round to; for long work on any thread.
  package static var isEndPending: Bool {
    let ends = 1 << SignalEvent.terminate.rawValue | 1 << SignalEvent.hangUp.rawValue
    return SignalState.shared.pending.load(ordering: .acquiring) & ends != 0
  }

  /// Whether the process shall end, from the first such signal that is caught on.
  package static var isTerminating: Bool {
    SignalState.shared.isTerminating.load(ordering: .acquiring)
  }

  /// Leaves a signal unheard.
  package static func ignore(_ event: SignalEvent) {
    for number in event.numbers { setAction(number, SIG_IGN) }
  }

  /// Rings a further pipe at every Ctrl-C, and when the process shall end; the pipe is kept for good.
  static func alsoRing(_ pipe: WakePipe) {
    let kept = Unmanaged.passRetained(pipe)
    SignalState.shared.urgent.store(UInt(bitPattern: kept.toOpaque()), ordering: .releasing)
  }

  /// Leaves a signal to its default action from now on.
  package static func release(_ event: SignalEvent) {
    for number in event.numbers { setAction(number, SIG_DFL) }
  }

  /// Stops the process as Ctrl-Z does without a handler; returns when it goes on.
  package static func stopProcess() {
    setAction(SIGTSTP, SIG_DFL)
    setMask(SIG_UNBLOCK, [SIGTSTP])
    raise(SIGTSTP)
    catchSignal(.stop)
  }

  /// Ends the process by a signal's default action, so that its parent sees why.
  package static func end(by signal: Int32) -> Never {
    setAction(signal, SIG_DFL)
    setMask(SIG_UNBLOCK, [signal])
    raise(signal)
    exit(128 + signal)
  }

  static func setAction(_ signal: Int32, _ handler: (@convention(c) (Int32) -> Void)?) {
    var action = sigaction()
    #if canImport(Glibc)
      action.__sigaction_handler.sa_handler = handler
    #else
      action.__sigaction_u.__sa_handler = handler
    #endif
    sigemptyset(&action.sa_mask)
    action.sa_flags = SA_RESTART
    sigaction(signal, &action, nil)
  }

  private static func setMask(_ how: Int32, _ signals: [Int32]) {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    pthread_sigmask(how, &set, nil)
  }
}

/// What the handlers write to; made before the first of them is installed.
private final class SignalState: Sendable {
  static let shared = SignalState()

  let pipe = WakePipe()

  /// A bit for each event noted.
  let pending = Atomic<Int>(0)

  /// The address of a further pipe that Ctrl-C and an end ring, or 0.
  let urgent = Atomic<UInt>(0)

  /// Whether the process shall end.
  let isTerminating = Atomic(false)

  /// How often Ctrl-C was pressed in vain.
  let interrupts = Atomic<Int>(0)

  /// Presses of Ctrl-C after which a program that does not answer is ended.
  static let patience = 3
}

/// The handler: async-signal-safe, and `errno` is as before.
private func noteSignal(_ signal: Int32) {
  let errorNumber = errno
  let state = SignalState.shared
  if signal == SIGQUIT, state.isTerminating.load(ordering: .acquiring) {
    EmergencyRestore.perform()
    _exit(128 + SIGQUIT)
  }
  if let event = SignalEvent(number: signal) {
    state.pending.bitwiseOr(1 << event.rawValue, ordering: .acquiringAndReleasing)
  }
  if signal == SIGTERM || signal == SIGQUIT {
    state.isTerminating.store(true, ordering: .releasing)
  }
  if signal == SIGINT {
    let presses = state.interrupts.add(1, ordering: .acquiringAndReleasing).newValue
    if presses >= SignalState.patience {
      EmergencyRestore.perform()
      _exit(128 + SIGINT)
    }
  }
  if signal == SIGINT || signal == SIGTERM || signal == SIGQUIT || signal == SIGHUP {
    if let urgent = UnsafeRawPointer(bitPattern: state.urgent.load(ordering: .acquiring)) {
      Unmanaged<WakePipe>.fromOpaque(urgent)._withUnsafeGuaranteedRef { $0.ring() }
    }
  }
  state.pipe?.ring()
  errno = errorNumber
}
