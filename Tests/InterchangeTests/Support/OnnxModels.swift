import Networks

@testable import Interchange

/// Small models, as they stand in files.
enum OnnxModels {
  /// A node with inputs and outputs that blanks separate.
  static func node(
    _ operation: String, _ inputs: String, _ outputs: String,
    _ attributes: Onnx_AttributeProto...
  ) -> Onnx_NodeProto {
    var node = Onnx_NodeProto()
    node.opType = operation
    node.input = inputs.split(separator: " ").map(String.init)
    node.output = outputs.split(separator: " ").map(String.init)
    node.name = "n" + outputs
    node.attribute = attributes
    return node
  }

  /// A model over a batch `x` that gives `y`.
  static func model(
    _ nodes: [Onnx_NodeProto], _ tensors: [Onnx_TensorProto] = [], input: Shape = Shape([2, 4])
  ) -> Onnx_ModelProto {
    var model = Onnx_ModelProto()
    model.irVersion = 9
    var operators = Onnx_OperatorSetIdProto()
    operators.version = 20
    model.opsetImport = [operators]
    model.graph.node = nodes
    model.graph.initializer = tensors
    model.graph.input = [.batch("x", of: input)]
    model.graph.output = [.batch("y", of: input)]
    return model
  }

  /// The bytes of a model.
  static func bytes(_ model: Onnx_ModelProto) throws -> [UInt8] { try OnnxWriter.bytes(of: model) }

  /// A text as an attribute.
  static func text(_ name: String, _ value: String) -> Onnx_AttributeProto {
    var result = Onnx_AttributeProto()
    result.name = name
    result.type = Onnx_AttributeProto.Code.text
    result.s = .init(value.utf8)
    return result
  }
}
