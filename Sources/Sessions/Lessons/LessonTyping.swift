import Language

/// What the session does on behalf of a lesson in the statement at hand.
struct LessonTyping: Sendable {
  /// Whether a page was turned.
  var turnsPage = false

  /// Whether the line before was refused.
  var wasRefused = false

  /// Whether commands of the lesson are being typed, and whether their answers are left out.
  var isTyping = false
  var isQuiet = false

  /// Whether the lesson is only looked over, which writes no files.
  var isCheck = false
}

extension Session {
  /// Refuses commands that would lead a lesson astray whose commands are being typed.
  func checkBelongsInLesson(_ invocation: Invocation) throws(Diagnostic) {
    guard lessonTyping.isTyping, invocation.row.traits.contains(.outsideLessons) else { return }
    throw Diagnostic(
      .argument, "\(invocation.row.verb) does not belong in a lesson", at: invocation.verb.range,
      offers: ["help lesson"])
  }
}
