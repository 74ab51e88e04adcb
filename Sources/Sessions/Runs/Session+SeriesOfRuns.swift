/// Series of runs that a command takes through, such as a sweep.
extension Session {
  /// Does work that trains; Ctrl-C ends the run at hand, since nobody could let it go on.
  ///
  /// - Returns: What ended the work before its end.
  func endingRuns(_ work: () throws -> Void) -> (any Error)? {
    trainer.setPausesWhenInterrupted(false)
    defer {
      if trainer.isRunning { _ = endRun() }
      trainer.setPausesWhenInterrupted(source.origin == .prompt)
    }
    do {
      try work()
      return nil
    } catch { return error }
  }
}
