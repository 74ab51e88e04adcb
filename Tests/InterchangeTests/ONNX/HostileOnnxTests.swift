import Networks
import Testing

@testable import Interchange

@Suite struct HostileOnnxTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func text(of bytes: [UInt8]) throws -> String {
    let path = try folder.write(bytes, to: "x.onnx")
    return errorText(in: folder) { _ = try OnnxFile(path: path).network() }
  }

  private func text(of model: Onnx_ModelProto) throws -> String {
    try text(of: OnnxModels.bytes(model))
  }

  private static let model = OnnxModels.model([OnnxModels.node("Relu", "x", "y")])
  private static let copied = "check that the file was copied whole"
  private static let check = "check that it is an ONNX file"
  private static let rewrite = "write the file anew with torch.onnx.export, its parameters inside"

  @Test(
    arguments: [
      ([], "expected a model of ONNX, found no graph", check),
      ([0x3A], "expected more bytes of ONNX, found the end at byte 1", copied),
      ([0x3A, 5, 0], "expected more bytes of ONNX, found the end at byte 3", copied),
      ([0x09, 0], "expected more bytes of ONNX, found the end at byte 2", copied),
      ([0x3B], "expected a field of ONNX at byte 0, found the key 59", check),
      ([0x00], "expected a field of ONNX at byte 0, found the key 0", check),
      (
        [0x3A, 0x0E, 0x12] + Array(repeating: 0xFF, count: 13),
        "expected a number of at most 10 bytes at byte 3, found a longer one", check
      ),
      ([0x3A, 3, 0x12, 1, 0xFF], "expected a model of ONNX, found no graph", check),
      (
        [0x3A, 0], "expected operators of version 6 to 28, found none",
        "export it with opset_version=20"
      ),
    ] as [([UInt8], String, String)])
  func brokenBytes(bytes: [UInt8], sentence: String, next: String) throws {
    #expect(try text(of: bytes) == "x.onnx: \(sentence)\n  next: \(next)")
  }

  @Test func everyCutIsRefusedOrRead() throws {
    let bytes = try OnnxModels.bytes(Self.model)
    for count in bytes.indices {
      #expect(try text(of: Array(bytes[..<count])).hasPrefix("x.onnx: expected "), "\(count)")
    }
    #expect(try text(of: bytes) == "no error")
  }

  /// Bytes changed at random end in an error or a network, never in a trap.
  @Test func changedBytesAreRefusedOrRead() throws {
    var random = SeededGenerator(seed: 3)
    var networks = RandomNetworks(seed: 8)
    let network = try networks.network(depth: 2, atMost: 5)
    let parameters = networks.parameters(of: network)
    let path = folder.path("a.onnx")
    try OnnxWriter.write(network, to: path) { parameters[$0] }
    let whole = try TemporaryFolder.read(path)
    for _ in 0..<400 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(
          in: 0...255, using: &random)
      }
      let found = try text(of: bytes)
      #expect(found == "no error" || found.contains("expected"), "\(found)")
    }
  }

  /// A file of empty messages, which take hundreds of bytes each once they are decoded.
  @Test func sizeInMemoryIsKnownBefore() throws {
    let nodes = Array(repeating: [0x0A, 0] as [UInt8], count: 1 << 16).flatMap { $0 }
    let length: [UInt8] = [0x3A, 0x80, 0x80, 0x08]
    let bytes = length + nodes
    let size = try bytes.withUnsafeBytes { try OnnxWireScan($0).decodedSize }
    #expect(size > 500 << 16)
    let packed = try Array<UInt8>([0x3A, 7, 0x2A, 5, 0x3A, 3, 1, 1, 1]).withUnsafeBytes {
      try OnnxWireScan($0).decodedSize
    }
    #expect(packed > 3 * 512 + 3 * 8)
  }

  @Test func versions() throws {
    var model = Self.model
    model.opsetImport[0].version = 29
    #expect(
      try text(of: model)
        == "x.onnx: expected operators of version 6 to 28, found 29\n  next: export it with opset_version=20"
    )
  }

  @Test func ends() throws {
    var model = Self.model
    model.graph.input.append(.batch("z", of: Shape([1])))
    #expect(
      try text(of: model)
        == "x.onnx: expected one input of the graph, found 'x', 'z'\n  next: export the network alone"
    )
    model = Self.model
    model.graph.output = []
    #expect(
      try text(of: model)
        == "x.onnx: expected one output of the graph, found none\n  next: export the network alone")
  }

  @Test(
    arguments: [
      ([], "no extents"), ([1], "'1'"), ([1, 2, 3, 4, 5], "'1' × '2' × '3' × '4' × '5'"),
      ([1, 0], "'1' × '0'"), ([1, 1 << 40], "'1' × '1099511627776'"), ([1, -3], "'1' × '-3'"),
    ] as [([Int64], String)])
  func inputs(extents: [Int64], found: String) throws {
    var model = Self.model
    model.graph.input[0].type.tensorType.shape.dim = extents.map { extent in
      var dimension = Onnx_TensorShapeProto.Dimension()
      dimension.dimValue = extent
      return dimension
    }
    #expect(
      try text(of: model)
        == "x.onnx: expected a batch of 1 to 3 fixed extents at the input 'x', found \(found)\n"
        + "  next: export it with an example input of fixed size")
  }

  @Test func typeOfInput() throws {
    var model = Self.model
    model.graph.input[0].type.tensorType.elemType = 7
    #expect(
      try text(of: model)
        == "x.onnx: expected another element type of tensor 'x', found type 7 of ONNX\n"
        + "  next: convert it to float32")
  }

  @Test func cyclesAndValuesThatNobodyGives() throws {
    let cycle = [OnnxModels.node("Add", "x b", "a"), OnnxModels.node("Relu", "a", "b")]
    #expect(
      try text(of: OnnxModels.model(cycle))
        == "x.onnx: expected 'b' to be given before Add 'na' (node 1), found no node or tensor that "
        + "gives it\n  next: \(Self.rewrite)")
    let missing = [OnnxModels.node("Conv", "x w", "y")]
    #expect(
      try text(of: OnnxModels.model(missing))
        == "x.onnx: expected 'w' to be given before Conv 'ny' (node 1), found no node or tensor that "
        + "gives it\n  next: \(Self.rewrite)")
    #expect(
      try text(of: OnnxModels.model([OnnxModels.node("Relu", "x", "z")]))
        == "x.onnx: expected 'y' to be given before the end, found no node or tensor that gives it\n"
        + "  next: \(Self.rewrite)")
    let twice = [OnnxModels.node("Relu", "x", "y"), OnnxModels.node("Relu", "x", "y")]
    #expect(
      try text(of: OnnxModels.model(twice))
        == "x.onnx: expected each value once, found 'y' again\n  next: \(Self.rewrite)")
  }

  @Test func tensors() throws {
    var tensor = Onnx_TensorProto.floats("w", [1, 2], shape: [2])
    let nodes = [OnnxModels.node("Mul", "x w", "y")]
    func found() throws -> String { try text(of: OnnxModels.model(nodes, [tensor])) }
    tensor.dims = [3]
    #expect(
      try found()
        == "x.onnx: expected 3 values of tensor 'w', found 2\n  next: \(Self.rewrite)")
    tensor.dims = [1 << 40, 1 << 40]
    #expect(
      try found()
        == "x.onnx: expected tensor 'w' to fit in memory, found the shape "
        + "1,099,511,627,776×1,099,511,627,776\n  next: \(Self.rewrite)")
    tensor.dims = [-2]
    #expect(
      try found()
        == "x.onnx: expected tensor 'w' to fit in memory, found the shape -2\n  next: \(Self.rewrite)"
    )
    tensor.dims = [2]
    tensor.dataLocation = 1
    #expect(
      try found()
        == "x.onnx: expected the values of 'w' in the file, found them in another one\n"
        + "  next: export it with external_data=False")
    tensor = .integers("w", [2], shape: [1])
    #expect(
      try found()
        == "x.onnx: expected another element type of tensor 'w', found type 7 of ONNX\n"
        + "  next: convert it to float32")
    tensor = .floats("w", [2], shape: [1])
    tensor.rawData = .init([0, 0, 0])
    tensor.floatData = []
    #expect(
      try found()
        == "x.onnx: expected 1 value of tensor 'w', found 0\n  next: \(Self.rewrite)")
  }

  /// Residual blocks inside each other, deeper than a network goes.
  @Test func nesting() throws {
    var nodes = (0..<40).map { OnnxModels.node("Relu", $0 == 0 ? "x" : "r\($0 - 1)", "r\($0)") }
    nodes += (0..<40).map {
      let inner = $0 == 0 ? "r39" : "s\($0 - 1)"
      let outer = $0 == 39 ? "x" : "r\(38 - $0)"
      return OnnxModels.node("Add", "\(inner) \(outer)", $0 == 39 ? "y" : "s\($0)")
    }
    #expect(
      try text(of: OnnxModels.model(nodes))
        == "x.onnx: expected at most 64 blocks inside each other, found more at Add 'ns7' (node 48); "
        + "up to it: input 2x4\n  next: help add")
  }

  /// Channels that double with each join.
  @Test func growth() throws {
    let nodes = (0..<80).map {
      let last = $0 == 0 ? "x" : "v\($0 - 1)"
      return OnnxModels.node(
        "Concat", "\(last) \(last)", $0 == 79 ? "y" : "v\($0)", .integer("axis", 1))
    }
    let found = try text(of: OnnxModels.model(nodes))
    #expect(
      found.hasPrefix(
        "x.onnx: expected shapes that a join takes, found 1048576×4 and 1048576×4 at Concat 'nv19' "
          + "(node 20); up to it: input 2x4; add parallel {; } {; }; "), "\(found)")
  }

  /// Chains of many layers and of many joins are read in a time that grows with them.
  @Test func longGraphs() throws {
    let count = 3000
    let chain = (0..<count).map {
      OnnxModels.node("Relu", $0 == 0 ? "x" : "v\($0 - 1)", $0 == count - 1 ? "y" : "v\($0)")
    }
    #expect(try text(of: OnnxModels.model(chain)) == "no error")
    let sums = (0..<count).map {
      let last = $0 == 0 ? "x" : "v\($0 - 1)"
      return OnnxModels.node("Add", "\(last) \(last)", $0 == count - 1 ? "y" : "v\($0)")
    }
    #expect(try text(of: OnnxModels.model(sums)) == "no error")
  }

  @Test("a file that is not what was written says so")
  func otherWhenReadBack() {
    #expect(
      FileError(path: "net.onnx", problem: .onnx(.otherWhenReadBack)).description == """
        net.onnx: expected the network that was written, when it is read back, found another one
          next: save it as .safetensors
        """)
  }
}
