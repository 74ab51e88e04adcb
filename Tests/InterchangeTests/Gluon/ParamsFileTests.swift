import Interchange
import Networks
import Testing

/// Parameter files that MXNet wrote come out as MXNet has them, and what is written is what MXNet writes.
@Suite struct ParamsFileTests {
  private static func file(_ name: String) throws -> ParamsFile {
    try ParamsFile(path: GoldenFiles.params(name))
  }

  private static func counted(from start: Int, _ shape: [Int]) -> Tensor {
    Tensor(shape: shape, values: (start..<start + shape.reduce(1, *)).map(Float.init))
  }

  /// The arrays of the network that `make_params.py` fills, as `save_parameters` and `export` name them.
  private static let net: [(saved: String, exported: String, tensor: Tensor)] = [
    ("0.weight", "conv0_weight", counted(from: 0, [2, 1, 3])),
    ("1.gamma", "batchnorm0_gamma", counted(from: 6, [2])),
    ("1.beta", "batchnorm0_beta", counted(from: 8, [2])),
    ("1.running_mean", "batchnorm0_running_mean", counted(from: 10, [2])),
    ("1.running_var", "batchnorm0_running_var", counted(from: 12, [2])),
    ("2.weight", "dense0_weight", counted(from: 14, [2, 2])),
    ("2.bias", "dense0_bias", counted(from: 18, [2])),
  ]

  @Test func aNetworkOfGluon() throws {
    let file = try Self.file("net.params")
    #expect(file.names == Self.net.map(\.saved))
    for array in Self.net { #expect(try file.tensor(array.saved) == array.tensor) }
  }

  @Test func prefixesOfExportedNetworksAreLeftOff() throws {
    let file = try Self.file("exported-0000.params")
    #expect(file.names == Self.net.map(\.exported))
    for array in Self.net { #expect(try file.tensor(array.exported) == array.tensor) }
  }

  @Test func elementTypesOfArraysWithoutNames() throws {
    let file = try Self.file("list.params")
    #expect(file.names == ["0", "1", "2", "3", "4", "5", "6"])
    #expect(
      file.arrays.map(\.type) == [.float32, .float64, .float16, .uint8, .int32, .int8, .int64])
    for array in file.arrays {
      #expect(try array.tensor() == Tensor(shape: [3], values: [0, 1, 100]))
      if array.type.isInteger { #expect(try array.integers() == [0, 1, 100]) }
    }
  }

  @Test func shapesOfNumPy() throws {
    let file = try Self.file("numpy.params")
    #expect(try file.tensor("a") == Tensor(shape: [], values: [3.5]))
    #expect(try file.tensor("b") == Tensor(shape: [0, 3], values: []))
    #expect(try file.tensor("c") == Tensor(shape: [2], values: [1, 0]))
  }

  @Test(arguments: ["version0.params", "version1.params"]) func earlierVersions(name: String) throws
  {
    #expect(try Self.file(name).tensor("weight") == Self.counted(from: 0, [2, 3]))
  }

  @Test func writesTheBytesOfMXNet() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("written.params")
    try ParamsWriter.write(
      [
        NamedTensor(name: "0.weight", tensor: Self.counted(from: 0, [2, 1, 3])),
        NamedTensor(name: "0.bias", tensor: Self.counted(from: -1, [2])),
        NamedTensor(
          name: "block.é",
          tensor: Tensor(shape: [3], values: [.infinity, -0.0, .leastNonzeroMagnitude])),
        NamedTensor(name: "scalar", tensor: Tensor(shape: [], values: [5])),
      ], to: path)
    #expect(
      try TemporaryFolder.read(path)
        == TemporaryFolder.read(GoldenFiles.params("written.params")))
  }

  @Test func writesTheBytesOfGluon() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("net.params")
    try ParamsWriter.write(
      Self.net.map { NamedTensor(name: $0.saved, tensor: $0.tensor) }, to: path)
    #expect(
      try TemporaryFolder.read(path) == TemporaryFolder.read(GoldenFiles.params("net.params")))
  }

  @Test func comesBackAsItWasWritten() throws {
    let folder = try TemporaryFolder()
    var generator = SeededGenerator(seed: 31)
    for round in 0..<20 {
      let tensors = (0..<Int.random(in: 0...6, using: &generator)).map { index in
        let shape = (0..<Int.random(in: 1...5, using: &generator)).map { _ in
          Int.random(in: 1...4, using: &generator)
        }
        return NamedTensor(
          name: "block\(index).\u{1}é😀",
          tensor: Tensor(
            shape: shape,
            values: (0..<shape.reduce(1, *)).map { _ in .random(in: -9...9, using: &generator) }))
      }
      let path = folder.path("\(round).params")
      try ParamsWriter.write(tensors, to: path)
      let file = try ParamsFile(path: path)
      #expect(file.names == tensors.map(\.name))
      for tensor in tensors { #expect(try file.tensor(tensor.name) == tensor.tensor) }
    }
  }

  @Test func tensorsThatCannotBeWritten() throws {
    let folder = try TemporaryFolder()
    let one = NamedTensor(name: "a", tensor: Tensor(shape: [1], values: [1]))
    #expect(
      errorText(in: folder) { try ParamsWriter.write([one, one], to: folder.path("x.params")) }
        == """
        x.params: expected each name once, found 'a' again
          next: rename one of the blocks
        """)
    let none = NamedTensor(name: "b", tensor: Tensor(shape: [0, 3], values: []))
    #expect(
      errorText(in: folder) { try ParamsWriter.write([one, none], to: folder.path("x.params")) }
        == """
        x.params: expected values in 'b', found the shape 0×3
          next: save it to a .safetensors file
        """)
    #expect(try folder.names == [])
  }
}
