import Sessions

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Keeps an interactive session's work on disk: by time, on a thread of its own, and at the end.
///
/// The thread looks every few seconds whether something has changed, whatever the main thread is doing.
package final class Keeper: Sendable {
  private let autosave: Autosave
  private let interval: Int

  /// The lines that offer what earlier sessions have left.
  package let offers: [StyledText]

  /// How many times as long as a look takes nothing is looked at, so that large networks do not keep the disk busy.
  private static let rest = 20

  /// Seconds between two looks.
  private static let interval = 15.0

  /// Sets other seconds, from a thousandth to those that are usual.
  private static let variable = "ESPALIER_AUTOSAVE_SECONDS"

  /// A keeper of a session, whose thread has begun; nothing where there is no folder for its files.
  package init?(_ session: Session) {
    guard let folder = StateFolder.path else { return nil }
    autosave = Autosave(session, root: folder + "/autosave")
    offers = autosave.offers
    let seconds = Surroundings.variable(Self.variable).flatMap(Double.init) ?? Self.interval
    interval = seconds > 0 ? Int(min(max(seconds, 0.001), Self.interval) * 1000) : 15_000
    start()
  }

  /// Writes what has changed for the last time; no run goes on.
  ///
  /// - Returns: a line that says what is kept and how to take it back, where something is.
  package func finish() -> StyledText? {
    autosave.finish()
    return autosave.farewell
  }

  /// Keeps nothing of the session: what it was to leave behind it has written itself.
  package func forget() { autosave.forget() }

  private func start() {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, Self.stackSize)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    defer { pthread_attr_destroy(&attributes) }
    let keeper = Unmanaged.passRetained(self)
    #if canImport(Glibc)
      var thread = pthread_t()
    #else
      var thread: pthread_t?
    #endif
    // Without a thread, work is kept at the end only.
    if pthread_create(&thread, &attributes, keeperThread, keeper.toOpaque()) != 0 {
      keeper.release()
    }
  }

  /// Bytes: walks over deeply nested trees need room.
  private static let stackSize = 16 << 20

  fileprivate func loop() -> Never {
    Signals.block()
    let clock = ContinuousClock()
    var pause = interval
    while true {
      _ = Readiness.wait(for: [], milliseconds: pause)
      let taken = Int(clock.measure(autosave.keep) / .milliseconds(1))
      pause = max(interval, taken * Self.rest)
    }
  }
}

private func keeperThread(_ keeper: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let keeper else { return nil }
  Unmanaged<Keeper>.fromOpaque(keeper).takeRetainedValue().loop()
}
