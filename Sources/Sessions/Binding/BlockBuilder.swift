import Language
import Networks

/// Makes blocks of the specifications that were typed.
struct BlockBuilder {
  /// Values that `defaults KIND key=value` gave in place of the table's.
  let defaults: [Kind: [String: String]]

  /// The blocks of a list of specifications, named among siblings that are there already.
  ///
  /// - Throws: A diagnostic at the word that is wrong.
  func blocks(of specifications: [Specification], among siblings: [String] = []) throws(Diagnostic)
    -> [Networks.Block]
  {
    var names = siblings
    var result: [Networks.Block] = []
    for specification in specifications {
      for block in try blocks(of: specification, among: names) {
        names.append(block.name)
        result.append(block)
      }
    }
    return result
  }

  private func blocks(of specification: Specification, among siblings: [String])
    throws(Diagnostic) -> [Networks.Block]
  {
    switch specification.form {
    case .group: return try expansion(of: specification, among: siblings)
    case .written: return try block(of: specification, among: siblings).map { [$0] } ?? []
    }
  }

  /// A definition's blocks: one stands for itself, more become a group named after it.
  private func expansion(of group: Specification, among siblings: [String]) throws(Diagnostic)
    -> [Networks.Block]
  {
    let specifications = group.blocks.first ?? []
    let stem = group.kind.text.lowercased()
    let children = try blocks(of: specifications)
    if children.isEmpty { return [] }
    guard children.count == 1, var child = children.first else {
      let name = Naming.fresh(stem, among: siblings)
      return [Networks.Block(name: name, form: .sequential(children))]
    }
    var isGroup = false
    if case .sequential = child.form {
      isGroup = specifications.contains { $0.form == .group }
    }
    child.name = Naming.fresh(isGroup ? stem : child.kind.nameStem, among: siblings)
    return [child]
  }

  private func block(of item: Specification, among siblings: [String]) throws(Diagnostic)
    -> Networks.Block?
  {
    guard let kind = Kind(word: item.kind.text) else { throw unknown(item) }
    if kind == .repeated, item.words.first?.text == "0" { return nil }
    let name = try self.name(of: item, kind: kind, among: siblings)
    let arguments = try self.arguments(of: item, kind: kind)
    try checkBlocks(of: item, kind: kind)
    if let layer = Layer(arguments) {
      return Networks.Block(name: name, form: .layer(layer))
    }
    if kind == .repeated { try checkCopies(arguments, of: item) }
    var bodies: [[Networks.Block]] = []
    for block in item.blocks { bodies.append(try blocks(of: block, among: [])) }
    guard let container = Networks.Block(name: name, arguments, blocks: bodies) else {
      throw unknown(item)
    }
    return container
  }

  private func arguments(of item: Specification, kind: Kind) throws(Diagnostic) -> Arguments {
    let options = item.options.filter { $0.name != "name" }
    let typed = options.map { (key: $0.name, text: $0.value.text) }
    let placed = kind.row.parameters.filter(\.isPositional).prefix(item.words.count).map(\.name)
    let assumed = (defaults[kind] ?? [:]).filter { key, _ in
      !placed.contains(key) && !typed.contains { $0.key == key }
    }.sorted { $0.key < $1.key }.map { (key: $0.key, text: $0.value) }
    do throws(ArgumentFault) {
      return try Arguments(kind, words: item.words.map(\.text), options: assumed + typed)
    } catch {
      throw Diagnostic(error, at: range(of: error, in: item))
    }
  }

  /// The word or key a fault is about.
  private func range(of fault: ArgumentFault, in item: Specification) -> SourceRange {
    let key: String
    switch fault {
    case .surplus(_, let index):
      return index < item.words.count ? item.words[index].range : item.range
    case .missing: return item.kind.range
    case .unknownKey(_, let name): key = name
    case .repeated(_, let name): key = name
    case .value(let kind, let parameter, let text, _):
      let positional = kind.row.parameters.filter(\.isPositional)
      if let index = positional.firstIndex(where: { $0.name == parameter }),
        index < item.words.count, item.words[index].text == text
      {
        return item.words[index].range
      }
      key = parameter
    }
    return item.options.last { $0.name == key }?.range ?? item.range
  }

  private func name(of item: Specification, kind: Kind, among siblings: [String])
    throws(Diagnostic) -> String
  {
    guard let option = item.options.first(where: { $0.name == "name" }) else {
      return Naming.fresh(kind.nameStem, among: siblings)
    }
    let name = option.value.text
    guard Naming.isValid(name) else {
      throw Diagnostic(EditError.invalidName(name), at: option.range)
    }
    if siblings.contains(name) {
      throw Diagnostic(EditError.nameTaken(name: name, path: name), at: option.range)
    }
    return name
  }

  private func checkBlocks(of item: Specification, kind: Kind) throws(Diagnostic) {
    let found = item.blocks.count
    guard let expected = kind.row.blocks else {
      if found == 0 { return }
      throw Diagnostic(
        .argument, "\(kind.rawValue) is a layer and takes no { … }", at: item.kind.range,
        notes: [.init("usage: \(kind.signature)")])
    }
    if !expected.contains(found) {
      let wanted =
        expected.count == 1
        ? "\(expected.lowerBound)" : "\(expected.lowerBound) to \(expected.upperBound)"
      throw Diagnostic(
        .argument, "\(kind.rawValue) expects \(wanted) { … }, found \(found)", at: item.kind.range,
        notes: [.init("usage: \(kind.signature)")])
    }
  }

  private func checkCopies(_ arguments: Arguments, of item: Specification)
    throws(Diagnostic)
  {
    guard case .count(let copies) = arguments["copies"], copies > Self.maximumCopies else { return }
    throw Diagnostic(
      .limit,
      "repeat makes at most \(Numbers.grouped(Self.maximumCopies)) copies, "
        + "found \(Numbers.grouped(copies))",
      at: item.words.first?.range ?? item.range)
  }

  /// The most copies one `repeat` makes.
  static let maximumCopies = 10_000

  private func unknown(_ item: Specification) -> Diagnostic {
    let known = Kind.allCases.flatMap { [$0.rawValue] + $0.row.aliases }
    let near = DidYouMean.nearest(item.kind.text, among: known)
    return Diagnostic(
      .name,
      "no layer or block is called \(item.kind.text)"
        + (near.map { "; did you mean \($0)?" } ?? ""),
      at: item.kind.range, offers: ["help layers"])
  }
}
