@preconcurrency import CReadline

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Which of readline's functions keys may be bound to, and what becomes of the others.
///
/// Behind its callback interface some functions read further keys by themselves, and some leave by longjmp(3)
/// to a frame that may be gone. Keys that are bound to those, by default or by the user's inputrc, ring the
/// bell instead, and so do keys in the midst of a sequence that are bound to nothing.
package enum ReadlineFunctions {
  /// Functions that cannot be had, with the reason.
  package static let unavailable: [String: String] = [
    "arrow-key-prefix": "reads the key behind it by itself",
    "bracketed-paste-begin":
      "reads until the end of the paste; pasted text is taken before it gets here",
    "call-last-kbd-macro": "leaves by longjmp where there is no macro",
    "end-kbd-macro": "leaves by longjmp where no macro is being recorded",
    "non-incremental-forward-search-history": "frees the undone changes of a line twice",
    "non-incremental-forward-search-history-again": "frees the undone changes of a line twice",
    "non-incremental-reverse-search-history": "frees the undone changes of a line twice",
    "non-incremental-reverse-search-history-again": "frees the undone changes of a line twice",
    "print-last-kbd-macro": "belongs to macros",
    "start-kbd-macro": "leaves by longjmp where a macro is being recorded",
    "tty-status": "asks the terminal for something that Linux does not have",
    "vi-search": "a search that is not incremental",
    "vi-search-again": "a search that is not incremental",
    "vi-yank-pop": "leaves by longjmp unless it follows a yank",
    "yank-pop": "leaves by longjmp unless it follows a yank",
  ]

  /// Functions that work, some of them in a form of ours.
  package static let available: Set<String> = Set(
    """
    abort accept-line backward-byte backward-char backward-delete-char backward-kill-line
    backward-kill-word backward-word beginning-of-history beginning-of-line capitalize-word
    character-search character-search-backward clear-display clear-screen complete copy-backward-word
    copy-forward-word copy-region-as-kill delete-char delete-char-or-list delete-horizontal-space
    digit-argument do-lowercase-version downcase-word dump-functions dump-macros dump-variables
    emacs-editing-mode end-of-history end-of-line exchange-point-and-mark fetch-history
    forward-backward-delete-char forward-byte forward-char forward-search-history forward-word
    history-search-backward history-search-forward history-substring-search-backward
    history-substring-search-forward insert-comment insert-completions kill-line kill-region
    kill-whole-line kill-word menu-complete menu-complete-backward next-history next-screen-line
    old-menu-complete operate-and-get-next overwrite-mode possible-completions previous-history
    previous-screen-line quoted-insert re-read-init-file redraw-current-line reverse-search-history
    revert-line self-insert set-mark skip-csi-sequence tab-insert tilde-expand transpose-chars
    transpose-words undo universal-argument unix-filename-rubout unix-line-discard unix-word-rubout
    upcase-word vi-append-eol vi-append-mode vi-arg-digit vi-bWord vi-back-to-indent
    vi-backward-bigword vi-backward-word vi-bword vi-change-case vi-change-char vi-change-to
    vi-char-search vi-column vi-complete vi-delete vi-delete-to vi-eWord vi-editing-mode
    vi-end-bigword vi-end-word vi-eof-maybe vi-eword vi-fWord vi-fetch-history vi-first-print
    vi-forward-bigword vi-forward-word vi-fword vi-goto-mark vi-insert-beg vi-insertion-mode vi-match
    vi-movement-mode vi-next-word vi-overstrike vi-overstrike-delete vi-prev-word vi-put vi-redo
    vi-replace vi-rubout vi-set-mark vi-subst vi-tilde-expand vi-undo vi-unix-word-rubout vi-yank-arg
    vi-yank-to yank yank-last-arg yank-nth-arg
    """.split(whereSeparator: \.isWhitespace).map(String.init))

  /// The functions that this readline has.
  package static var all: [String] {
    guard let names = rl_funmap_names() else { return [] }
    defer { free(names) }
    var result: [String] = []
    while let name = names[result.count] { result.append(String(cString: name)) }
    return result
  }

  fileprivate typealias Function = @convention(c) (Int32, Int32) -> Int32

  private static let bell: Function = { _, _ in
    rl_ding()
    return 0
  }

  /// Ends what is being typed for a command, as readline's own does, without a longjmp.
  private static let abort: Function = { _, _ in
    rl_discard_argument()
    rl_clear_pending_input()
    rl_deactivate_mark()
    rl_last_func = nil
    return 0
  }

  private static let readInitFileAgain: Function = { count, key in
    let result = rl_re_read_init_file(count, key)
    replaceUnavailable()
    return result
  }

  private static let yank: Function = { count, key in withoutMark { rl_yank(count, key) } }

  private static let putBack: Function = { count, key in withoutMark { rl_vi_put(count, key) } }

  /// What stands in the kill ring before anything was killed: with nothing there, readline leaves by longjmp.
  private static let mark: UInt8 = 1

  private static func withoutMark(_ insert: () -> Int32) -> Int32 {
    let result = insert()
    guard let line = rl_line_buffer else { return result }
    for place in (0..<rl_end).reversed() where UInt8(bitPattern: line[Int(place)]) == mark {
      rl_delete_text(place, place + 1)
      if rl_point > place { rl_point -= 1 }
    }
    return result
  }

  /// Replaces what cannot be had in all keymaps; to be called after the user's inputrc was read.
  static func replaceUnavailable() {
    var substitutes: [UInt: Function] = [:]
    for name in unavailable.keys {
      if let function = rl_named_function(name) { substitutes[address(function)] = bell }
    }
    for (name, function) in [
      ("abort", abort), ("re-read-init-file", readInitFileAgain), ("yank", yank),
      ("vi-put", putBack),
    ] {
      if let original = rl_named_function(name) { substitutes[address(original)] = function }
    }
    var walk = KeymapWalk(substitutes: substitutes)
    for name in ["emacs-standard", "emacs-meta", "emacs-ctlx", "vi-insert", "vi-command"] {
      if let map = rl_get_keymap_by_name(name) { walk.visit(map, sequence: []) }
    }
    walk.silenceRecursion(bell)
    fillKillRing()
  }

  private static func fillKillRing() {
    guard !isFilled else { return }
    isFilled = true
    rl_insert_text(String(UnicodeScalar(mark)))
    rl_kill_text(0, rl_end)
    rl_free_undo_list()
  }

  nonisolated(unsafe) private static var isFilled = false

  fileprivate static func address(_ function: Function) -> UInt {
    unsafeBitCast(function, to: UInt.self)
  }

  /// A walk through a keymap and all that its prefixes lead to.
  private struct KeymapWalk {
    let substitutes: [UInt: Function]
    private var visited: Set<UInt> = []

    /// Where macros stand, and what they type.
    private var macros:
      [(entry: UnsafeMutablePointer<KEYMAP_ENTRY>, sequence: [UInt8], text: [UInt8])] = []

    init(substitutes: [UInt: Function]) { self.substitutes = substitutes }

    mutating func visit(_ map: Keymap, sequence: [UInt8]) {
      guard visited.insert(UInt(bitPattern: map)).inserted else { return }
      for key in 0..<Int(KEYMAP_SIZE) {
        let entry = map + key
        let here = key < 256 ? sequence + [UInt8(key)] : sequence
        switch Int32(entry.pointee.type) {
        case ISKMAP:
          guard let next = entry.pointee.function else { continue }
          let address = UInt(bitPattern: unsafeBitCast(next, to: UnsafeRawPointer.self))
          if let below = Keymap(bitPattern: address) { visit(below, sequence: here) }
        case ISMACR:
          guard let text = entry.pointee.function else { continue }
          let address = UInt(bitPattern: unsafeBitCast(text, to: UnsafeRawPointer.self))
          guard let start = UnsafePointer<CChar>(bitPattern: address) else { continue }
          macros.append((entry, here, String(cString: start).utf8.map { $0 }))
        default:
          entry.pointee.function = substitute(for: entry.pointee.function, key: key)
        }
      }
    }

    /// What a key runs; no function in the midst of a sequence is the bell.
    private func substitute(for function: Function?, key: Int) -> Function? {
      guard let function else { return key < 256 ? ReadlineFunctions.bell : nil }
      let address = ReadlineFunctions.address(function)
      // The key of another letter than an upper-case one would run itself for ever.
      if address == lowercase, !(65...90).contains(key) { return ReadlineFunctions.bell }
      return substitutes[address] ?? function
    }

    private let lowercase = rl_named_function("do-lowercase-version").map(ReadlineFunctions.address)

    /// Takes macros away that type the keys of a macro: such may call one another for ever.
    func silenceRecursion(_ bell: Function) {
      for macro in macros
      where macros.contains(where: { macro.text.firstRange(of: $0.sequence) != nil }) {
        macro.entry.pointee.type = CChar(ISFUNC)
        macro.entry.pointee.function = bell
      }
    }
  }
}
