import Networks
import Testing

/// The network of an input and blocks in the command language.
func network(_ input: String, _ text: String = "") throws -> Network {
  try Network(
    input: ScriptReader.shape(input),
    root: Block(name: "", form: .sequential(BlockList(ScriptReader.blocks(text)))))
}

/// The one block of a text.
func block(_ text: String) throws -> Block {
  try #require(try ScriptReader.blocks(text).first)
}

/// The arguments of a kind with some keys.
func arguments(_ kind: Kind, _ options: KeyValuePairs<String, String> = [:]) throws -> Arguments {
  var result = Arguments(kind)
  try result.set(options.map { (key: $0.key, text: $0.value) })
  return result
}

/// Why a text is no network, or nothing where it is one.
func shapeError(_ input: String, _ text: String) throws -> ShapeError? {
  let blocks = try ScriptReader.blocks(text)
  do throws(ShapeError) {
    _ = try Network(
      input: ScriptReader.shape(input), root: Block(name: "", form: .sequential(BlockList(blocks))))
    return nil
  } catch {
    return error
  }
}

/// Why a text is no network, as a fault alone.
func fault(_ input: String, _ text: String) throws -> ShapeFault? {
  try shapeError(input, text)?.fault
}

/// The error of an edit, or nothing where it is accepted.
func editError<Result>(_ edit: () throws(EditError) -> Result) -> EditError? {
  do throws(EditError) {
    _ = try edit()
    return nil
  } catch {
    return error
  }
}

extension Network {
  /// The block at a path.
  func at(_ path: String) throws -> Located { try block(at: path) }

  /// The identity of the block at a path.
  func id(_ path: String) throws -> BlockID { try block(at: path).block.id }

  /// The network with blocks of a text at the end.
  func adding(_ text: String) throws -> Network {
    let siblings = root.children.map(\.name)
    var blocks = try ScriptReader.blocks(text)
    var names = NameSupply(siblings)
    for index in blocks.indices {
      blocks[index].name = names.fresh(blocks[index].kind.nameStem)
      names.insert(blocks[index].name)
    }
    return try appending(blocks)
  }

  /// The identities of all blocks.
  var ids: Set<BlockID> {
    var result: Set<BlockID> = []
    walk { block, _ in result.insert(block.id) }
    return result
  }

  /// The text of the network.
  var script: String { NetworkScript.lines(of: self).joined(separator: "\n") }
}
