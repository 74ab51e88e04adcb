/// A path as it is typed: segments between points, in which `*` stands for any characters.
struct PathPattern {
  let segments: [String]

  init(_ text: String) {
    segments = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
  }

  /// Whether a name fits a segment; `*` matches any run of characters, none included.
  static func matches(_ name: String, _ segment: String) -> Bool {
    guard segment.contains("*") else { return name == segment }
    let pattern = Array(segment)
    let text = Array(name)
    var reachable: Set<Int> = [0]
    for character in pattern {
      if character == "*" {
        guard let first = reachable.min() else { return false }
        reachable = Set(first...text.count)
      } else {
        reachable = Set(
          reachable.compactMap { $0 < text.count && text[$0] == character ? $0 + 1 : nil })
      }
    }
    return reachable.contains(text.count)
  }

  /// The name that all share, or what they begin with and `*`.
  static func common(_ names: [String]) -> String {
    guard let first = names.first, names.contains(where: { $0 != first }) else {
      return names.first ?? "*"
    }
    var prefix = first[...]
    while !names.allSatisfy({ $0.hasPrefix(prefix) }) { prefix = prefix.dropLast() }
    return prefix + "*"
  }
}

/// A block with its place in a network.
package struct Located: Sendable {
  package let block: Block
  package let path: String

  /// The block whose child it is.
  package let parent: BlockID

  /// Its place among the children.
  package let index: Int
}

/// Neighbours: some children of one block, one after another.
package struct Run: Sendable {
  package let parent: BlockID
  package let indices: Range<Int>
  package let blocks: [Located]
}

/// Why a path does not lead to what is asked for.
package enum PathFault: Error, Hashable, Sendable {
  /// No block is there; `known` are the paths of the network, for a suggestion.
  case nothing(path: String, known: [String])

  /// More than one block where one is asked for.
  case several(path: String, count: Int)

  /// The ends of a range are children of different blocks, or the wrong way round.
  case notNeighbours(from: String, to: String)
}

extension Network {
  /// Every block that fits a path with wildcards, in the order of the tree.
  ///
  /// The segment `body` may be left out: `res1.conv1` is `res1.body.conv1`.
  package func blocks(matching path: String) -> [Located] {
    let pattern = PathPattern(path)
    var found: [Located] = []
    func descend(_ block: Block, prefix: String, depth: Int) {
      let segment = pattern.segments[depth]
      let isLast = depth == pattern.segments.count - 1
      var matched = false
      for (index, child) in block.children.enumerated()
      where PathPattern.matches(child.name, segment) {
        matched = true
        let path = prefix.isEmpty ? child.name : prefix + "." + child.name
        if isLast {
          found.append(Located(block: child, path: path, parent: block.id, index: index))
        } else {
          descend(child, prefix: path, depth: depth + 1)
        }
      }
      if !matched, let body = block.body {
        let path = prefix.isEmpty ? body.name : prefix + "." + body.name
        descend(body, prefix: path, depth: depth)
      }
    }
    descend(root, prefix: "", depth: 0)
    return found
  }

  /// A path, with wildcards where there are several, that leads to just these blocks; nothing where none does.
  package func pattern(for ids: [BlockID]) -> String? {
    let paths = paths(of: ids).map { $0.split(separator: ".").map(String.init) }
    guard let first = paths.first, paths.count == ids.count,
      paths.allSatisfy({ $0.count == first.count })
    else { return nil }
    let pattern = first.indices.map { place in
      paths.allSatisfy { $0[place] == first[place] } ? first[place] : "*"
    }.joined(separator: ".")
    return Set(blocks(matching: pattern).map(\.block.id)) == Set(ids) ? pattern : nil
  }

  /// The one block at a path.
  ///
  /// - Throws: Where there is none or more than one.
  package func block(at path: String) throws(PathFault) -> Located {
    let found = blocks(matching: path)
    guard let first = found.first else { throw .nothing(path: path, known: paths) }
    if found.count > 1 { throw .several(path: path, count: found.count) }
    return first
  }

  /// The blocks that fit a path with wildcards, at least one.
  ///
  /// - Throws: Where there is none.
  package func someBlocks(matching path: String) throws(PathFault) -> [Located] {
    let found = blocks(matching: path)
    if found.isEmpty { throw .nothing(path: path, known: paths) }
    return found
  }

  /// The blocks of a range of neighbours, or those that fit a path with wildcards; at least one.
  ///
  /// - Throws: Where there is none.
  package func blocks(inRange text: String) throws(PathFault) -> [Located] {
    text.contains("..") ? try run(text).blocks : try someBlocks(matching: text)
  }

