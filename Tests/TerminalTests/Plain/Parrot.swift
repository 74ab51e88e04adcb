import Foundation
import Sessions
import Synchronization
import Terminal

/// An application that repeats what it is told, but for a few words it knows.
///
/// `fail`, `expect`, `quit N` and `stop` end a source; `train N` begins a run of N epochs, and
/// `notice` leaves a notice behind.
final class Parrot: Application {
  /// What the run's thread shares with the shell.
  private struct Shared {
    var progress: Sessions.Progress?
    var epochs: [EpochSummary] = []
    var isStopping = false
    var wake: (@Sendable () -> Void)?
  }

  private let shared = SharedBox()
  private var notices: [Report] = []
  private(set) var sources: [Source] = []

  private final class SharedBox: Sendable {
    let state = Mutex(Shared())
  }

  func run(_ source: Source, on console: any Console) -> Report.Outcome {
    sources.append(source)
    for line in source.text.split(separator: ";") {
      let words = line.split(whereSeparator: \.isWhitespace)
      switch words.first {
      case "fail": return .failed
      case "expect": return .unexpected
      case "stop": return .interrupted
      case "quit": return .quit(words.count > 1 ? Int32(words[1]) ?? 0 : 0)
      case "notice": notices.append(Report("noticed"))
      case "omen": notices.append(Report(["an omen"], outcome: .failed))
      case "train":
        train(epochs: words.count > 1 ? Int(words[1]) ?? 1 : 1)
        if !words.contains("&") { console.waitForRun() }
        if shared.state.withLock({ $0.isStopping }) { return .interrupted }
      default: console.show(Report(line.trimmingCharacters(in: .whitespaces)))
      }
    }
    return .done
  }

  private func train(epochs: Int) {
    let shared = shared
    shared.state.withLock {
      $0.epochs = []
      $0.isStopping = false
      $0.progress = Sessions.Progress(network: "net", epochs: epochs)
    }
    let thread = Thread {
      for epoch in 1...epochs where !shared.state.withLock({ $0.isStopping }) {
        let summary = EpochSummary(
          network: "net", epoch: epoch, epochs: epochs, step: epoch * 10, loss: 0.5,
          samplesPerSecond: 100)
        shared.state.withLock { $0.epochs.append(summary) }
        shared.state.withLock { $0.wake }?()
        sched_yield()
      }
      shared.state.withLock { $0.progress = nil }
      shared.state.withLock { $0.wake }?()
    }
    thread.start()
  }

  func needsMore(_ text: String) -> Bool {
    text.count { $0 == "{" } > text.count { $0 == "}" }
  }

  func completion(of text: String, at cursor: Int) -> Completion {
    Completion(start: cursor, candidates: [])
  }

  var prompt: StyledText { "parrot › " }

  var progress: Sessions.Progress? { shared.state.withLock { $0.progress } }

  func epochs(from index: Int) -> EpochNews {
    shared.state.withLock { EpochNews(first: index, epochs: Array($0.epochs.dropFirst(index))) }
  }

  var epochCount: Int { shared.state.withLock { $0.epochs.count } }

  func listen(from index: Int?) {}

  func takeNotices() -> [Report] {
    defer { notices = [] }
    return notices
  }

  var interrupt: @Sendable () -> Void {
    { [shared] in shared.state.withLock { $0.isStopping = true } }
  }

  func pauseRun() -> Report? { Report("paused") }

  var giveUp: @Sendable () -> Void { interrupt }

  func stopRun() { interrupt() }

  var isHeld: Bool { false }

  func onNews(_ wake: (@Sendable () -> Void)?) { shared.state.withLock { $0.wake = wake } }
}
