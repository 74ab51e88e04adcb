import Interchange
import Networks

/// What is told of sessions that ended without saving.
extension Autosave {
  /// The lines of a start that offer what sessions have left, the newest first; none where there is nothing.
  package var offers: [StyledText] {
    let ended = kept.ended
    let all = ended.flatMap(\.paths)
    if all.isEmpty { return [] }
    var lines = [StyledText("kept from sessions that ended without saving:", .dim)]
    lines += all.prefix(Self.mostOffers).map(Self.line)
    let more = all.count > Self.mostOffers ? "and \(all.count - Self.mostOffers) more: " : ""
    lines.append(
      StyledText("  \(more)autosave lists them, autosave drop all forgets them", .dim))
    lines.append(StyledText("Enter takes back session \(ended[0].number)", .emphasis))
    return lines
  }

  /// What is said at the end of a session that leaves trained networks unsaved; nothing where there are none.
  package var farewell: StyledText? {
    let names = left
    if names.isEmpty { return nil }
    let shown = names.prefix(Self.mostOffers).joined(separator: ", ")
    let more = names.count > Self.mostOffers ? " and \(names.count - Self.mostOffers) more" : ""
    return StyledText(
      "not saved, but kept: \(shown)\(more); start espalier again and type recover", .dim)
  }

  /// Networks that a start offers by name.
  private static let mostOffers = 3

  /// The command that loads a file, and what is known of it.
  private static func line(_ path: String) -> StyledText {
    var line = StyledText("  load \(typed(path))", .typable)
    line.append("  # " + facts(path), .dim)
    return line
  }

  /// `5 minutes ago, 1×8×8 → 10, 1,200 steps`, as far as it can be read.
  private static func facts(_ path: String) -> String {
    var facts = [age(Folder.age(path) ?? 0)]
    let metadata = path.hasSuffix(".esp") ? nil : (try? SafetensorsFile(path: path))?.metadata
    let text =
      path.hasSuffix(".esp") ? try? WholeFile.text(at: path) : metadata?["network"]
    if let text, let network = try? Session().network(of: text, name: path) {
      facts.append("\(network.input.displayText) → \(network.output.displayText)")
    }
    if let steps = metadata?["steps"].flatMap({ Int($0) }) {
      facts.append(Numbers.count(steps, "step"))
    }
    if metadata?[SavedLearning.Key.isRunning] == "yes" { facts.append("in the midst of a run") }
    return facts.joined(separator: ", ")
  }

  /// A time that has passed, in the largest unit that it fills.
  static func age(_ seconds: Int) -> String {
    switch seconds {
    case ..<60: "just now"
    case ..<3_600: Numbers.count(seconds / 60, "minute") + " ago"
    case ..<86_400: Numbers.count(seconds / 3_600, "hour") + " ago"
    default: Numbers.count(seconds / 86_400, "day") + " ago"
    }
  }

  /// A path as it can be typed.
  static func typed(_ path: String) -> String {
    var path = path
    if let home = Variables.value(of: "HOME"), home.hasPrefix("/"), path.hasPrefix(home + "/") {
      path = "~" + path.dropFirst(home.count)
    }
    let isPlain = path.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0.properties.numericType != nil
        || "/._-~".unicodeScalars.contains($0)
    }
    return isPlain ? path : "'\(path)'"
  }

  /// All that sessions have left, by session, the newest first, and where this one is kept.
  var list: [StyledText] {
    var lines: [StyledText] = []
    for entry in kept.ended {
      lines.append(StyledText("session \(entry.number)", .emphasis))
      lines += entry.paths.map(Self.line)
    }
    if lines.isEmpty { lines.append("no session has ended without saving") }
    if let folder {
      lines.append(StyledText("this session is kept in \(Self.typed(folder))", .dim))
    }
    return lines
  }
}
