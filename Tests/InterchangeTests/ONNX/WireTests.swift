import Testing

@testable import Interchange

/// Messages in the wire format of Protocol Buffers.
@Suite struct WireTests {
  private func read<Message: WireMessage>(_ bytes: [UInt8], as type: Message.Type) throws -> Message
  {
    try bytes.withUnsafeBytes { try WireReader.message($0) }
  }

  private static let tensor = {
    var tensor = OnnxTensorProto()
    tensor.dims = [1, -1, .max, .min, 300]
    tensor.dataType = 7
    tensor.floatData = [0.5, -.infinity, 1e-40]
    tensor.int32Data = [-1, .max]
    tensor.int64Data = [0, -2]
    tensor.name = "wide ü"
    tensor.rawData = [0, 255]
    tensor.doubleData = [.pi]
    tensor.dataLocation = 1
    return tensor
  }()

  private static let model = {
    var attribute = OnnxAttributeProto()
    (attribute.name, attribute.type, attribute.refAttrName) = ("alpha", 1, "other")
    (attribute.f, attribute.i, attribute.s) = (0, 0, [1])
    (attribute.t, attribute.floats, attribute.ints) = (tensor, [1], [2, 3])
    var node = OnnxNodeProto()
    (node.input, node.output, node.name) = (["a", ""], ["b"], "n")
    (node.opType, node.domain, node.attribute) = (
      "Add", "ai.onnx", [attribute, OnnxAttributeProto()]
    )
    var value = OnnxValueInfoProto()
    value.name = "x"
    value.type.tensorType.elemType = 1
    var extents = [OnnxTensorShapeProto.Dimension(), OnnxTensorShapeProto.Dimension()]
    (extents[0].dimParam, extents[1].dimValue) = ("N", 0)
    value.type.tensorType.shape.dim = extents
    var graph = OnnxGraphProto()
    (graph.name, graph.node, graph.initializer) = ("g", [node], [tensor, tensor])
    (graph.input, graph.output) = ([value], [value])
    var model = OnnxModelProto()
    (model.irVersion, model.producerName, model.graph) = (9, "me", graph)
    var version = OnnxOperatorSetIdProto()
    (version.domain, version.version) = ("d", 20)
    var entry = OnnxStringStringEntryProto()
    (entry.key, entry.value) = ("k", "v")
    (model.opsetImport, model.metadataProps) = ([version], [entry])
    return model
  }()

  @Test func whatIsWrittenIsRead() throws {
    #expect(try read(WireWriter.bytes(of: Self.model), as: OnnxModelProto.self) == Self.model)
    #expect(try WireWriter.bytes(of: OnnxModelProto()) == [])
  }

  /// The bytes that `python3 -c` prints of onnx.TensorProto(...).SerializeToString().
  @Test func bytesAreThoseOfProtocolBuffers() throws {
    var tensor = OnnxTensorProto()
    (tensor.dims, tensor.dataType, tensor.name) = ([2, 300], 1, "w")
    (tensor.floatData, tensor.int64Data) = ([1], [-1])
    let bytes: [UInt8] = [
      10, 3, 2, 172, 2, 16, 1, 34, 4, 0, 0, 128, 63, 58, 10, 255, 255, 255, 255, 255, 255, 255,
      255, 255, 1, 66, 1, 119,
    ]
    #expect(try WireWriter.bytes(of: tensor) == bytes)
    #expect(try read(bytes, as: OnnxTensorProto.self) == tensor)
  }

  @Test func numbersMayStandOneByOne() throws {
    let bytes: [UInt8] = [
      8, 2, 8, 172, 2, 10, 1, 7, 37, 0, 0, 128, 63, 81, 0, 0, 0, 0, 0, 0, 240, 63,
    ]
    let tensor = try read(bytes, as: OnnxTensorProto.self)
    #expect(tensor.dims == [2, 300, 7])
    #expect(tensor.floatData == [1])
    #expect(tensor.doubleData == [1])
  }

  @Test func otherFormsAndFieldsAreLeftOut() throws {
    // dims as eight bytes, data_type as a text, name as a number, raw_data as four bytes, fields 3 and 99.
    let bytes: [UInt8] = [
      9, 1, 2, 3, 4, 5, 6, 7, 8, 18, 1, 65, 64, 5, 77, 1, 2, 3, 4, 24, 1, 154, 6, 1, 0,
    ]
    #expect(try read(bytes, as: OnnxTensorProto.self) == OnnxTensorProto())
  }

  @Test func theLaterFieldHoldsAndMessagesAreMerged() throws {
    let bytes: [UInt8] = [8, 1, 8, 9, 58, 3, 18, 1, 97, 58, 3, 18, 1, 98, 58, 2, 10, 0]
    let model = try read(bytes, as: OnnxModelProto.self)
    #expect(model.irVersion == 9)
    #expect(model.graph?.name == "b")
    #expect(model.graph?.node == [OnnxNodeProto()])
  }

  @Test(
    arguments: [
      ([10, 3, 2], .bytes(.endsEarly, byte: 3)), ([10, 1, 0x80], .bytes(.endsEarly, byte: 3)),
      ([34, 3, 0, 0, 0], .bytes(.endsEarly, byte: 5)), ([66, 1, 0xFF], .noModel),
      (
        [10, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1], .bytes(.endsEarly, byte: 11)
      ),
      ([12], .bytes(.key(12), byte: 0)),
    ] as [([UInt8], OnnxProblem)])
  func brokenBytes(bytes: [UInt8], problem: OnnxProblem) throws {
    #expect(throws: problem) { try read(bytes, as: OnnxTensorProto.self) }
  }
}
