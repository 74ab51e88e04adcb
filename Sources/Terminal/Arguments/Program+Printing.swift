extension Program {
  /// Prints lines in place of a session; gives the status to exit with.
  package static func print(_ lines: [String]) -> Int32 {
    do {
      try DescriptorOutput.standardOutput.write(lines.map { $0 + "\n" }.joined())
      return Ending.good.number
    } catch { return Ending.failed.number }
  }
}
