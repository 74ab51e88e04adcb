import Interchange
import Language

/// What a command does with files, by their endings; another format is another line.
struct EndingTable<Action: Sendable>: ExpressibleByDictionaryLiteral, Sendable {
  private let actions: [(ending: String, action: Action)]

  /// Actions in the order in which they are told.
  init(dictionaryLiteral elements: (String, Action)...) {
    actions = elements.map { ($0.0, $0.1) }
  }

  /// The action for a file, by its ending in letters of either case; nothing for another ending.
  subscript(path: String) -> Action? {
    let ending = Path.fileExtension(of: path).lowercased()
    return actions.first { $0.ending == ending }?.action
  }

  /// The endings without their dots.
  var endings: [String] { actions.map(\.ending) }

  /// `.svg and .csv`.
  func endings(joinedBy conjunction: String) -> String {
    let all = endings.map { "." + $0 }
    return all.count < 3
      ? all.joined(separator: " \(conjunction) ")
      : all.dropLast().joined(separator: ", ") + " \(conjunction) " + all[all.count - 1]
  }
}
