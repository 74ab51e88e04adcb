/// Jobs that wait for the one thread that does them.
final class JobQueue: Sendable {
  typealias Job = @Sendable () -> Void

  private struct Contents {
    var jobs: [Job] = []

    /// Jobs that wait until all others are done.
    var lastJobs: [Job] = []
    var isClosed = false
  }

  private let contents = Monitor(Contents())

  /// Puts a job behind those that wait, or behind the current job and all others.
  func add(_ job: @escaping Job, atEnd: Bool) {
    contents.change { if atEnd { $0.lastJobs.append(job) } else { $0.jobs.append(job) } }
  }

  /// Says that no more jobs will come.
  func close() { contents.change { $0.isClosed = true } }

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
  func nudge() { contents.change { _ in } }

  private func take(while holds: () -> Bool) -> Job? {
    contents.wait { contents -> Job?? in
      if !contents.jobs.isEmpty { return contents.jobs.removeFirst() }
      return holds() ? nil : .some(nil)
    }
  }

  private func next() -> Job? {
    contents.wait { contents -> Job?? in
      if !contents.jobs.isEmpty { return contents.jobs.removeFirst() }
      if !contents.lastJobs.isEmpty { return contents.lastJobs.removeFirst() }
      return contents.isClosed ? .some(nil) : nil
    }
  }
}
