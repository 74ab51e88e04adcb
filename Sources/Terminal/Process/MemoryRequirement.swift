import Sessions

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The memory without which the program does not begin.
package enum MemoryRequirement {
  static let words: StaticString =
    "espalier: less than 32 MiB of memory are left to work in; try: ulimit -v unlimited"

  /// Ends the program with status 1 where there is less; called before anything takes memory, and takes none.
  package static func check() {
    if Session.hasMemoryToWork { return }
    let end: StaticString = "\n"
    _ = write(STDERR_FILENO, words.utf8Start, words.utf8CodeUnitCount)
    _ = write(STDERR_FILENO, end.utf8Start, end.utf8CodeUnitCount)
    exit(1)
  }
}
