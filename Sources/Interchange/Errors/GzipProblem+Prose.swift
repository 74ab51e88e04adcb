import Networks

extension GzipProblem {
  func prose(path: String) -> Prose {
    let test = "gzip -t \(Prose.typed(path)) in the shell; copy or download it anew"
    switch self {
    case .endsEarly(let byte):
      return Prose(
        expected: "more gzip data", found: "the end of the file after byte \(Prose.counted(byte))",
        next: test)
    case .damaged(let byte):
      return Prose(
        expected: "gzip data that agrees with its checksum",
        found: "other bytes before byte \(Prose.counted(byte))", next: test)
    case .tooMuch(let limit):
      return Prose(
        expected: "at most \(ByteCount.text(limit)) of packed data", found: "more",
        next: "cut the file into parts")
    }
  }
}
