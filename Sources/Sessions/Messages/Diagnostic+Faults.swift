import Language
import Networks

extension Diagnostic {
  /// A misfit of shapes; `offers` are commands that repair it in the case at hand.
  init(_ error: ShapeError, at range: SourceRange?, offers: [String] = []) {
    let messages = ShapeMessages(fault: error.fault, path: error.path)
    self.init(
      .shape, messages.message, at: range, notes: messages.notes.map { Note($0) },
      offers: offers)
  }

  /// A word or key that does not suit its kind.
  init(_ fault: ArgumentFault, at range: SourceRange?) {
    let usage = Note("usage: \(fault.kind.signature)")
    let help = ["help \(fault.kind.rawValue)"]
    switch fault {
    case .surplus(let kind, let index):
      let most = index == 0 ? "no words" : "at most \(Numbers.count(index, "word"))"
      self.init(
        .argument, "\(kind.rawValue) takes \(most) without a key", at: range, notes: [usage],
        offers: help)
    case .unknownKey(let kind, let key):
      let known = kind.row.parameters.map(\.name) + ["name", "frozen"]
      self.init(
        .argument, "\(kind.rawValue) has no key \(key)", at: range,
        guessing: DidYouMean.nearest(key, among: known), notes: [usage], offers: help)
    case .repeated(let kind, let key):
      self.init(
        .argument, "\(kind.rawValue) was given \(key) twice", at: range, notes: [usage],
        offers: help)
    case .value(_, let parameter, let text, let type):
      self.init(
        .argument, "\(parameter) expects \(type.expectation), found \(text)", at: range,
        guessing: DidYouMean.nearest(text, among: type.completions), offers: help)
      subject = parameter
    case .missing(let kind, let parameter):
      self.init(
        .argument, "\(kind.rawValue) needs \(parameter.uppercased())", at: range, notes: [usage],
        offers: help)
    }
  }

  /// A path that does not lead to what is asked for.
  init(_ fault: PathFault, at range: SourceRange?) {
    switch fault {
    case .nothing(let path, let known):
      if let deeper = DeeperPattern(path, among: known) {
        self.init(path, deeper, at: range)
        return
      }
      let last = { (path: String) in path.split(separator: ".").last.map(String.init) ?? path }
      let near =
        Self.deeper(path, among: known) ?? DidYouMean.nearest(path, among: known)
        ?? known.first { last($0) == last(path) }
      self.init(
        .path, "no block at \(path)" + (near.map { "; did you mean \($0)?" } ?? ""), at: range,
        offers: ["tree"])
      if let near, let range { replacement = Self.replacement(of: path, by: near, in: range.text) }
    case .several(let path, let count):
      self.init(
        .path, "\(path) names \(count) blocks where one is expected", at: range,
        offers: ["show \(path)"])
    case .notNeighbours(let from, let to):
      self.init(
        .path, "\(from) and \(to) are no neighbours in this order, so no range runs between them",
        at: range, offers: ["tree"])
    }
  }

  /// The first path that has all parts of another in their order and more between them, such as the number of a
  /// copy; nothing for a single part.
  private static func deeper(_ path: String, among known: [String]) -> String? {
    let wanted = path.split(separator: ".")
    guard wanted.count > 1 else { return nil }
    return known.first { known in
      var left = wanted[...]
      for part in known.split(separator: ".") where part == left.first { left.removeFirst() }
      return left.isEmpty && known.hasSuffix(wanted[wanted.count - 1])
    }
  }

  /// A pattern that fits nothing at the top, but blocks inside containers.
  private init(_ path: String, _ deeper: DeeperPattern, at range: SourceRange?) {
    self.init(
      .path, "no block at \(path)", at: range,
      notes: [
        Note(
          "inside containers \(Numbers.count(deeper.count, "block")) would fit, first \(deeper.first); "
            + "* stays within one part of a path"
        )
      ],
      offers: ["show \(deeper.pattern)"],
      replacement: range.flatMap {
        Self.replacement(of: path, by: deeper.pattern, in: $0.text)
      })
  }

  /// The path of the block around another; nothing at the top.
  private static func parent(of path: String) -> String? {
    let parts = path.split(separator: ".").dropLast()
    return parts.isEmpty ? nil : parts.joined(separator: ".")
  }

  /// A word with one path in it, such as an end of a range, replaced by another.
  private static func replacement(of path: String, by near: String, in word: String) -> String? {
    if word == path { return near }
    guard let dots = word.firstRange(of: "..") else { return nil }
    let (first, last) = (word[..<dots.lowerBound], word[dots.upperBound...])
    if first == path { return "\(near)..\(last)" }
    return last == path ? "\(first)..\(near)" : nil
  }

  /// An edit that is refused; `offers` are commands that repair shapes.
  init(
    _ error: EditError, at range: SourceRange?, offers: [String] = [], replacement: String? = nil
  ) {
    self.init(error, at: range, offers: offers)
    if let replacement { self.replacement = replacement }
  }

  private init(_ error: EditError, at range: SourceRange?, offers: [String]) {
    switch error {
    case .path(let fault): self.init(fault, at: range)
    case .shape(let error): self.init(error, at: range, offers: offers)
    case .argument(let fault, let path):
      self.init(fault, at: range)
      message = "\(path): \(message)"
      if case .unknownKey(_, "frozen") = fault { self.offers = ["freeze \(path)"] }
      if case .unknownKey(_, "checkpoint") = fault {
        self.offers = ["wrap seq \(path) checkpoint=yes", "explain checkpointing"]
      }
    case .nameTaken(let name, let path):
      self.init(.edit, "\(path): a block beside it is called \(name) already", at: range)
    case .invalidName(let name):
      self.init(
        .edit, "a name has letters, digits and _, at most 64 of them; found \(name)", at: range)
    case .fixedPart(let path):
      self.init(
        .edit, "\(path) has its place in the block around it; edit that block or what is inside",
        at: range, offers: Self.parent(of: path).map { ["show \($0)"] } ?? [])
    case .checkpointOfPart(let path, let container):
      self.init(
        .edit, "\(path) is a part of \(container): its values are kept or computed again with it",
        at: range, offers: ["set \(container) checkpoint=yes", "wrap seq \(path) checkpoint=yes"])
    case .frozenWith(let path, let container):
      self.init(
        .edit, "\(path) is frozen with \(container), which is frozen as a whole", at: range,
        offers: ["unfreeze \(container)"])
    case .nothingInside(let path):
      self.init(.edit, "\(path) is a layer; there is nothing inside to unwrap", at: range)
    case .branches(let path, let count):
      self.init(
        .edit, "\(path) has \(count) branches; only a single one could take its place", at: range)
    case .nothingToWrap:
      self.init(
        .edit, "nothing to wrap: no blocks after the last residual or parallel one", at: range,
        offers: ["tree"])
    case .tooFew(let asked, let found):
      self.init(
        .edit, "last=\(asked) asks for more blocks than the \(found) there are", at: range)
    case .notAContainer(let kind):
      self.init(
        .edit,
        "\(kind.rawValue) does not hold blocks; wrap in one of "
          + Kind.allCases.filter(\.wraps).map(\.rawValue).joined(separator: ", "),
        at: range, offers: ["wrap residual"])
    }
  }
}

extension ArgumentFault {
  /// The kind that was typed.
  fileprivate var kind: Kind {
    switch self {
    case .surplus(let kind, _), .unknownKey(let kind, _), .repeated(let kind, _),
      .value(let kind, _, _, _), .missing(let kind, _):
      kind
    }
  }
}
