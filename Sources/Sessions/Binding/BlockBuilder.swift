import Language
import Networks

/// Makes blocks of the specifications that were typed.
struct BlockBuilder {
  /// The definitions in force, for a guess at a mistyped one.
  let environment: Environment

  /// Values that `defaults KIND key=value` gave in place of the table's.
  let defaults: [Kind: [String: String]]

  /// What the blocks made so far were made of.
  private var specifications: [BlockID: Specification] = [:]

  /// A builder with other defaults than the table's.
  init(defaults: [Kind: [String: String]], environment: Environment) {
    self.defaults = defaults
    self.environment = environment
  }

  /// Blocks, and what they were made of.
  struct Made {
    let blocks: [Networks.Block]
    fileprivate let specifications: [BlockID: Specification]
    fileprivate let source: SourceText?

    /// Where in the command, or in a definition that it calls, stands what a refusal is about.
    func place(of error: EditError) -> Place? {
      guard case .shape(let shape) = error,
        let specification = specifications[shape.block] ?? around(shape.path)
      else { return nil }
      guard let call = specification.call else {
        let kind = specification.kind.range
        return kind.source === source ? Place(range: kind) : nil
      }
      let range = specification.range(of: shape.fault)
      if !call.arguments(behind: range).isEmpty { return Place(range: range, call: call) }
      let kind = call.outermost.kind.range
      return kind.source === source ? Place(range: kind) : nil
    }

    /// What a definition made a block of that holds one whose layers follow from shapes, such as that of a gate.
    private func around(_ path: String) -> Specification? {
      let names = path.split(separator: ".").map(String.init)
      for start in names.indices {
        guard var block = blocks.first(where: { $0.name == names[start] }) else { continue }
        var found = specifications[block.id]
        for name in names[(start + 1)...] {
          guard let child = block.children.first(where: { $0.name == name }) else { break }
          block = child
          found = specifications[block.id] ?? found
        }
        return found?.call == nil ? nil : found
      }
      return nil
    }
  }

  /// The blocks of a list of specifications, named among siblings that are there already.
  ///
  /// - Throws: A diagnostic at the word that is wrong.
  func blocks(of specifications: [Specification], among siblings: NameSupply = NameSupply())
    throws(Diagnostic) -> Made
  {
    var builder = self
    let blocks = try builder.make(specifications, among: siblings)
    return Made(
      blocks: blocks, specifications: builder.specifications,
      source: specifications.first?.range.source)
  }

  private mutating func make(_ all: [Specification], among siblings: NameSupply = NameSupply())
    throws(Diagnostic) -> [Networks.Block]
  {
    var names = siblings
    var result: [Networks.Block] = []
    for specification in all {
      guard let made = try traced(specification, among: names) else { continue }
      names.insert(made.name)
      // A definition that is one layer stands for it, and what is wrong is told of its arguments.
      let isLayer = if case .layer = made.form { true } else { false }
      if !isLayer || specifications[made.id] == nil { specifications[made.id] = specification }
      result.append(made)
    }
    return result
  }

  /// The block of a specification; what is wrong in it is traced to the call that led there.
  private mutating func traced(_ specification: Specification, among siblings: NameSupply)
    throws(Diagnostic) -> Networks.Block?
  {
    do throws(Diagnostic) {
      switch specification.form {
      case .group: return try expansion(of: specification, among: siblings)
      case .written: return try block(of: specification, among: siblings)
      }
    } catch {
      var diagnostic = error
      if let call = specification.call { diagnostic.trace(to: call) }
      throw diagnostic
    }
  }

  /// A definition's blocks: one stands for itself, more become a group named after it.
  private mutating func expansion(of group: Specification, among siblings: NameSupply)
    throws(Diagnostic) -> Networks.Block?
  {
    let specifications = group.blocks.first ?? []
    let stem = group.kind.text.lowercased()
    let children = try make(specifications)
    if children.isEmpty { return nil }
    guard children.count == 1, var child = children.first else {
      return Networks.Block(name: siblings.fresh(stem), form: .sequential(BlockList(children)))
    }
    var isGroup = false
    if case .sequential = child.form {
      isGroup = specifications.contains { $0.form == .group }
    }
    child.name = siblings.fresh(isGroup ? stem : child.kind.nameStem)
    return child
  }

  private mutating func block(of item: Specification, among siblings: NameSupply)
    throws(Diagnostic) -> Networks.Block?
  {
    guard let kind = Kind(word: item.kind.text) else { throw unknown(item) }
    if kind == .repeated, item.words.first?.text == "0" { return nil }
    let name = try self.name(of: item, kind: kind, among: siblings)
    let isFrozen = try isFrozen(item)
    let arguments = try self.arguments(of: item, kind: kind)
    try checkBlocks(of: item, kind: kind)
    if let layer = Layer(arguments) {
      return Networks.Block(name: name, form: .layer(layer), isFrozen: isFrozen)
    }
    if kind == .repeated { try checkCopies(arguments, of: item) }
    var bodies: [[Networks.Block]] = []
    for block in item.blocks { bodies.append(try make(block)) }
    guard var container = Networks.Block(name: name, arguments, blocks: bodies) else {
      throw unknown(item)
    }
    container.isFrozen = isFrozen
    return container
  }

