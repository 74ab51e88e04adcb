#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One long-lived thread that does jobs in the order they come.
///
/// The compute libraries keep a pool of threads for every thread that calls them, so one thread calls them all.
final class WorkThread: @unchecked Sendable {
  private var mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private var condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var jobs: [() -> Void] = []

  /// Jobs that wait until all others are done.
  private var lastJobs: [() -> Void] = []
  private var isStarted = false

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  /// Puts a job behind those that wait, or behind the job in hand and all others.
  func enqueue(atEnd: Bool = false, _ job: @escaping () -> Void) {
    pthread_mutex_lock(mutex)
    if atEnd { lastJobs.append(job) } else { jobs.append(job) }
    let starts = !isStarted
    isStarted = true
    pthread_cond_signal(condition)
    pthread_mutex_unlock(mutex)
    if starts { start() }
  }

  /// Does the jobs that wait now; called by a long job on this thread.
  func drain() {
    while let job = take(waits: false) { job() }
  }

  private func take(waits: Bool) -> (() -> Void)? {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while waits, jobs.isEmpty, lastJobs.isEmpty { pthread_cond_wait(condition, mutex) }
    if !jobs.isEmpty { return jobs.removeFirst() }
    return waits && !lastJobs.isEmpty ? lastJobs.removeFirst() : nil
  }

  /// Signals go to the thread that reads keys, so this one blocks them all.
  private func start() {
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &before)
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, Self.stackSize)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    let context = Unmanaged.passRetained(self).toOpaque()
    #if canImport(Glibc)
      var thread = pthread_t()
      pthread_create(
        &thread, &attributes,
        { context in
          if let context { Unmanaged<WorkThread>.fromOpaque(context).takeRetainedValue().work() }
          return nil
        }, context)
    #else
      var thread: pthread_t?
      pthread_create(
        &thread, &attributes,
        { context in
          Unmanaged<WorkThread>.fromOpaque(context).takeRetainedValue().work()
          return nil
        }, context)
    #endif
    pthread_attr_destroy(&attributes)
    pthread_sigmask(SIG_SETMASK, &before, nil)
  }

  private func work() {
    while let job = take(waits: true) { job() }
  }

  /// Bytes: walks over deeply nested trees need room.
  private static let stackSize = 16 << 20
}
