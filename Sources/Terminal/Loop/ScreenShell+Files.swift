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
    switch input {
    case .text(let text): return Source(text, from: .argument)
    case .standardInput: return nil
    case .file(let path, let arguments):
      do {
        let text = try TextFile.read(path, limit: FileShell.limit)
        return Source(text, from: .file(path), arguments: arguments)
      } catch {
        let reason = (error as? TextFile.Unreadable)?.reason ?? "\(error)"
        say([StyledText("cannot read \(path): \(reason)", .bad)])
        return nil
      }
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
