import Networks

/// The architecture of a network in Graphviz' language: a node for each layer and each place where
/// values meet, a cluster for each container, an edge for each way that values go.
package struct NetworkGraph {
  private let diagram: NetworkDiagram
  private let direction: PictureDirection

  /// A graph of what there is to draw.
  package init(_ diagram: NetworkDiagram, direction: PictureDirection = .down) {
    self.diagram = diagram
    self.direction = direction
  }

  /// The graph as the text of a `.dot` file.
  package var dot: String {
    var writer = GraphWriter()
    // No path has a blank, so no block has the name of an end.
    let (first, last) = (diagram.title + " input", diagram.title + " output")
    writer.node(first, [diagram.input.displayText], [("shape", "plaintext"), ("style", "\"\"")])
    let end = writer.chain(
      diagram.chain, from: GraphWriter.Source(name: first, shape: diagram.input, isShown: true))
    writer.node(last, [diagram.output.displayText], [("shape", "plaintext"), ("style", "\"\"")])
    writer.edge(from: end, to: last)
    return """
      digraph \(DotText.name(diagram.title)) {
        rankdir=\(direction == .down ? "TB" : "LR");
        label=\(DotText.label([diagram.title, diagram.facts], .left));
        labelloc=t;
        labeljust=l;
        fontname="Helvetica";
        node [shape=box, style="rounded,filled", fillcolor="#ffffff", fontname="Helvetica", fontsize=12];
        edge [color="\(Colours.line)", fontcolor="\(Colours.faint)", fontname="Helvetica", fontsize=10];
      \(writer.nodes.joined(separator: "\n"))
      \(writer.edges.joined(separator: "\n"))
      }

      """
  }
}

/// Gathers nodes, which stand in clusters, and edges, which must not: a cluster takes in what an edge in it names.
private struct GraphWriter {
  private(set) var nodes: [String] = []
  private(set) var edges: [String] = []
  private var depth = 1

  /// Where tapped values come from.
  private var taps: [String: Source] = [:]

  /// Nodes an edge of which says their shape.
  private var said: Set<String> = []

  /// A node that values come from.
  struct Source {
    let name: String
    let shape: Shape

    /// Whether the node says the shape, so that its edges need not.
    var isShown = false
  }

  private var indent: String { String(repeating: "  ", count: depth) }

  mutating func node(_ name: String, _ lines: [String], _ attributes: [(String, String)]) {
    let list = [("label", DotText.label(lines))] + attributes
    let text = list.map { "\($0.0)=\($0.1)" }.joined(separator: ", ")
    nodes.append("\(indent)\(DotText.name(name)) [\(text)];")
  }

  /// An edge; the first one says the shape where its node does not.
  mutating func edge(from source: Source, to name: String, isSkip: Bool = false) {
    var attributes: [String] = []
    if !source.isShown, said.insert(source.name).inserted {
      attributes.append("label=" + DotText.label([" " + source.shape.displayText]))
    }
    if isSkip { attributes.append("color=\"\(Colours.skip)\"") }
    let list = attributes.isEmpty ? "" : " [" + attributes.joined(separator: ", ") + "]"
    edges.append("  \(DotText.name(source.name)) -> \(DotText.name(name))\(list);")
  }

  /// Draws a chain; answers what its values come from.
  mutating func chain(_ chain: NetworkDiagram.Chain, from source: Source, isSkip: Bool = false)
    -> Source
  {
    var source = source
    for (index, station) in chain.stations.enumerated() {
      source = element(station, from: source, isSkip: isSkip && index == 0)
    }
    return source
  }

  private mutating func element(
    _ station: NetworkDiagram.Station, from source: Source, isSkip: Bool
  ) -> Source {
    switch station.element {
    case .box(let box), .tap(let box, _):
      let hue = Hue(box.family)
      node(
        box.path, [box.text, box.facts ?? station.output.displayText],
        [("fillcolor", "\"\(hue.fill)\""), ("color", "\"\(hue.stroke)\"")]
          + (box.isMany ? [("peripheries", "2")] : []))
      edge(from: source, to: box.path, isSkip: isSkip)
      let end = Source(name: box.path, shape: station.output, isShown: true)
      if case .tap(_, let name) = station.element { taps[name] = end }
      return end
    case .frame(let frame):
      begin(frame.path, label: frame.fullLabel, isMany: frame.isMany)
      defer { end() }
      return chain(frame.chain, from: source, isSkip: isSkip)
    case .skip(let skip): return self.skip(skip, from: source, output: station.output)
    case .fork(let fork): return self.fork(fork, from: source, output: station.output)
    case .join(let join): return self.join(join, from: source, output: station.output)
    }
  }

  private mutating func skip(
    _ skip: NetworkDiagram.Skip, from source: Source, output: Shape
  ) -> Source {
    begin(skip.path, label: skip.path)
    defer { end() }
    let body = chain(skip.body, from: source)
    let shortcut = chain(skip.shortcut, from: source, isSkip: true)
    join(skip.path, "+")
    edge(from: body, to: skip.path)
    edge(from: shortcut, to: skip.path, isSkip: true)
    let sum = Source(name: skip.path, shape: output)
    guard let activation = skip.activation else { return sum }
    let hue = Hue(activation.kind.family)
    let name = skip.path + " " + activation.word
    node(
      name, [activation.word, output.displayText],
      [("fillcolor", "\"\(hue.fill)\""), ("color", "\"\(hue.stroke)\"")])
    edge(from: sum, to: name)
    return Source(name: name, shape: output, isShown: true)
  }

  private mutating func fork(
    _ fork: NetworkDiagram.Fork, from source: Source, output: Shape
  ) -> Source {
    begin(fork.path, label: fork.path)
    defer { end() }
    let ends = fork.branches.map { chain($0, from: source) }
    join(fork.path, fork.sign)
    for end in ends { edge(from: end, to: fork.path, isSkip: end.name == source.name) }
    return Source(name: fork.path, shape: output)
  }

  private mutating func join(
    _ join: NetworkDiagram.Join, from source: Source, output: Shape
  ) -> Source {
    let tapped = chain(join.way, from: taps[join.tap] ?? source, isSkip: true)
    self.join(join.path, join.sign)
    edge(from: source, to: join.path)
    edge(from: tapped, to: join.path, isSkip: true)
    return Source(name: join.path, shape: output)
  }

  /// The node where values meet.
  private mutating func join(_ path: String, _ sign: String) {
    let shape = sign.count == 1 ? "circle" : "box"
    let size = sign.count == 1 ? [("width", "0.3"), ("fixedsize", "true")] : []
    node(path, [sign], [("shape", shape), ("color", "\"\(Colours.skip)\"")] + size)
  }

  private mutating func begin(_ path: String, label: String, isMany: Bool = false) {
    nodes.append("\(indent)subgraph \(DotText.name("cluster_" + path)) {")
    depth += 1
    let style = isMany ? "rounded" : "rounded,dashed"
    nodes.append(
      "\(indent)label=\(DotText.label([label])); style=\"\(style)\"; color=\"\(Colours.frame)\";")
  }

  private mutating func end() {
    depth -= 1
    nodes.append("\(indent)}")
  }
}
