@preconcurrency import CReadline
import Sessions

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// GNU readline behind its callback interface: the one file that knows it.
///
/// Readline keeps its state in global variables and calls back without a context, so there is one
/// editor, `current`, and it is used on the main thread only. It never installs signal handlers, and leaves the environment alone. All keys are read elsewhere and
/// handed over whole, so that it never waits for one.
package final class LineEditor {
  /// What the user did.
  package enum Event: Equatable {
    /// A line was entered; it may have line breaks where text was pasted.
    case line(String)

    /// Ctrl-D on an empty line, or the end of the input.
    case end
  }

  /// Answers completions for a line and a cursor in UTF-8 bytes.
  package var complete: (String, Int) -> Completion = { _, cursor in
    Completion(start: cursor, candidates: [])
  }

  /// Gives the lines that show candidates below the line being typed, ready to be written.
  package var list: ([Completion.Candidate]) -> [String] = { $0.map(\.text) }

  /// The editor that readline's callbacks reach.
  nonisolated(unsafe) private static var current: LineEditor?

  /// Whether readline draws the line; if not, `display` says what to draw and `feed` takes keys.
  private(set) var drawsItself = true

  /// Keys that readline has not read yet.
  private var queue: ArraySlice<UInt8> = []

  /// How often readline has asked for a byte in vain since there was one.
  private var missed = 0

  /// Whether `display` may have changed since this was last set to false.
  package var needsDrawing = false

  /// The candidates of the last completion that readline would list.
  package internal(set) var listed: [Completion.Candidate] = []

  let output: UnsafeMutablePointer<FILE>
  private let historyPath: String?
  private var event: Event?
  var completion = Completion(start: 0, candidates: [])
  var typed = ""

  /// Whether a line is being edited and the prompt is shown.
  package private(set) var isActive = false

  /// Whether the terminal stays in readline's mode between two lines.
  private var holdsTerminal = false

  /// Entries kept in memory and in the history's file.
  private static let historyLimit: Int32 = 5000

  /// Takes readline over, for the rest of the process.
  ///
  /// - Parameters:
  ///   - descriptor: where prompt and line are drawn.
  ///   - historyPath: a file that `HistoryFile.prepare` has made.
  package init?(drawingOn descriptor: Int32, historyPath: String?) {
    let own = dup(descriptor)
    guard own >= 0, let stream = fdopen(own, "w") else { return nil }
    output = stream
    self.historyPath = historyPath
    rl_catch_signals = 0
    rl_catch_sigwinch = 0
    rl_change_environment = 0
    rl_readline_name = UnsafePointer(strdup("espalier"))
    rl_outstream = stream
    rl_completer_word_break_characters = UnsafePointer(strdup(" \t\n;{}(),="))
    rl_completer_quote_characters = nil
    rl_sort_completion_matches = 0
    rl_attempted_completion_function = { _, start, end in
      rl_attempted_completion_over = 1
      return LineEditor.current?.matches(from: Int(start), to: Int(end))
    }
    rl_completion_display_matches_hook = { _, _, _ in LineEditor.current?.showCandidates() }
    rl_deprep_term_function = {
      if LineEditor.current?.holdsTerminal != true { rl_deprep_terminal() }
    }
    rl_variable_bind("revert-all-at-newline", "on")
    rl_variable_bind("show-all-if-ambiguous", "on")
    rl_variable_bind("bell-style", "none")
    rl_completion_query_items = -1
    rl_getc_function = { _ in LineEditor.current?.nextByte() ?? -1 }
    rl_input_available_hook = { LineEditor.current?.queue.isEmpty == false ? 1 : 0 }
    Self.current = self
    rl_initialize()
    ReadlineFunctions.replaceUnavailable()
    using_history()
    stifle_history(Self.historyLimit)
    history_comment_char = CChar(UInt8(ascii: "#"))
    history_write_timestamps = 1
    if let historyPath {
      history_truncate_file(historyPath, Self.historyLimit)
      read_history(historyPath)
    }
  }

  // MARK: Editing

  /// Shows a prompt and begins a line.
  ///
  /// The prompt may hold control sequences between bytes 1 and 2. From now on the terminal is
  /// readline's until `end`: keys pressed while a statement runs are kept as they are, for the line
  /// after it.
  package func begin(prompt: String) {
    rl_already_prompted = 0
    holdsTerminal = drawsItself
    if drawsItself { keepWidth() }
    rl_callback_handler_install(prompt) { LineEditor.current?.accept($0) }
    isActive = true
    guard !drawsItself else { return }
    rl_tty_set_echoing(0)
    rl_set_screen_size(24, 10_000)
    needsDrawing = true
  }

  /// Ends editing, if a line is begun, and gives the terminal its old modes.
  package func end() {
    finishLine()
    releaseTerminal()
  }

  private func finishLine() {
    guard isActive else { return }
    isActive = false
    rl_callback_handler_remove()
  }

  private func releaseTerminal() {
    guard holdsTerminal else { return }
    holdsTerminal = false
    rl_deprep_terminal()
    fflush(output)
  }

  /// What the user has done since the last call; afterwards no line is being edited.
  package func takeEvent() -> Event? {
    defer { event = nil }
    return event
  }

  /// The text that is being edited.
  package var line: String { String(decoding: bytes, as: UTF8.self) }

  /// Control sequences that undo what readline has switched on.
  package var restoringBytes: [UInt8] { marksPastes ? Array("\u{1B}[?2004l\r".utf8) : [] }

  /// Whether the terminal is asked to mark pasted text.
  private var marksPastes: Bool {
    rl_variable_value("enable-bracketed-paste").map { String(cString: $0) } == "on"
  }

  /// Whether the prompt shown is readline's own: of a search, or of a repeat count.
  private var showsOwnPrompt: Bool {
    rl_readline_state & UInt(RL_STATE_ISEARCH | RL_STATE_NSEARCH | RL_STATE_NUMERICARG) != 0
  }

  /// Replaces the prompt of the line being edited; false where readline shows one of its own.
  @discardableResult
  package func change(prompt: String) -> Bool {
    guard isActive, !showsOwnPrompt else { return false }
    rl_set_prompt(prompt)
    rl_redisplay()
    return true
  }

  /// Throws the line away, or leaves a search, and begins again below: what Ctrl-C does.
  package func discardLine(prompt: String) {
    rl_callback_sigcleanup()
    rl_free_line_state()
    fputs("^C", output)
    rl_crlf()
    rl_replace_line("", 1)
    rl_set_prompt(prompt)
    rl_on_new_line()
    fflush(output)
    rl_redisplay()
  }

  /// Lets text be written above the line being edited, which stays as it is.
  package func writeAbove(_ write: () -> Void) {
    guard isActive else { return write() }
    rl_clear_visible_line()
    fflush(output)
    write()
    rl_on_new_line()
    rl_redisplay()
  }

  /// Takes the terminal's new size over.
  package func resize() {
    rl_resize_terminal()
    keepWidth()
  }

  /// Has readline believe in a least width: its arithmetic fails on fewer columns.
  private func keepWidth() {
    var (rows, columns): (Int32, Int32) = (0, 0)
    rl_get_screen_size(&rows, &columns)
    if columns < Self.leastWidth || rows < 1 {
      rl_set_screen_size(max(rows, 1), max(columns, Self.leastWidth))
    }
  }

  private static let leastWidth: Int32 = 8

  /// Does something, such as stopping the process, while the terminal has its old modes.
  package func withTerminalReleased(_ work: () -> Void) {
    let held = holdsTerminal
    releaseTerminal()
    work()
    holdsTerminal = held
    resume()
  }

  /// Takes the terminal again, after others may have changed it, and redraws the line.
  package func resume() {
    guard holdsTerminal else { return }
    rl_deprep_terminal()
    rl_prep_terminal(1)
    guard isActive else { return }
    resize()
    fputs("\r", output)
    rl_on_new_line()
    rl_redisplay()
  }

  var bytes: UnsafeBufferPointer<UInt8> {
    guard let buffer = rl_line_buffer, rl_end > 0 else {
      return UnsafeBufferPointer(start: nil, count: 0)
    }
    return UnsafeBufferPointer(
      start: UnsafeRawPointer(buffer).assumingMemoryBound(to: UInt8.self), count: Int(rl_end))
  }

  private func accept(_ text: UnsafeMutablePointer<CChar>?) {
    finishLine()
    event = text.map { .line(String(cString: $0)) } ?? .end
    free(text)
    if drawsItself, event == .end {
      rl_eof_found = 0
      rl_crlf()
      fflush(output)
    }
  }

  // MARK: History

  /// Adds a statement to the history and its file, unless it begins with a blank or is the last one.
  package func remember(_ statement: String) {
    guard let first = statement.first, !first.isWhitespace else { return }
    if let last = history_get(history_base + history_length - 1)?.pointee.line,
      String(cString: last) == statement
    {
      return
    }
    add_history(statement)
    using_history()
    if let historyPath { append_history(1, historyPath) }
  }
}

