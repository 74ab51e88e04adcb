import Engine
import Networks
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One long-lived thread that does jobs in the order they come; it ends after its owner is gone.
///
/// The compute libraries keep a pool of threads for every thread that calls them, so one thread calls them all.
final class WorkThread: Sendable {
  /// What waits for the thread; long jobs look into it.
  let queue = JobQueue()
  private let isStarted = Atomic(false)

  /// A thread that starts with its first job.
  init() {}

  deinit { queue.close() }

  /// Puts a job behind those that wait, or behind the current job and all others.
  func enqueue(atEnd: Bool = false, _ job: @escaping JobQueue.Job) {
    queue.add(job, atEnd: atEnd)
    begin()
  }

  /// Begins the thread, if it has not begun.
  ///
  /// - Throws: `EngineError.memory` where the system gives no thread; jobs wait until it does.
  func prepare() throws(EngineError) {
    if begin() { return }
    throw .memory(needed: Self.stackSize, available: AvailableMemory.most(below: Self.stackSize))
  }

  /// Whether the thread has begun, now or before.
  @discardableResult
  private func begin() -> Bool {
    if isStarted.exchange(true, ordering: .acquiringAndReleasing) || start() { return true }
    isStarted.store(false, ordering: .releasing)
    return false
  }

  /// Signals go to the thread that reads keys, so this one blocks them all.
  private func start() -> Bool {
    do { try AvailableMemory.check(bytes: Self.stackSize) } catch { return false }
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &before)
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, Self.stackSize)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    let retained = Unmanaged.passRetained(queue)
    let context = retained.toOpaque()
    #if canImport(Glibc)
      var thread = pthread_t()
      let result = pthread_create(
        &thread, &attributes,
        { context in
          if let context { Unmanaged<JobQueue>.fromOpaque(context).takeRetainedValue().work() }
          return nil
        }, context)
    #else
      var thread: pthread_t?
      let result = pthread_create(
        &thread, &attributes,
        { context in
          Unmanaged<JobQueue>.fromOpaque(context).takeRetainedValue().work()
          return nil
        }, context)
    #endif
    pthread_attr_destroy(&attributes)
    pthread_sigmask(SIG_SETMASK, &before, nil)
    if result != 0 { retained.release() }
    return result == 0
  }

  /// Bytes: walks over deeply nested trees need room.
  private static let stackSize = 16 << 20
}
