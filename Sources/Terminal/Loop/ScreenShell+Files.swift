import Sessions

/// Command files that run inside the screen, and keys that they wait for.
extension ScreenShell {
  /// Runs what the command line names, up to the first that fails.
  func run(first inputs: [FileShell.Input]) {
    for input in inputs {
      guard ending == nil, let source = source(of: input) else { return }
      depth += 1
      let outcome = busy { session.run(source, on: self) }
      depth -= 1
      if outcome == .interrupted { forgetInterrupt() }
      if case .quit(let status) = outcome { ending = ending ?? .status(.given(status)) }
      refresh()
      if outcome != .done { return }
    }
  }

  private func source(of input: FileShell.Input) -> Source? {
    do { return try input.source() } catch {
      switch error {
      case .interrupted: forgetInterrupt()
      case .unusable(let message): say([StyledText(message, .bad)])
      }
      return nil
    }
  }

  /// Shows lines and waits for a key; other keys do what they always do.
  package func key(before lines: [StyledText]) -> WalkKey? {
    say(lines)
    state.transcript.follow()
    (awaitsKey, awaitedKey) = (true, nil)
    defer { awaitsKey = false }
    draw()
    attentive { loop { awaitedKey != nil || session.isInterrupted } }
    return ending == nil ? awaitedKey ?? .leave : .leave
  }
}