// MARK: Full screens

extension LineEditor {
  /// What a screen shows of the line.
  package struct Display: Hashable, Sendable {
    /// The prompt that readline shows instead of the one given: of a search or a repeat count.
    package var prompt: String?
    package var text: String

    /// The cursor's place in UTF-8 bytes.
    package var cursor: Int
  }

  /// An editor that draws nothing and reads nothing by itself.
  package convenience init?(drawingNothing historyPath: String?) {
    let nothing = open("/dev/null", O_WRONLY | O_CLOEXEC)
    guard nothing >= 0 else { return nil }
    defer { close(nothing) }
    self.init(drawingOn: nothing, historyPath: historyPath)
    drawsItself = false
    rl_prep_term_function = nil
    rl_deprep_term_function = nil
    rl_redisplay_function = { LineEditor.current?.needsDrawing = true }
  }

  /// The line as it is.
  package var display: Display {
    let own = showsOwnPrompt ? rl_display_prompt.map { String(cString: $0) } : nil
    return Display(prompt: own, text: line, cursor: Int(rl_point))
  }

  /// Takes whole keys; those behind an entered line wait until the next line begins.
  package func feed(_ bytes: [UInt8]) {
    if !listed.isEmpty {
      listed = []
      needsDrawing = true
    }
    queue += bytes
    readQueue()
  }

