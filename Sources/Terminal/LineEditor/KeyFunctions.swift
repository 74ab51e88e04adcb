/// What becomes of readline's named functions, in its callback interface and in both shells.
///
/// Readline 8.2 was gone through function by function and with random keys under the address
/// sanitizer. What reads past its line, frees twice, never ends or shows nothing here rings the bell;
/// what moves over the history is done by `LineEditor+History.swift`.
package enum KeyFunctions {
  /// What a key that is bound to a function does.
  package enum Decision: Hashable, Sendable {
    /// What readline says.
    case works

    /// The same, by a function of ours.
    case ours(Replacement)

    /// It rings the bell.
    case rings
  }

  /// The functions of ours.
  package enum Replacement: Hashable, Sendable, CaseIterable {
    case previous, next, first, last, numbered, resume
    case searchBackward, searchForward
    case prefixBackward, prefixForward, partBackward, partForward
    case lastWord, numberedWord
    case forwardCharacter, backwardCharacter
    case abort, yank, yankPop, put, putPop, changeCase, redo, complete
    case wordEnd, smallWordEnd, bigWordEnd, nextWord, smallNextWord, bigNextWord, match
    case lowercase, readInitFile
  }

  /// A function of readline's, by its name in ~/.inputrc.
  package struct Row: Sendable {
    package let name: String
    package let decision: Decision
    package let reason: String

    init(_ name: String, _ decision: Decision, _ reason: String) {
      (self.name, self.decision, self.reason) = (name, decision, reason)
    }
  }

  /// The decision on a function that no key may be bound to without one; unknown ones ring.
  package static func decision(on name: String) -> Decision {
    rows.first { $0.name == name }?.decision ?? .rings
  }

  /// All functions of readline 8.2, by name.
  package static let rows: [Row] = [
    Row("abort", .ours(.abort), "leaves by longjmp, at times to a frame that is gone"),
    Row("accept-line", .works, "ends the line"),
    Row("arrow-key-prefix", .rings, "reads on within the call, and moves over the history"),
    Row("backward-byte", .ours(.backwardCharacter), "would stop inside a character"),
    Row("backward-char", .works, "moves"),
    Row("backward-delete-char", .works, "edits"),
    Row("backward-kill-line", .works, "edits"),
    Row("backward-kill-word", .works, "edits"),
    Row("backward-word", .works, "moves"),
    Row("beginning-of-history", .ours(.first), "moves over the history"),
    Row("beginning-of-line", .works, "moves"),
    Row("bracketed-paste-begin", .rings, "reads on; pasted text is taken before it gets here"),
    Row("call-last-kbd-macro", .rings, "macros outlive the search or line that they end"),
    Row("capitalize-word", .works, "edits"),
    Row("character-search", .works, "takes the next key"),
    Row("character-search-backward", .works, "takes the next key"),
    Row("clear-display", .works, "redraws"),
    Row("clear-screen", .works, "redraws"),
    Row("complete", .works, "completes"),
    Row("copy-backward-word", .works, "copies"),
    Row("copy-forward-word", .works, "copies"),
    Row("copy-region-as-kill", .works, "copies"),
    Row("delete-char", .works, "edits"),
    Row("delete-char-or-list", .works, "edits or lists"),
    Row("delete-horizontal-space", .works, "edits"),
    Row("digit-argument", .works, "counts, to 999"),
    Row("do-lowercase-version", .ours(.lowercase), "calls itself for ever at a lower-case key"),
    Row("downcase-word", .works, "edits"),
    Row("dump-functions", .rings, "a full screen does not show what it prints"),
    Row("dump-macros", .rings, "a full screen does not show what it prints"),
    Row("dump-variables", .rings, "a full screen does not show what it prints"),
    Row("emacs-editing-mode", .works, "changes the mode"),
    Row("end-kbd-macro", .rings, "macros outlive the search or line that they end"),
    Row("end-of-history", .ours(.last), "moves over the history"),
    Row("end-of-line", .works, "moves"),
    Row("exchange-point-and-mark", .works, "moves"),
    Row("fetch-history", .ours(.numbered), "moves over the history"),
    Row("forward-backward-delete-char", .works, "edits"),
    Row("forward-byte", .ours(.forwardCharacter), "would stop inside a character"),
    Row("forward-char", .works, "moves"),
    Row("forward-search-history", .ours(.searchForward), "keeps the line as ours expect it"),
    Row("forward-word", .works, "moves"),
    Row("history-search-backward", .ours(.prefixBackward), "moves over the history"),
    Row("history-search-forward", .ours(.prefixForward), "moves over the history"),
    Row("history-substring-search-backward", .ours(.partBackward), "moves over the history"),
    Row("history-substring-search-forward", .ours(.partForward), "moves over the history"),
    Row("insert-comment", .works, "edits and ends the line"),
    Row("insert-completions", .works, "completes"),
    Row("kill-line", .works, "edits"),
    Row("kill-region", .works, "edits"),
    Row("kill-whole-line", .works, "edits"),
    Row("kill-word", .works, "edits"),
    Row("menu-complete", .works, "completes"),
    Row("menu-complete-backward", .works, "completes"),
    Row("next-history", .ours(.next), "moves over the history"),
    Row("next-screen-line", .works, "moves"),
    Row(
      "non-incremental-forward-search-history", .ours(.searchForward),
      "frees the line's undo list twice after a failed search; the incremental one is as good"),
    Row(
      "non-incremental-forward-search-history-again", .rings,
      "frees the line's undo list twice after a failed search"),
    Row(
      "non-incremental-reverse-search-history", .ours(.searchBackward),
      "frees the line's undo list twice after a failed search; the incremental one is as good"),
    Row(
      "non-incremental-reverse-search-history-again", .rings,
      "frees the line's undo list twice after a failed search"),
    Row("old-menu-complete", .works, "completes"),
    Row("operate-and-get-next", .ours(.resume), "moves over the history"),
    Row("overwrite-mode", .works, "changes the mode"),
    Row("possible-completions", .works, "lists"),
    Row("previous-history", .ours(.previous), "moves over the history"),
    Row("previous-screen-line", .works, "moves"),
    Row("print-last-kbd-macro", .rings, "prints past the screen"),
    Row("quoted-insert", .works, "takes the next key"),
    Row("re-read-init-file", .ours(.readInitFile), "what it binds is looked through too"),
    Row("redraw-current-line", .works, "redraws"),
    Row("reverse-search-history", .ours(.searchBackward), "keeps the line as ours expect it"),
    Row("revert-line", .works, "edits"),
    Row("self-insert", .works, "edits"),
    Row("set-mark", .works, "marks"),
    Row("skip-csi-sequence", .works, "reads on while there is something"),
    Row("start-kbd-macro", .rings, "macros outlive the search or line that they end"),
    Row("tab-insert", .works, "edits"),
    Row("tilde-expand", .works, "edits"),
    Row("transpose-chars", .works, "edits"),
    Row("transpose-words", .works, "edits"),
    Row("tty-status", .works, "rings where the system has none"),
    Row("undo", .works, "edits"),
    Row("universal-argument", .works, "counts, to 999"),
    Row("unix-filename-rubout", .rings, "reads before the line's beginning"),
    Row("unix-line-discard", .works, "edits"),
    Row("unix-word-rubout", .works, "edits"),
    Row("upcase-word", .works, "edits"),
    Row("vi-append-eol", .works, "inserts"),
    Row("vi-append-mode", .works, "inserts"),
    Row("vi-arg-digit", .works, "counts, to 999"),
    Row("vi-back-to-indent", .works, "moves"),
    Row("vi-backward-bigword", .works, "moves"),
    Row("vi-backward-word", .works, "moves"),
    Row("vi-bWord", .works, "moves"),
    Row("vi-bword", .works, "moves"),
    Row("vi-change-case", .ours(.changeCase), "never ends with a negative count"),
    Row("vi-change-char", .works, "takes the next key"),
    Row("vi-change-to", .works, "takes a motion"),
    Row("vi-char-search", .works, "takes the next key"),
    Row("vi-column", .works, "moves"),
    Row(
      "vi-complete", .ours(.complete),
      "never ends where a line ends in characters without columns"),
    Row("vi-delete", .works, "edits"),
    Row("vi-delete-to", .works, "takes a motion"),
    Row(
      "vi-eWord", .ours(.bigWordEnd),
      "goes round for ever where the line ends in characters without columns"),
    Row("vi-editing-mode", .works, "changes the mode"),
    Row(
      "vi-end-bigword", .ours(.bigWordEnd),
      "goes round for ever where the line ends in characters without columns"),
    Row(
      "vi-end-word", .ours(.wordEnd),
      "goes round for ever where the line ends in characters without columns"),
    Row("vi-eof-maybe", .works, "ends the input on an empty line"),
    Row(
      "vi-eword", .ours(.smallWordEnd),
      "goes round for ever where the line ends in characters without columns"),
    Row(
      "vi-fWord", .ours(.bigNextWord),
      "goes round for ever where the line ends in characters without columns"),
    Row("vi-fetch-history", .ours(.numbered), "moves over the history"),
    Row("vi-first-print", .works, "moves"),
    Row(
      "vi-forward-bigword", .ours(.bigNextWord),
      "goes round for ever where the line ends in characters without columns"),
    Row(
      "vi-forward-word", .ours(.smallNextWord),
      "goes round for ever where the line ends in characters without columns"),
    Row(
      "vi-fword", .ours(.smallNextWord),
      "goes round for ever where the line ends in characters without columns"),
    Row("vi-goto-mark", .works, "takes the next key"),
    Row("vi-insert-beg", .works, "inserts"),
    Row("vi-insertion-mode", .works, "inserts"),
    Row(
      "vi-match", .ours(.match),
      "goes round for ever where the line ends in characters without columns"),
    Row("vi-movement-mode", .works, "changes the mode"),
    Row(
      "vi-next-word", .ours(.nextWord),
      "goes round for ever where the line ends in characters without columns"),
    Row("vi-overstrike", .works, "edits"),
    Row("vi-overstrike-delete", .works, "edits"),
    Row("vi-prev-word", .works, "moves"),
    Row(
      "vi-put", .ours(.put),
      "never ends with a negative count, and leaves by longjmp where nothing was killed"),
    Row("vi-redo", .ours(.redo), "never ends with a negative count"),
    Row("vi-replace", .works, "changes the mode"),
    Row("vi-rubout", .works, "edits"),
    Row("vi-search", .ours(.searchBackward), "is a non-incremental search"),
    Row("vi-search-again", .rings, "is a non-incremental search"),
    Row("vi-set-mark", .works, "takes the next key"),
    Row("vi-subst", .works, "edits"),
    Row("vi-tilde-expand", .works, "edits"),
    Row("vi-undo", .works, "edits"),
    Row("vi-unix-word-rubout", .works, "edits"),
    Row("vi-yank-arg", .ours(.numberedWord), "reads past a line that ends in < or >"),
    Row("vi-yank-pop", .ours(.putPop), "leaves by longjmp unless it follows a put"),
    Row("vi-yank-to", .works, "takes a motion"),
    Row("yank", .ours(.yank), "leaves by longjmp where nothing was killed"),
    Row("yank-last-arg", .ours(.lastWord), "reads past a line that ends in < or >"),
    Row("yank-nth-arg", .ours(.numberedWord), "reads past a line that ends in < or >"),
    Row("yank-pop", .ours(.yankPop), "leaves by longjmp unless it follows a yank"),
  ]
}
