@preconcurrency import CReadline

/// Keys that change the line and do nothing else: between two of them that are there at once nothing is drawn,
/// so that long text takes time by its length, not by its square.
extension LineEditor {
  /// What readline would have to be at for a key to mean what it is bound to.
  private static let otherStates = [
    RL_STATE_MOREINPUT, RL_STATE_ISEARCH, RL_STATE_NSEARCH, RL_STATE_NUMERICARG, RL_STATE_MULTIKEY,
    RL_STATE_METANEXT, RL_STATE_MACROINPUT, RL_STATE_VIMOTION, RL_STATE_CHARSEARCH,
    RL_STATE_INPUTPENDING,
  ].reduce(UInt(0)) { $0 | UInt($1) }

  private static let plainFunctions = Set(
    [rl_insert, rl_rubout, rl_forward_char, rl_backward_char].map {
      unsafeBitCast($0 as Command, to: Int.self)
    })

  /// Whether a key inserts its characters, deletes the one before the cursor, or moves over one.
  func isPlain(_ key: [UInt8]) -> Bool {
    guard isActive, queue.isEmpty, rl_readline_state & Self.otherStates == 0,
      rl_explicit_arg == 0, let map = rl_get_keymap()
    else { return false }
    if let first = key.first, first >= 0x80 {
      return key.allSatisfy { map[Int($0)].isPlain(Self.plainFunctions) }
    }
    var type: Int32 = 0
    let function = key.withUnsafeBytes { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        rl_function_of_keyseq_len($0.baseAddress, $0.count, map, &type)
      }
    }
    guard type == ISFUNC, let function else { return false }
    return Self.plainFunctions.contains(unsafeBitCast(function, to: Int.self))
  }

  /// What readline calls to have the line drawn.
  func drawUnlessHeld() {
    if holdsDrawing { owesDrawing = true } else { redraw() }
  }

  /// Draws what was held back.
  func drawOwed() {
    if owesDrawing { redraw() }
  }
}

extension KEYMAP_ENTRY {
  fileprivate func isPlain(_ functions: Set<Int>) -> Bool {
    guard Int32(type) == ISFUNC, let function else { return false }
    return functions.contains(unsafeBitCast(function, to: Int.self))
  }
}
