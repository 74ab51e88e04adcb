import Interchange
import Language
import Networks

extension CommandTable {
  static let drawRow = CommandRow(
    "draw", .look, usage: "draw [PATH] FILE.svg|FILE.dot [direction=down|right]",
    "draws the network or a part of it, with its skips and shapes",
    details: [
      "A .dot file is a graph in Graphviz' language, with a cluster for each container. A container that is",
      "folded in the tree is one box, save the one that PATH names. To the right an .svg picture has the shape",
      "of a slide: it goes on in further rows where one would be too long.",
    ],
    examples: [
      "draw net.svg", "draw res1 part.svg", "draw slide.svg direction=right", "draw net.dot",
    ],
    slots: [.pathOrFile, .file],
    keys: [
      .init(
        "direction", default: PictureDirection.down.rawValue, among: PictureDirection.words,
        "which way values go: down, or right for a slide")
    ],
    words: 2, traits: [.ownRedirect], endings: CommandScope.pictureWriters.endings,
    writing: "draw FILE", run: { try $0.draw($1) })
}

extension PictureDirection {
  fileprivate static let words = allCases.map(\.rawValue)
}

extension CommandScope {
  /// Answers `draw [PATH] FILE.svg|FILE.dot [direction=down|right]`.
  mutating func draw(_ invocation: Invocation) throws -> Report {
    let (path, file) = try Self.partAndFile(of: invocation)
    let network = try currentNetwork(at: invocation.range)
    let part = try path.map { word in
      try refusing(at: word.range) { () throws(PathFault) in try network.block(at: word.text) }
    }
    let choice = try invocation.option("direction")?.value.choice(
      "direction", among: PictureDirection.words)
    let keys = invocation.options.map { " \($0.name)=\($0.value.text)" }.joined()
    let writer = try Self.pictureWriters.writer(for: file, of: "draw") { ending in
      // A lone word that is no file may be the part.
      let found = part.map { [$0] } ?? network.blocks(matching: file.text)
      guard let only = found.first, found.count == 1 else {
        return "draw \(state.currentName).\(ending)\(keys)"
      }
      return "draw \(only.path) \(only.path).\(ending)\(keys)"
    }
    let title = part.map { "\($0.path) of \(state.currentName)" } ?? state.currentName
    let diagram = NetworkDiagram(
      network, of: part?.block.id, title: title, folded: folded(in: network, part?.block.id))
    let direction = choice.flatMap { PictureDirection(rawValue: $0) } ?? .down
    return written(writer(diagram, direction), to: file)
  }

  /// The part that is drawn, where one is named, and the file.
  private static func partAndFile(of invocation: Invocation) throws(Diagnostic) -> (Word?, Word) {
    let row = invocation.row
    let words = invocation.words
    if let file = invocation.redirect {
      if words.count > 1 {
        throw row.refusal("draw takes at most 1 word before >, found 2 words", at: words[1].range)
      }
      return (words.first, file)
    }
    let first = try invocation.word(0, "FILE.svg or FILE.dot", row)
    return words.count > 1 ? (first, words[1]) : (nil, first)
  }

  /// The containers of a network or of a part of it that are folded in the tree; the part itself is open.
  private func folded(in network: Network, _ part: BlockID?) -> Set<BlockID> {
    var folds = context.folds
    if let part { folds[part] = .open }
    let rows = Outline(network, of: part, folds: folds).rows
    return Set(rows.lazy.filter { $0.fold == .closed }.map(\.id))
  }

  /// What `draw` writes.
  static let pictureWriters: WriterTable<@Sendable (NetworkDiagram, PictureDirection) -> String> = [
    "svg": { NetworkPicture($0, direction: $1).svg },
    "dot": { NetworkGraph($0, direction: $1).dot },
  ]
}
