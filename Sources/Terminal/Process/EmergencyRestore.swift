#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Gives the terminal back in its old state on ways out that run no ordinary code: crashes, exit(3),
/// and every signal that ends a program and that nobody else handles.
///
/// All that the handlers need lies in memory taken beforehand, and they call async-signal-safe
/// functions only. A signal goes on afterwards to whoever handled it before: the runtime's backtrace,
/// or the system, which ends the program.
package enum EmergencyRestore {
  /// Prepares for crashes while the terminal's modes are changed; later calls replace what is kept.
  ///
  /// - Parameters:
  ///   - mode: the modes to go back to.
  ///   - bytes: control sequences that undo those in force, written to `descriptor` first.
  package static func arm(_ mode: TerminalMode, writing bytes: [UInt8], to descriptor: Int32) {
    let place = kept ?? .allocate(capacity: 1)
    if let kept {
      isArmed = false
      kept.pointee.bytes.deallocate()
    }
    let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: max(bytes.count, 1))
    copy.initialize(from: bytes, count: bytes.count)
    place.initialize(
      to: Kept(attributes: mode.attributes, bytes: copy, count: bytes.count, output: descriptor))
    let isFirst = kept == nil
    kept = place
    isArmed = true
    guard isFirst else { return }
    atexit { EmergencyRestore.perform() }
    let table = UnsafeMutablePointer<sigaction>.allocate(capacity: endings.count)
    previous = table
    for (index, signal) in endings.enumerated() {
      table.advanced(by: index).initialize(to: sigaction())
      catchEnding(signal, keepingPreviousIn: table + index)
    }
  }

  /// Signals that are ignored, as `nohup` and its like have it, stay ignored.
  private static func catchEnding(
    _ signal: Int32, keepingPreviousIn place: UnsafeMutablePointer<sigaction>
  ) {
    var action = sigaction()
    #if canImport(Glibc)
      action.__sigaction_handler.sa_sigaction = onEnding
    #else
      action.__sigaction_u.__sa_sigaction = onEnding
    #endif
    sigemptyset(&action.sa_mask)
    action.sa_flags = SA_SIGINFO | Int32(SA_ONSTACK)
    guard sigaction(signal, &action, place) == 0 else { return }
    #if canImport(Glibc)
      let handler = place.pointee.__sigaction_handler.sa_handler
    #else
      let handler = place.pointee.__sigaction_u.__sa_handler
    #endif
    let isIgnored =
      unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    if isIgnored { sigaction(signal, place, nil) }
  }

  /// Signals whose default action ends a program, faults first.
  ///
  /// Those that are events of the event loop or failures of a write are not among them.
  package static let endings: [Int32] = {
    var signals = faults + [SIGTRAP, SIGABRT, SIGSYS]
    signals += [SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU]
    #if os(Linux)
      signals += [SIGIO, SIGPWR, SIGSTKFLT]
      signals += Array(__libc_current_sigrtmin()...__libc_current_sigrtmax())
    #endif
    return signals
  }()

  /// Signals that come again when the instruction at fault is repeated.
  fileprivate static let faults: [Int32] = [SIGSEGV, SIGBUS, SIGILL, SIGFPE]

  /// Ends the preparedness: the terminal is in its old state.
  package static func disarm() { isArmed = false }

  /// Restores the terminal if it has to be; async-signal-safe.
  package static func perform() {
    guard isArmed, let kept else { return }
    isArmed = false
    if kept.pointee.count > 0 {
      _ = write(kept.pointee.output, kept.pointee.bytes, kept.pointee.count)
    }
    tcsetattr(STDIN_FILENO, TCSANOW, &kept.pointee.attributes)
    showCaptured()
  }

  /// Makes ready to show what was printed into a file in place of the terminal, such as the last words
  /// of a crash.
  ///
  /// - Parameters:
  ///   - file: what standard output and error lead to.
  ///   - output: where standard output led before.
  ///   - errors: where standard error led before.
  static func expectCapture(in file: Int32, output: Int32, errors: Int32) {
    let place = captured ?? .allocate(capacity: 1)
    let buffer = captureBuffer ?? .allocate(capacity: captureSize)
    buffer.initialize(repeating: 0, count: captureSize)
    place.initialize(to: Captured(file: file, output: output, errors: errors))
    captureBuffer = buffer
    captured = place
  }

  /// Forgets the file: the descriptors are what they were.
  static func endCapture() {
    captured?.deallocate()
    captured = nil
  }

  private static func showCaptured() {
    guard let captured, let captureBuffer else { return }
    dup2(captured.pointee.output, STDOUT_FILENO)
    dup2(captured.pointee.errors, STDERR_FILENO)
    lseek(captured.pointee.file, 0, SEEK_SET)
    while true {
      let count = read(captured.pointee.file, captureBuffer, captureSize)
      if count <= 0 { return }
      for index in 0..<count where !isPlain(captureBuffer[index]) {
        captureBuffer[index] = UInt8(ascii: "?")
      }
      _ = write(STDERR_FILENO, captureBuffer, count)
    }
  }

  /// Whether a byte can stand on a terminal whatever comes before it; decoding is not safe in a handler.
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte == 0x0A || (byte >= 0x20 && byte < 0x7F)
  }

  private struct Captured {
    var file: Int32
    var output: Int32
    var errors: Int32
  }

  nonisolated(unsafe) private static var captured: UnsafeMutablePointer<Captured>?
  nonisolated(unsafe) private static var captureBuffer: UnsafeMutablePointer<UInt8>?
  private static var captureSize: Int { 4096 }

  private struct Kept {
    var attributes: termios
    var bytes: UnsafeMutablePointer<UInt8>
    var count: Int
    var output: Int32
  }

  // Written on the main thread before handlers can run, read in handlers.
  nonisolated(unsafe) private static var kept: UnsafeMutablePointer<Kept>?
  nonisolated(unsafe) fileprivate static var previous: UnsafeMutablePointer<sigaction>?
  nonisolated(unsafe) private static var isArmed = false
}

/// Restores the terminal, then lets the signal take its course: a fault repeats on return, a signal
/// that was sent is sent again.
private func onEnding(
  _ signal: Int32, _ information: UnsafeMutablePointer<siginfo_t>?, _: UnsafeMutableRawPointer?
) {
  EmergencyRestore.perform()
  guard let previous = EmergencyRestore.previous else { return }
  for index in EmergencyRestore.endings.indices where EmergencyRestore.endings[index] == signal {
    sigaction(signal, previous + index, nil)
  }
  let isFault = EmergencyRestore.faults.contains(signal)
  if !isFault || (information?.pointee.si_code ?? 0) <= 0 { raise(signal) }
}
