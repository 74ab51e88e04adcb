import Interchange
import Networks
import Testing

@Suite struct SafetensorsFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The bytes that `safetensors.numpy.save` 0.8.0 makes of `conv1.bias` [-0.5] and `conv1.weight`
  /// [[1.5, -2], [0.25, 3]] with a text that has a line end, quotes and an accent.
  private static let golden: [UInt8] =
    [200, 0, 0, 0, 0, 0, 0, 0]
    + Array(
      #"""
      {"__metadata__":{"espalier":"input 1x64\nadd conv 10 3 # \"é\""},"conv1.bias":{"dtype":"F32",\#
      "shape":[1],"data_offsets":[0,4]},"conv1.weight":{"dtype":"F32","shape":[2,2],\#
      "data_offsets":[4,20]}}     
      """#.utf8)
    + [0, 0, 0, 0xBF, 0, 0, 0xC0, 0x3F, 0, 0, 0, 0xC0, 0, 0, 0x80, 0x3E, 0, 0, 0x40, 0x40]

  private static let tensors = [
    NamedTensor(name: "conv1.bias", tensor: Tensor(shape: [1], values: [-0.5])),
    NamedTensor(
      name: "conv1.weight", tensor: Tensor(shape: [2, 2], values: [1.5, -2, 0.25, 3])),
  ]
  private static let metadata = ["espalier": "input 1x64\nadd conv 10 3 # \"é\""]

  @Test func writesTheBytesOfTheReferenceImplementation() throws {
    let path = folder.path("golden.safetensors")
    try SafetensorsWriter.write(Self.tensors, metadata: Self.metadata, to: path)
    #expect(try TemporaryFolder.read(path) == Self.golden)
  }

  @Test func readsTheBytesOfTheReferenceImplementation() throws {
    let file = try SafetensorsFile(path: try folder.write(Self.golden, to: "golden.safetensors"))
    #expect(file.names == ["conv1.bias", "conv1.weight"])
    #expect(file.metadata == Self.metadata)
    #expect(try file.tensor("conv1.bias") == Self.tensors[0].tensor)
    #expect(try file.tensor("conv1.weight") == Self.tensors[1].tensor)
  }

  @Test func comesBackAsItWasWritten() throws {
    var generator = SeededGenerator(seed: 7)
    for round in 0..<20 {
      let tensors = (0..<Int.random(in: 0...6, using: &generator)).map { index in
        let shape = (0..<Int.random(in: 0...4, using: &generator)).map { _ in
          Int.random(in: 0...5, using: &generator)
        }
        return NamedTensor(
          name: "block\(index).\u{1}\"\\/ é😀.weight",
          tensor: Tensor(
            shape: shape,
            values: (0..<shape.reduce(1, *)).map { _ in .random(in: -9...9, using: &generator) }))
      }
      let metadata = round % 2 == 0 ? [:] : ["b\tκ": "\u{0}\u{1F}\u{7F}\u{2028}", "a": ""]
      let path = folder.path("\(round).safetensors")
      try SafetensorsWriter.write(tensors, metadata: metadata, to: path)
      let file = try SafetensorsFile(path: path)
      #expect(file.names == tensors.map(\.name))
      #expect(file.metadata == metadata)
      for tensor in tensors { #expect(try file.tensor(tensor.name) == tensor.tensor) }
      #expect(try TemporaryFolder.read(path)[0] % 8 == 0)
    }
  }

  @Test func orderIsTheOneGiven() throws {
    let names = ["z", "a", "m"]
    let path = folder.path("order.safetensors")
    try SafetensorsWriter.write(
      names.map { NamedTensor(name: $0, tensor: Tensor(shape: [1], values: [1])) }, to: path)
    #expect(try SafetensorsFile(path: path).names == names)
  }

  @Test func nonFiniteValuesAreKept() throws {
    let path = folder.path("values.safetensors")
    let values: [Float] = [.infinity, -.infinity, .nan, -0.0, .leastNonzeroMagnitude]
    try SafetensorsWriter.write(
      [NamedTensor(name: "x", tensor: Tensor(shape: [5], values: values))], to: path)
    let read = try SafetensorsFile(path: path).tensor("x").values
    #expect(read.map(\.bitPattern) == values.map(\.bitPattern))
  }

  @Test func namesThatCannotBeWrittenAreErrors() {
    let tensor = Tensor(shape: [1], values: [1])
    let twice = errorText(in: folder) {
      try SafetensorsWriter.write(
        [NamedTensor(name: "a", tensor: tensor), NamedTensor(name: "a", tensor: tensor)],
        to: folder.path("x.safetensors"))
    }
    #expect(
      twice == """
        x.safetensors: expected each name once, found 'a' again
          next: rename one of the blocks
        """)
    let reserved = errorText(in: folder) {
      try SafetensorsWriter.write(
        [NamedTensor(name: "__metadata__", tensor: tensor)], to: folder.path("x.safetensors"))
    }
    #expect(
      reserved == """
        x.safetensors: expected another name for a tensor, found '__metadata__', the format's own
          next: rename the block
        """)
  }

  @Test func questionsForOtherThingsAreErrors() throws {
    let path = try folder.write(Self.golden, to: "x.safetensors")
    #expect(
      errorText(in: folder) { _ = try SafetensorsFile(path: path).tensor("conv2.bias") } == """
        x.safetensors: expected a tensor 'conv2.bias', found 'conv1.bias', 'conv1.weight'
          next: save it under this name
        """)
    #expect(
      errorText(in: folder) { _ = try SafetensorsFile(path: path).array("conv1.bias").integers() }
        == """
        x.safetensors: expected whole numbers in 'conv1.bias', found F32
          next: convert it to I64 before saving
        """)
    #expect(
      errorText(in: folder) { _ = try SafetensorsFile(path: "/dev/zero") } == """
        /dev/zero: expected a file on a disk, found a pipe or device
          next: copy it to a file first
        """)
  }
}
