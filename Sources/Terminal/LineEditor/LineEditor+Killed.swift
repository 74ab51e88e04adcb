@preconcurrency import CReadline

/// What readline does by longjmp(3), done without.
///
/// Readline takes the place to return to down in more than one function, and keys that it has pushed
/// back are read behind the last of them: then it would return to a frame that is gone.
extension LineEditor {
  /// What stands in the kill ring before anything was killed; readline gives up where it is empty.
  private static let mark: UInt8 = 1

  /// Gives the kill ring something to insert.
  func fillKillRing() {
    rl_insert_text(String(UnicodeScalar(Self.mark)))
    rl_kill_text(0, rl_end)
    rl_free_undo_list()
  }

  /// Lets readline insert what was killed, without the mark.
  func insertingKilled(_ insert: () -> Int32) -> Int32 {
    let hadMark = bytes.contains(Self.mark)
    let result = insert()
    guard !hadMark else { return result }
    for place in bytes.indices.reversed() where bytes[place] == Self.mark {
      rl_delete_text(Int32(place), Int32(place) + 1)
      if Int(rl_point) > place { rl_point -= 1 }
    }
    return result
  }

  /// Ends what is being typed for a command.
  func abandonCommand() {
    rl_discard_argument()
    rl_clear_pending_input()
    rl_deactivate_mark()
    rl_last_func = nil
  }
}
