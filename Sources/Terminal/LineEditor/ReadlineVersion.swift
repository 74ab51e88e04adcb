@preconcurrency import CReadline

/// The version of GNU readline that the program runs with.
enum ReadlineVersion {
  static var text: String { rl_library_version.map { String(cString: $0) } ?? "none" }
}
