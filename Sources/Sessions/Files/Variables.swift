#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Variables of the program's environment.
enum Variables {
  /// The value of a variable, or nothing where it is not set.
  static func value(of name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