  /// Reads keys that were left behind an entered line.
  package func readQueue() {
    while isActive, !queue.isEmpty { rl_callback_read_char() }
  }

  /// Puts pasted text at the cursor, line breaks and all.
  package func insert(pasted bytes: [UInt8]) {
    listed = []
    let text = String(decoding: bytes, as: UTF8.self)
      .replacing("\r\n", with: "\n").replacing("\r", with: "\n").replacing("\0", with: "")
    if showsOwnPrompt { return feed(Array(text.replacing("\n", with: " ").utf8)) }
    // Neither a key that waits for another nor one that goes on with the last may take the paste for its own.
    rl_callback_sigcleanup()
    rl_last_func = nil
    rl_begin_undo_group()
    rl_insert_text(text)
    rl_end_undo_group()
    if drawsItself { rl_redisplay() }
    needsDrawing = true
  }

  /// Throws the line away, or leaves a search: what Ctrl-C does.
  package func clear() {
    rl_callback_sigcleanup()
    rl_free_line_state()
    rl_replace_line("", 1)
    using_history()
    queue = []
    listed = []
    needsDrawing = true
  }

  /// The next byte; a function that asks for more than there is gets Ctrl-G, which ends what it does, and at
  /// last the end of the input.
  private func nextByte() -> Int32 {
    if let byte = queue.popFirst() {
      missed = 0
      return Int32(byte)
    }
    missed += 1
    return missed < 4 ? 7 : -1
  }
}
