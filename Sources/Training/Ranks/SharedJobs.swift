import Synchronization

/// Jobs on a run that every process has posted or is going to post, in the same order: they are done between
/// the same two steps everywhere.
final class SharedJobs: Sendable {
  typealias Job = @Sendable () -> Void

  private struct Contents {
    var jobs: [Job] = []
    var done = 0
    var isOpen = false
  }

  private let contents = Mutex(Contents())

  /// Takes jobs from now on, counted from 0.
  func open() { contents.withLock { $0 = Contents(isOpen: true) } }

  /// Adds a job; false where no run takes any.
  func post(_ job: @escaping Job) -> Bool {
    contents.withLock { contents in
      if contents.isOpen { contents.jobs.append(job) }
      return contents.isOpen
    }
  }

  /// How many were posted, and whether some of them wait.
  var posted: Int { contents.withLock { $0.done + $0.jobs.count } }
  var areWaiting: Bool { contents.withLock { !$0.jobs.isEmpty } }

  /// Does the jobs up to a number; false where they are done already.
  func work(upTo number: Int) -> Bool {
    var worked = false
    while let job = next(upTo: number) {
      job()
      worked = true
    }
    return worked
  }

  /// Takes no more jobs and does those that wait.
  func close() {
    let rest = contents.withLock { contents in
      defer { contents = Contents() }
      return contents.jobs
    }
    for job in rest { job() }
  }

  private func next(upTo number: Int) -> Job? {
    contents.withLock { contents in
      guard contents.done < number, !contents.jobs.isEmpty else { return nil }
      contents.done += 1
      return contents.jobs.removeFirst()
    }
  }
}
