@preconcurrency import CNcurses

/// The version of ncurses that the program runs with.
enum CursesVersion {
  /// `6.4.20221231`: the version and the day of its last patch.
  static var text: String {
    guard let words = curses_version().map({ String(cString: $0) }) else { return "none" }
    return words.split(separator: " ").last.map(String.init) ?? words
  }
}
