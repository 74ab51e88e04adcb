import Sessions

/// The session as the three shells see it: statements go in, reports come out on a console.
///
/// All is called on the main thread but for what is `@Sendable`.
package protocol Application: AnyObject {
  /// Runs the statements of a source one after another; the first that fails ends them.
  @discardableResult
  func run(_ source: Source, on console: any Console) -> Report.Outcome

  /// Whether the text so far needs further lines: an open brace, or a line ending in `\`.
  func needsMore(_ text: String) -> Bool

  /// What could stand at the cursor, an offset in UTF-8 bytes.
  func completion(of text: String, at cursor: Int) -> Completion

  /// What stands before the cursor at the prompt.
  var prompt: StyledText { get }

  /// The state of the current run, or nothing when none is going on.
  var progress: Progress? { get }

  /// The state of each network of the current run.
  var progressOfAll: [Progress] { get }

  /// The finished epochs of the current run, or of the last one, from a number on; the first is 0.
  ///
  /// Those that came long ago may be gone; `EpochNews.first` tells.
  func epochs(from index: Int) -> EpochNews

  /// How many epochs of the current run, or of the last one, are finished.
  var epochCount: Int { get }

  /// Has the current run wait for who says each of its epochs, from a number on; nothing lets it go on alone.
  func listen(from index: Int?)

  /// What runs in the background had to say since the last call, such as how one ended.
  func takeNotices() -> [Report]

  /// Asks the current statement to end as soon as its state is whole; its run is paused at a prompt, else stopped.
  var interrupt: @Sendable () -> Void { get }

  /// Has the current run stop and what is computed end, as the program does.
  var giveUp: @Sendable () -> Void { get }

  /// Pauses the current run; what there is to say at once, the rest is a notice.
  func pauseRun() -> Report?

  /// Asks the current run to stop.
  func stopRun()

  /// Whether an interruption has paused the run that a statement waits for.
  var isHeld: Bool { get }

  /// Why the user may not want to leave now, once; nothing where nothing stands against it.
  func reasonToStay() -> Report?

  /// What Enter on an empty line stands for, until something is typed; nothing where it stands for nothing.
  var emptyLine: String? { get }

  /// Calls a closure, on any thread, whenever progress, epochs or notices have changed.
  func onNews(_ wake: (@Sendable () -> Void)?)
}

extension Application {
  package var progressOfAll: [Progress] { progress.map { [$0] } ?? [] }
  package var emptyLine: String? { nil }

  /// Nothing stands against leaving.
  package func reasonToStay() -> Report? { nil }
}
