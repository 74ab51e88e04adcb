import Language
import Networks

extension Diagnostic {
  /// A misfit of shapes; `offers` are commands that repair it in the case at hand.
  init(_ error: ShapeError, at range: SourceRange?, offers: [String] = []) {
    let messages = ShapeMessages(fault: error.fault, path: error.path)
    self.init(
      .shape, messages.message, at: range, notes: messages.notes.map { Note($0) },
      offers: offers + messages.offers)
  }

  /// A word or key that does not suit its kind.
  init(_ fault: ArgumentFault, at range: SourceRange?) {
    switch fault {
    case .surplus(let kind, let index):
      let most = Numbers.count(index, "argument")
      self.init(
        .argument, "\(kind.rawValue) takes at most \(most) without a key", at: range,
        notes: [Note("usage: \(kind.signature)")])
    case .unknownKey(let kind, let key):
      let known = kind.row.parameters.map(\.name) + ["name"]
      let near = DidYouMean.nearest(key, among: known)
      self.init(
        .argument,
        "\(kind.rawValue) has no key \(key)" + (near.map { "; did you mean \($0)?" } ?? ""),
        at: range, notes: [Note("usage: \(kind.signature)")])
    case .repeated(let kind, let key):
      self.init(.argument, "\(kind.rawValue) was given \(key) twice", at: range)
    case .value(_, let parameter, let text, let type):
      self.init(
        .argument, "\(parameter) expects \(type.expectation), found \(text)", at: range)
    case .missing(let kind, let parameter):
      self.init(
        .argument, "\(kind.rawValue) needs \(parameter.uppercased())", at: range,
        notes: [Note("usage: \(kind.signature)")])
    }
  }

  /// A path that does not lead to what is asked for.
  init(_ fault: PathFault, at range: SourceRange?) {
    switch fault {
    case .nothing(let path, let known):
      let last = { (path: String) in path.split(separator: ".").last.map(String.init) ?? path }
      let near =
        DidYouMean.nearest(path, among: known)
        ?? known.first { last($0) == last(path) }
      self.init(
        .path, "no block at \(path)" + (near.map { "; did you mean \($0)?" } ?? ""), at: range,
        offers: ["tree"])
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

  /// An edit that is refused; `offers` are commands that repair shapes.
  init(_ error: EditError, at range: SourceRange?, offers: [String] = []) {
    switch error {
    case .path(let fault): self.init(fault, at: range)
    case .shape(let error): self.init(error, at: range, offers: offers)
    case .argument(let fault, let path):
      self.init(fault, at: range)
      message = "\(path): \(message)"
    case .nameTaken(let name, let path):
      self.init(.edit, "\(path): the name \(name) is taken beside it", at: range)
    case .invalidName(let name):
      self.init(
        .edit, "a name has letters, digits and _, at most 64 of them; found \(name)", at: range)
    case .fixedPart(let path):
      self.init(
        .edit, "\(path) has its place in the block around it; edit that block or what is inside",
        at: range)
    case .nothingInside(let path):
      self.init(.edit, "\(path) is a layer; there is nothing inside to unwrap", at: range)
    case .branches(let path, let count):
      self.init(
        .edit, "\(path) has \(count) branches; only a single one could take its place", at: range)
    case .nothingToWrap:
      self.init(
        .edit, "nothing to wrap: no blocks after the last residual or parallel one", at: range,
        offers: ["add conv 16 3"])
    case .tooFew(let asked, let found):
      self.init(
        .edit, "last=\(asked) asks for more blocks than the \(found) there are", at: range)
    case .notAContainer(let kind):
      self.init(
        .edit, "\(kind.rawValue) does not hold blocks; wrap in seq, residual, parallel or repeat",
        at: range, offers: ["wrap residual"])
    }
  }
}