  /// The neighbours from one path to another: `conv1..relu3`, or a single path.
  ///
  /// - Throws: Where an end is missing or the ends are no neighbours.
  package func run(_ text: String) throws(PathFault) -> Run {
    guard let dots = text.firstRange(of: "..") else {
      let located = try block(at: text)
      return Run(
        parent: located.parent, indices: located.index..<located.index + 1, blocks: [located])
    }
    let from = String(text[..<dots.lowerBound])
    let first = try block(at: from)
    let prefix = first.path.dropLast(first.block.name.count)
    let to = String(text[dots.upperBound...])
    let last = try block(at: to.contains(".") ? to : prefix + to)
    guard first.parent == last.parent, first.index <= last.index else {
      throw .notNeighbours(from: first.path, to: last.path)
    }
    let siblings = children(of: first.parent)
    let indices = first.index..<last.index + 1
    let blocks = indices.map { index in
      Located(
        block: siblings[index], path: prefix + siblings[index].name, parent: first.parent,
        index: index)
    }
    return Run(parent: first.parent, indices: indices, blocks: blocks)
  }

  /// The children of the root after its last residual or parallel block: what a bare `wrap` takes.
  ///
  /// A squeeze-excite gate belongs to the blocks before it.
  package var openRun: Run {
    let children = root.children
    let start =
      children.lastIndex { block in
        switch block.form {
        case .residual: true
        case .parallel: !block.isSqueezeExcite
        case .layer, .sequential, .repeated, .shared, .join: false
        }
      }.map { $0 + 1 } ?? 0
    return rootRun(start..<children.count)
  }

  /// Some children of the root.
  package func rootRun(_ indices: Range<Int>) -> Run {
    let blocks = indices.map { index in
      let block = root.children[index]
      return Located(block: block, path: block.name, parent: root.id, index: index)
    }
    return Run(parent: root.id, indices: indices, blocks: blocks)
  }

  /// All paths in the order of the tree.
  package var paths: [String] {
    var result: [String] = []
    walk { _, path in result.append(path) }
    return result
  }

  /// The path of a block, or nothing for the root and where the network does not have it.
  package func path(of id: BlockID) -> String? {
    id == root.id ? nil : root.path(to: id)
  }

  /// The paths of blocks, in their order, found in one walk; none for the root and what the network does not have.
  package func paths(of ids: [BlockID]) -> [String] {
    if ids.count == 1 { return ids.compactMap { path(of: $0) } }
    let wanted = Set(ids)
    var found: [BlockID: String] = [:]
    walk { block, path in if wanted.contains(block.id) { found[block.id] = path } }
    return ids.compactMap { found[$0] }
  }

  /// The block of an identity, the root included.
  package func block(_ id: BlockID) -> Block? { root.find(id) }

  /// The children of a block, none where the network does not have it.
  package func children(of id: BlockID) -> BlockList { root.find(id)?.children ?? [] }
}

extension Block {
  /// The body of a residual or highway, which paths need not name.
  var body: Block? {
    switch form {
    case .layer, .sequential, .repeated, .shared, .join: nil
    case .residual(let residual): residual.body
    case .parallel(let parallel): parallel.gate == nil ? nil : parallel.branches.first
    }
  }

  /// Whether it is a squeeze-excite gate.
  package var isSqueezeExcite: Bool { kind == .squeezeExcite }

  /// The block of an identity in this tree.
  func find(_ id: BlockID) -> Block? {
    if self.id == id { return self }
    for child in children {
      if let found = child.find(id) { return found }
    }
    return nil
  }

  /// The path from this block to one below it, or nothing.
  func path(to id: BlockID) -> String? {
    for child in children {
      if child.id == id { return child.name }
      if let path = child.path(to: id) { return child.name + "." + path }
    }
    return nil
  }

  /// The tree with the children of one block changed.
  func editingChildren(of id: BlockID, _ change: ([Block]) -> [Block]) -> Block {
    if self.id == id { return with(children: change(Array(children))) }
    if children.isEmpty { return self }
    return with(children: children.map { $0.editingChildren(of: id, change) })
  }

  /// The tree with one block changed.
  func editing(_ id: BlockID, _ change: (Block) -> Block) -> Block {
    if self.id == id { return change(self) }
    if children.isEmpty { return self }
    return with(children: children.map { $0.editing(id, change) })
  }
}
