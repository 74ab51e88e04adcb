/// What a session asks of the shell it runs in.
package protocol Console: AnyObject {
  /// Shows what a command answered, at once.
  func show(_ report: Report)

  /// Returns when the run in hand is over, showing its progress meanwhile; the next statement waits for it.
  func waitForRun()
}
