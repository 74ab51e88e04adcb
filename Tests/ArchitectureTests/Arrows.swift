/// Which target may import which others.
struct Arrows: Equatable, Sendable {
  /// A target's name and the modules it may import besides those of the system.
  var allowed: [String: Set<String>]

  /// Reads the table under the heading `Targets` of docs/architecture.md: target, one line, may import.
  init(documentation: String) {
    allowed = [:]
    for line in documentation.split(separator: "\n") where line.hasPrefix("| `") {
      let cells = line.split(separator: "|").map { $0.split(separator: "`") }
      guard cells.count == 3 else { continue }
      let names = cells.map { cell in
        cell.map(String.init).filter { $0.allSatisfy { $0.isLetter || $0.isNumber } }
      }
      guard let target = names[0].first else { continue }
      allowed[target] = Set(names[2])
    }
  }

  /// Reads the dependencies of the targets, tests aside, that a manifest declares.
  init(manifest: String) {
    allowed = [:]
    for opening in ["  .target(", "  .executableTarget(", "  .systemLibrary("] {
      for declaration in Self.calls(opening, in: manifest) {
        guard let name = Self.value(after: "name: ", in: declaration) else { continue }
        allowed[name] = Self.dependencies(in: declaration)
      }
    }
  }

  private static func dependencies(in declaration: String) -> Set<String> {
    guard let start = declaration.range(of: "dependencies: [") else { return [] }
    let rest = declaration[start.upperBound...]
    guard let end = rest.firstIndex(of: "]") else { return [] }
    var list = String(rest[..<end])
    var names: Set<String> = []
    for product in calls(".product(", in: list) {
      if let name = value(after: "name: ", in: product) { names.insert(name) }
      list = list.replacing(product, with: "")
    }
    let quoted = list.split(separator: "\"", omittingEmptySubsequences: false)
    for (index, part) in quoted.enumerated() where index % 2 == 1 { names.insert(String(part)) }
    return names
  }

  /// The text between the parentheses of every call that begins with `opening`.
  private static func calls(_ opening: String, in text: String) -> [String] {
    text.ranges(of: opening).map { range in
      var depth = 1
      let rest = text[range.upperBound...]
      let end = rest.firstIndex { character in
        depth += character == "(" ? 1 : character == ")" ? -1 : 0
        return depth == 0
      }
      return String(rest[..<(end ?? rest.endIndex)])
    }
  }

  /// The first string literal that follows a label.
  private static func value(after label: String, in text: String) -> String? {
    guard let range = text.range(of: label + "\"") else { return nil }
    return text[range.upperBound...].split(separator: "\"").first.map(String.init)
  }
}
