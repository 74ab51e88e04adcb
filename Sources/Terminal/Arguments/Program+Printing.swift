#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Program {
  /// Prints lines in place of a session; gives the status to exit with.
  ///
  /// Where the reader is gone, the process ends as if by SIGPIPE; other failures are told on standard error.
  package static func print(_ lines: [String]) -> Int32 {
    do {
      try DescriptorOutput.standardOutput.write(lines.map { $0 + "\n" }.joined())
      return Ending.good.number
    } catch DescriptorOutput.Failure.readerGone {
      Signals.end(by: SIGPIPE)
    } catch {
      let reason = (error as? DescriptorOutput.Failure)?.reason ?? "\(error)"
      try? DescriptorOutput.standardError.write(lines: "espalier: \(unwritten(reason))")
      return Ending.failed.number
    }
  }

  /// What is said of an answer that cannot be written.
  static func unwritten(_ reason: String) -> String { "cannot write the answer: \(reason)" }
}
