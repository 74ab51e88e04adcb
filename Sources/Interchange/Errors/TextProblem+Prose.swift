extension TextProblem {
  func prose(path: String) -> Prose {
    let file = Prose.typed(path)
    switch self {
    case .notText(.gzip):
      return Prose(
        expected: "text", found: "gzip data", next: "gunzip \(file) in the shell")
    case .notText(.zip):
      return Prose(
        expected: "text", found: "a zip archive", next: "unzip \(file) in the shell")
    case .notText(.utf16):
      return Prose(
        expected: "UTF-8 text", found: "UTF-16 text",
        next: "iconv -f UTF-16 -t UTF-8 \(file) in the shell")
    case .notText(.binary):
      return Prose(
        expected: "text", found: "zero bytes, so a binary file",
        next: "name the format it really has: help data")
    case .brokenCharacters(let found):
      return Prose(
        expected: "UTF-8 text", found: "other bytes in \(Prose.quoted(found))",
        next: "iconv -f LATIN1 -t UTF-8 \(file) in the shell, if it is in Latin-1")
    case .tooLong(let limit):
      return Prose(
        expected: "lines of at most \(Prose.counted(limit)) bytes", found: "a longer one",
        next: "check that it is a table of one example a line")
    case .tooShort(let length, let found, let fitting):
      return Prose(
        expected: "\(Prose.counted(length)) characters and one more to train and to test",
        found: "\(Prose.counted(found, "character")) in all",
        next: fitting.map { "data text \(file) length=\($0)" } ?? "name a longer text")
    case .tooLarge(let limit):
      return Prose(
        expected: "at most \(Prose.counted(limit)) bytes of text", found: "more",
        next: "split -b \(limit / 2) \(file) in the shell")
    case .unclosedQuote:
      return Prose(
        expected: "a closing quote for the one opened here", found: "the end of the file",
        next: "close the quote, or write it twice where it is meant as text")
    case .textAfterQuote(let found):
      return Prose(
        expected: "a separator after the closing quote", found: Prose.quoted(found),
        next: "write a quote within a quoted field twice")
    }
  }
}
