@preconcurrency import CNcurses
import Sessions

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The terminal as a place for frames: the one file that draws, by ncurses.
///
/// ncurses owns output and the terminal's modes; it reads no keys. There is one screen, used on the
/// main thread only.
package final class CursesScreen {
  private let terminal: OpaquePointer
  private let output: UnsafeMutablePointer<FILE>
  private let input: UnsafeMutablePointer<FILE>

  /// The terminal itself, whatever standard output leads to meanwhile.
  let descriptor: Int32
  private var palette: Palette

  /// The palette that the terminal and the user allow.
  private let base: Palette
  private let isUTF8: Bool
  private let marksPastes: Bool
  private var drawn: Frame?
  private var isOpen = true

  /// Whether the terminal reports the wheel and presses of buttons.
  package private(set) var reportsMouse = false

  /// Takes the terminal over, or leaves it alone where it cannot show a full screen.
  package init?(_ surroundings: Surroundings) {
    let (out, into) = (dup(STDOUT_FILENO), dup(STDIN_FILENO))
    guard out >= 0, into >= 0, let output = fdopen(out, "w"), let input = fdopen(into, "r") else {
      return nil
    }
    for end in [out, into] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    guard let terminal = Self.open(output, input) else { return nil }
    guard Self.capability("cup") != nil else {
      endwin()
      delscreen(terminal)
      return nil
    }
    (self.terminal, self.output, self.input, descriptor) = (terminal, output, input, out)
    isUTF8 = surroundings.isUTF8
    let families = ["xterm", "tmux", "screen", "rxvt", "foot", "alacritty", "kitty"]
    marksPastes =
      Self.capability("BE") != nil || families.contains { surroundings.terminal.hasPrefix($0) }
    base = Self.preparePalette(surroundings)
    palette = base
    cbreak()
    noecho()
    nonl()
    // Ctrl-C has the terminal drop what was typed before it, and what it has yet to show: see `renew`.
    intrflush(nil, true)
    Self.takeKeys()
    def_prog_mode()
    write(modes(on: true))
  }

  /// Opens the terminal; of a window that is too large it takes the part that is drawn on.
  private static func open(
    _ output: UnsafeMutablePointer<FILE>, _ input: UnsafeMutablePointer<FILE>
  ) -> OpaquePointer? {
    let size = TerminalSize(of: fileno(output))
    let most = TerminalSize.largest
    let isLargest = size.columns == most.columns || size.rows == most.rows
    use_env(isLargest)
    use_tioctl(!isLargest)
    let names = [("LINES", size.rows), ("COLUMNS", size.columns)]
    let known = names.map { name, _ in getenv(name).map { String(cString: $0) } }
    if isLargest { for (name, number) in names { setenv(name, "\(number)", 1) } }
    defer {
      for ((name, _), value) in zip(names, known) where isLargest {
        if let value { setenv(name, value, 1) } else { unsetenv(name) }
      }
    }
    return newterm(nil, output, input)
  }

  /// Lets every key through as it is, but for those that send signals.
  private static func takeKeys() {
    var attributes = termios()
    guard tcgetattr(STDIN_FILENO, &attributes) == 0 else { return }
    attributes.c_iflag &= ~tcflag_t(IXON | ICRNL | INLCR)
    attributes.c_lflag &= ~tcflag_t(IEXTEN)
    tcsetattr(STDIN_FILENO, TCSANOW, &attributes)
  }

  private static func preparePalette(_ surroundings: Surroundings) -> Palette {
    guard !surroundings.forbidsColour, has_colors() else { return .none }
    start_color()
    use_default_colors()
    let palette: Palette = COLORS >= 256 ? .colours256 : .colours8
    prepareColours(of: palette)
    return palette
  }

  private static func prepareColours(of palette: Palette) {
    for role in Role.allCases {
      guard let colour = palette.colour(of: role) else { continue }
      init_pair(Int16(role.rawValue) + 1, Int16(colour), -1)
    }
  }

  /// Draws in the colours of a theme from now on.
  package func show(in theme: Theme) {
    guard base != .none else { return }
    palette = base.themed(theme)
    if palette != .none { Self.prepareColours(of: palette) }
    forget()
  }

  // MARK: Size

  /// The size of the window now, at least one cell; ncurses takes it over.
  package func takeSize() -> Size {
    let size = TerminalSize(of: descriptor)
    let (columns, rows) = (max(1, size.columns), max(1, size.rows))
    if Int(getmaxx(stdscr)) != columns || Int(getmaxy(stdscr)) != rows {
      resizeterm(Int32(clamping: rows), Int32(clamping: columns))
      drawn = nil
    }
    return Size(columns, rows)
  }

  // MARK: Drawing

  /// Shows a frame; what already stands there is not sent again.
  package func draw(_ frame: Frame) {
    guard isOpen else { return }
    let last = drawn?.size == frame.size ? drawn : nil
    for y in 0..<frame.height {
      if let last, last.hasSameRow(y, as: frame) { continue }
      for run in frame.runs(y) { draw(run, y) }
    }
    if let cursor = frame.cursor {
      curs_set(1)
      wmove(stdscr, Int32(cursor.y), Int32(cursor.x))
    } else {
      curs_set(0)
    }
    wnoutrefresh(stdscr)
    doupdate()
    drawn = frame
  }

  private func draw(_ run: Frame.Run, _ y: Int) {
    let emphasis = palette.emphasis(of: run.style)
    var attributes: attr_t = 0
    if emphasis.contains(.bold) { attributes |= esp_bold }
    if emphasis.contains(.dim) { attributes |= esp_dim }
    if emphasis.contains(.reverse) { attributes |= esp_reverse }
    if emphasis.contains(.underline) { attributes |= esp_underline }
    let pair = palette.colour(of: run.style.role) == nil ? 0 : Int16(run.style.role.rawValue) + 1
    wattr_set(stdscr, attributes, pair, nil)
    wmove(stdscr, Int32(y), Int32(run.x))
    waddstr(stdscr, isUTF8 ? run.text : String(run.text.map { $0.isASCII ? $0 : "?" }))
  }

  /// Draws everything anew with the next frame, whatever the terminal shows.
  package func forget() {
    drawn = nil
    clearok(curscr, true)
  }

  /// Draws and switches on everything anew, since Ctrl-C has the terminal drop what it had yet to show.
  package func renew() {
    guard isOpen else { return }
    write(modes(on: true) + (reportsMouse ? Self.mouseOn : ""))
    curs_set(0)
    curs_set(1)
    forget()
  }

  // MARK: Modes

  /// Asks the terminal to report the mouse, or not to.
  package func reportMouse(_ reports: Bool) {
    guard reports != reportsMouse else { return }
    reportsMouse = reports
    write(reports ? Self.mouseOn : Self.mouseOff)
  }

  /// Control sequences that give the terminal back, whatever was switched on.
  package var restoringBytes: [UInt8] {
    var text = modes(on: false) + Self.mouseOff
    for name in ["sgr0", "cnorm", "rmkx", "rmcup"] { text += Self.capability(name) ?? "" }
    return Array((text + "\r").utf8)
  }

  /// Gives the terminal back for a while.
  package func pause() {
    guard isOpen else { return }
    write(modes(on: false) + (reportsMouse ? Self.mouseOff : ""))
    def_prog_mode()
    curs_set(1)
    endwin()
  }

  /// Takes the terminal again.
  package func resume() {
    guard isOpen else { return }
    reset_prog_mode()
    write(modes(on: true) + (reportsMouse ? Self.mouseOn : ""))
    forget()
  }

  /// Gives the terminal back for good.
  package func close() {
    guard isOpen else { return }
    pause()
    isOpen = false
    delscreen(terminal)
    fclose(output)
    fclose(input)
  }

  private static let mouseOn = "\u{1B}[?1000h\u{1B}[?1006h"
  private static let mouseOff = "\u{1B}[?1006l\u{1B}[?1000l"

  private func modes(on: Bool) -> String {
    marksPastes ? "\u{1B}[?2004\(on ? "h" : "l")" : ""
  }

  private func write(_ text: String) {
    fflush(output)
    try? DescriptorOutput(descriptor: descriptor).write(text)
  }

  /// A string of the terminal's description without its padding, or nothing where it has none.
  private static func capability(_ name: String) -> String? {
    guard let pointer = tigetstr(name), Int(bitPattern: pointer) != -1 else { return nil }
    var text = ""
    var rest = Substring(String(cString: pointer))
    while let start = rest.firstRange(of: "$<"),
      let end = rest[start.upperBound...].firstIndex(of: ">")
    {
      text += rest[..<start.lowerBound]
      rest = rest[rest.index(after: end)...]
    }
    return text + rest
  }
}