  private func arguments(of item: Specification, kind: Kind) throws(Diagnostic) -> Arguments {
    let options = item.options.filter { $0.name != "name" && $0.name != "frozen" }
    let typed = options.map { (key: $0.name, text: $0.value.text) }
    let words = item.words.map(\.text)
    do throws(ArgumentFault) {
      return try Arguments(
        kind, words: words, options: assumed(of: item, kind: kind, typed: typed.map(\.key)) + typed)
    } catch {
      throw Diagnostic(error, in: item) ?? Diagnostic(error, at: range(of: error, in: item))
    }
  }

  /// The values that `defaults` gives to what was not typed; the shipped library keeps its own.
  private func assumed(of item: Specification, kind: Kind, typed: [String])
    -> [(key: String, text: String)]
  {
    guard let values = defaults[kind], !Library.owns(item.range.source) else { return [] }
    var given = Set(typed.map { kind.row.parameter(called: $0)?.name ?? $0 })
    given.formUnion(
      kind.row.parameters.filter(\.isPositional).prefix(item.words.count).map(\.name))
    if kind == .residual, item.blocks.count > 1 { given.insert("shortcut") }
    return values.filter { !given.contains($0.key) }.sorted { $0.key < $1.key }
      .map { (key: $0.key, text: $0.value) }
  }

  /// The word or key a fault is about.
  private func range(of fault: ArgumentFault, in item: Specification) -> SourceRange {
    let key: (String) -> Bool
    switch fault {
    case .surplus(_, let index):
      return index < item.words.count ? item.words[index].range : item.range
    case .missing: return item.kind.range
    case .unknownKey(_, let name), .repeated(_, let name):
      return item.options.last { $0.name == name }?.nameRange ?? item.range
    case .value(let kind, let parameter, let text, _):
      let positional = kind.row.parameters.filter(\.isPositional)
      if let index = positional.firstIndex(where: { $0.name == parameter }),
        index < item.words.count, item.words[index].text == text
      {
        return item.words[index].range
      }
      key = { kind.row.parameter(called: $0)?.name == parameter }
    }
    return item.options.last { key($0.name) }?.value.range ?? item.range
  }

  private func name(of item: Specification, kind: Kind, among siblings: NameSupply)
    throws(Diagnostic) -> String
  {
    guard let option = item.options.first(where: { $0.name == "name" }) else {
      return siblings.fresh(item.blocks.isEmpty ? kind.nameStem : kind.nameStemWithBraces)
    }
    let name = option.value.text
    guard Naming.isValid(name) else {
      throw Diagnostic(EditError.invalidName(name), at: option.value.range)
    }
    if siblings.contains(name) {
      throw Diagnostic(
        EditError.nameTaken(name: name, path: name), at: option.value.range,
        replacement: siblings.fresh(name))
    }
    return name
  }

  private func isFrozen(_ item: Specification) throws(Diagnostic) -> Bool {
    guard let option = item.option("frozen") else { return false }
    return try option.value.flag("frozen")
  }

  private func checkBlocks(of item: Specification, kind: Kind) throws(Diagnostic) {
    let found = item.blocks.count
    guard let expected = kind.row.blocks else {
      if found == 0 { return }
      throw Diagnostic(
        .argument, "\(kind.rawValue) is a layer and takes no { … }", at: item.kind.range,
        notes: [.init("usage: \(kind.signature)")], offers: ["help \(kind.rawValue)"])
    }
    if kind == .residual, found > 1, let option = item.option("shortcut") {
      throw Diagnostic(
        .argument,
        "the second { … } is the shortcut, so shortcut=\(option.value.text) cannot be too",
        at: option.range, offers: ["help residual"])
    }
    if !expected.contains(found) {
      let wanted =
        expected.count == 1
        ? "\(expected.lowerBound)" : "\(expected.lowerBound) to \(expected.upperBound)"
      throw Diagnostic(
        .argument, "\(kind.rawValue) expects \(wanted) { … }, found \(found)", at: item.kind.range,
        notes: [.init("usage: \(kind.signature)")], offers: ["help \(kind.rawValue)"])
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
      at: item.words.first?.range ?? item.range, offers: ["help repeat"])
  }

  /// The most copies one `repeat` makes.
  static let maximumCopies = 10_000

  private func unknown(_ item: Specification) -> Diagnostic {
    Diagnostic(
      .name, "no layer or block is called \(item.kind.text)", at: item.kind.range,
      guessing: BroughtKind.kind(of: item.kind.text)?.rawValue
        ?? DidYouMean.nearest(item.kind.text, among: Kind.words + environment.definitionNames),
      offers: ["help layers", "help library"])
  }
}
