import Networks

@testable import Interchange

/// Small models, as they stand in files.
enum OnnxModels {
  /// A node with inputs and outputs that blanks separate.
  static func node(
    _ operation: String, _ inputs: String, _ outputs: String,
    _ attributes: OnnxAttributeProto...
  ) -> OnnxNodeProto {
    var node = OnnxNodeProto()
    node.opType = operation
    node.input = inputs.split(separator: " ").map(String.init)
    node.output = outputs.split(separator: " ").map(String.init)
    node.name = "n" + outputs
    node.attribute = attributes
    return node
  }

  /// A model over a batch `x` that gives `y`.
  static func model(
    _ nodes: [OnnxNodeProto], _ tensors: [OnnxTensorProto] = [], input: Shape = Shape([2, 4])
  ) -> OnnxModelProto {
    var model = OnnxModelProto()
    model.irVersion = 9
    var operators = OnnxOperatorSetIdProto()
    operators.version = 20
    model.opsetImport = [operators]
    var graph = OnnxGraphProto()
    graph.node = nodes
    graph.initializer = tensors
    graph.input = [.batch("x", of: input)]
    graph.output = [.batch("y", of: input)]
    model.graph = graph
    return model
  }

  /// The bytes of a model.
  static func bytes(_ model: OnnxModelProto) throws -> [UInt8] { try WireWriter.bytes(of: model) }

  /// A text as an attribute.
  static func text(_ name: String, _ value: String) -> OnnxAttributeProto {
    var result = OnnxAttributeProto()
    result.name = name
    result.type = OnnxAttributeProto.Code.text
    result.s = .init(value.utf8)
    return result
  }
}
