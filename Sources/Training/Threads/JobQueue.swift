#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Jobs that wait for the one thread that does them.
final class JobQueue: @unchecked Sendable {
  typealias Job = @Sendable () -> Void

  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var jobs: [Job] = []

  /// Jobs that wait until all others are done.
  private var lastJobs: [Job] = []
  private var isClosed = false

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  /// Puts a job behind those that wait, or behind the job in hand and all others.
  func add(_ job: @escaping Job, atEnd: Bool) {
    pthread_mutex_lock(mutex)
    if atEnd { lastJobs.append(job) } else { jobs.append(job) }
    pthread_cond_signal(condition)
    pthread_mutex_unlock(mutex)
  }

  /// Says that no more jobs will come.
  func close() {
    pthread_mutex_lock(mutex)
    isClosed = true
    pthread_cond_signal(condition)
    pthread_mutex_unlock(mutex)
  }

  /// Does jobs in order, waiting for more, until the queue is closed and empty.
  func work() {
    while let job = next() { job() }
  }

  /// Does the jobs that wait now, and those that come as long as a condition holds, save those for the
  /// end; called by a long job between two of its parts.
  func drain(while holds: () -> Bool = { false }) {
    while let job = take(while: holds) { job() }
  }

  /// Has the condition that `drain` waits for looked at again.
  func nudge() {
    pthread_mutex_lock(mutex)
    pthread_cond_signal(condition)
    pthread_mutex_unlock(mutex)
  }

  private func take(while holds: () -> Bool) -> Job? {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while jobs.isEmpty, holds() { pthread_cond_wait(condition, mutex) }
    return jobs.isEmpty ? nil : jobs.removeFirst()
  }

  private func next() -> Job? {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while !isClosed, jobs.isEmpty, lastJobs.isEmpty { pthread_cond_wait(condition, mutex) }
    if !jobs.isEmpty { return jobs.removeFirst() }
    return lastJobs.isEmpty ? nil : lastJobs.removeFirst()
  }
}
