/// Tells code from text in Swift sources.
enum SwiftCode {
  /// The source with comments and the words of string literals replaced by blanks, line by line the
  /// same; code in interpolations is kept.
  static func blankingTexts(_ source: String) -> String {
    var scanner = Scanner(source)
    scanner.code(untilParenthesis: false)
    return String(decoding: scanner.output, as: UTF8.self)
  }

  /// The modules that code imports, in order: `import A`, `@x public import struct A.B`.
  static func imports(in code: String) -> [String] {
    code.split(separator: "\n").flatMap { $0.split(separator: ";") }.compactMap { statement in
      let words = statement.split(whereSeparator: \.isWhitespace)
      guard let keyword = words.firstIndex(of: "import"),
        words[..<keyword].allSatisfy({ $0.hasPrefix("@") || accessLevels.contains(String($0)) })
      else { return nil }
      let rest = words[(keyword + 1)...]
      let name = rest.first.flatMap { kinds.contains(String($0)) ? rest.dropFirst().first : $0 }
      return name?.split(separator: ".").first.map(String.init)
    }
  }

  private static let accessLevels: Set = [
    "private", "fileprivate", "internal", "package", "public",
  ]
  private static let kinds: Set = [
    "struct", "class", "enum", "protocol", "typealias", "func", "let", "var",
  ]

  private struct Scanner {
    private let bytes: [UInt8]
    private var index = 0
    private(set) var output: [UInt8] = []

    init(_ source: String) { bytes = Array(source.utf8) }

    /// Copies code up to the end or, in an interpolation, to the parenthesis that closes it.
    mutating func code(untilParenthesis: Bool) {
      var depth = 0
      while index < bytes.count {
        if at("//") {
          while index < bytes.count, bytes[index] != newline { blank() }
        } else if at("/*") {
          comment()
        } else if let hashes = stringOpens() {
          string(hashes: hashes)
        } else {
          let byte = bytes[index]
          keep()
          guard untilParenthesis else { continue }
          if byte == UInt8(ascii: "(") { depth += 1 }
          if byte == UInt8(ascii: ")") {
            if depth == 0 { return }
            depth -= 1
          }
        }
      }
    }

    private mutating func comment() {
      var depth = 0
      repeat {
        let step = at("/*") ? 1 : at("*/") ? -1 : 0
        depth += step
        blank()
        if step != 0 { blank() }
      } while depth > 0 && index < bytes.count
    }

    /// The number of `#` before a quote that stands here.
    private func stringOpens() -> Int? {
      var end = index
      while end < bytes.count, bytes[end] == hash { end += 1 }
      return end < bytes.count && bytes[end] == quote ? end - index : nil
    }

    private mutating func string(hashes: Int) {
      let sharps = String(repeating: "#", count: hashes)
      for _ in 0..<hashes { blank() }
      let delimiter = at("\"\"\"") ? "\"\"\"" : "\""
      for _ in delimiter.utf8 { blank() }
      let (closing, escape) = (delimiter + sharps, "\\" + sharps)
      while index < bytes.count, !at(closing) {
        if at(escape + "(") {
          for _ in 0...escape.utf8.count { blank() }
          code(untilParenthesis: true)
        } else if at(escape) {
          for _ in escape.utf8 { blank() }
          blank()
        } else {
          blank()
        }
      }
      for _ in closing.utf8 { blank() }
    }

    private func at(_ text: String) -> Bool {
      var place = index
      for byte in text.utf8 {
        guard place < bytes.count, bytes[place] == byte else { return false }
        place += 1
      }
      return true
    }

    private mutating func keep() {
      output.append(bytes[index])
      index += 1
    }

    private mutating func blank() {
      guard index < bytes.count else { return }
      output.append(bytes[index] == newline ? newline : UInt8(ascii: " "))
      index += 1
    }

    private var newline: UInt8 { UInt8(ascii: "\n") }
    private var quote: UInt8 { UInt8(ascii: "\"") }
    private var hash: UInt8 { UInt8(ascii: "#") }
  }
}
