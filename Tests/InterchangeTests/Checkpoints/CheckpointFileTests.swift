import Interchange
import Networks
import Testing

/// Checkpoints that PyTorch wrote come out as PyTorch has them.
@Suite struct CheckpointFileTests {
  private static func file(_ name: String) throws -> CheckpointFile {
    try CheckpointFile(path: GoldenFiles.checkpoint(name))
  }

  private static func counted(from start: Int, _ shape: [Int]) -> Tensor {
    Tensor(shape: shape, values: (start..<start + shape.reduce(1, *)).map(Float.init))
  }

  /// The tensors of the model that `make_checkpoints.py` fills, in the order of its state.
  private static let model: [(name: String, tensor: Tensor)] = [
    ("conv.weight", counted(from: 0, [2, 1, 3])),
    ("bn.weight", counted(from: 6, [2])),
    ("bn.bias", counted(from: 8, [2])),
    ("bn.running_mean", counted(from: 10, [2])),
    ("bn.running_var", counted(from: 12, [2])),
    ("bn.num_batches_tracked", counted(from: 14, [])),
    ("dense.weight", counted(from: 15, [2, 2])),
    ("dense.bias", counted(from: 19, [2])),
  ]

  @Test(arguments: ["state_dict.pt", "protocol4.pt", "training.pt"])
  func aModel(name: String) throws {
    let file = try Self.file(name)
    #expect(file.names == Self.model.map(\.name))
    for (name, tensor) in Self.model { #expect(try file.tensor(name) == tensor) }
    #expect(try file.array("bn.num_batches_tracked").integers() == [14])
    #expect(file.wrapper == (name == "training.pt" ? "state_dict" : ""))
    #expect(file.leftOut == (name == "training.pt" ? ["optimizer"] : []))
  }

  @Test(
    arguments: [
      ("whole", [2, 3, 4], (0..<24).map { $0 }),
      ("transposed", [6, 4], (0..<24).map { $0 % 4 * 6 + $0 / 4 }),
      ("permuted", [4, 2, 3], (0..<24).map { $0 % 6 * 4 + $0 / 6 }),
      ("offset", [4], [20, 21, 22, 23]),
      ("column", [6], [1, 5, 9, 13, 17, 21]),
      ("step", [5], [1, 6, 11, 16, 21]),
      ("expanded", [3, 2], [0, 0, 1, 1, 2, 2]),
      ("scalar", [], [7]),
      ("empty", [0, 3], []),
      ("emptied", [0, 4], []),
      ("integers", [3, 2], [0, 3, 1, 4, 2, 5]),
      ("parameter", [2, 2], [8, 9, 14, 15]),
    ] as [(String, [Int], [Int])])
  func viewsOfStorages(name: String, shape: [Int], values: [Int]) throws {
    let file = try Self.file("views.pt")
    #expect(file.arrays.count == 12)
    #expect(try file.tensor(name) == Tensor(shape: shape, values: values.map(Float.init)))
    if name == "integers" {
      #expect(try file.array(name).integers() == values.map(Int64.init))
    }
  }

  @Test func elementTypes() throws {
    let file = try Self.file("types.pt")
    #expect(
      file.arrays.map(\.type) == [
        .float64, .float32, .float16, .bfloat16, .int64, .int32, .int16, .int8, .uint8, .bool,
      ])
    for array in file.arrays {
      let expected: [Float] =
        array.type == .bool
        ? [0, 1, 1, 1] : array.type.isInteger ? [0, 1, 2, 100] : [0, 1, 2.5, 100]
      #expect(try array.tensor() == Tensor(shape: [4], values: expected))
    }
  }

  @Test func tensorsInListsAndUnderNumbers() throws {
    let file = try Self.file("nested.pt")
    #expect(file.names == ["blocks.0.weight", "blocks.1.weight", "pair.0", "7.bias"])
    #expect(try file.tensor("pair.0") == Tensor(shape: [2], values: [0, 1]))
    #expect(try file.tensor("blocks.1.weight") == Tensor(shape: [3], values: [0, 1, 2]))
    #expect(!file.contains("pair.1"))
  }

  @Test func aTensorAloneHasTheNameOfTheFile() throws {
    let file = try Self.file("alone.pt")
    #expect(file.names == ["alone"])
    #expect(try file.tensor("alone") == Tensor(shape: [3], values: [0, 1, 2]))
  }

  @Test(arguments: [
    (
      "module.pt",
      """
      expected tensors and plain values only, found 'torch.nn.modules.container.Sequential' \
      at byte 2 of data.pkl
        next: torch.save(model.state_dict(), FILE) in Python
      """
    ),
    (
      "uint16.pt",
      """
      expected tensors and plain values only, found 'torch._utils._rebuild_tensor_v3' \
      at byte 13 of data.pkl
        next: torch.save(model.state_dict(), FILE) in Python
      """
    ),
    (
      "complex.pt",
      """
      expected tensors and plain values only, found 'torch.ComplexFloatStorage' \
      at byte 64 of data.pkl
        next: torch.save(model.state_dict(), FILE) in Python
      """
    ),
    (
      "negated.pt",
      """
      expected storage, offset, shape and strides of a tensor for the instruction at byte 172 of \
      data.pkl, found something else
        next: torch.save(model.state_dict(), FILE) in Python
      """
    ),
    (
      "legacy.pth",
      """
      expected a checkpoint of PyTorch 1.6 or later, starting with PK, found the form of earlier versions
        next: torch.load it, and torch.save(model.state_dict(), FILE) in Python
      """
    ),
    (
      "script.pt",
      """
      expected a checkpoint of tensors, found a program of TorchScript
        next: torch.jit.load it, and torch.save(model.state_dict(), FILE) in Python
      """
    ),
  ])
  func otherFilesOfPyTorch(name: String, message: String) {
    let path = GoldenFiles.checkpoint(name)
    do {
      _ = try CheckpointFile(path: path)
      Issue.record("\(name) was read")
    } catch {
      #expect(error.description == "\(path): \(message)")
    }
  }

  @Test func questionsForOtherThingsAreErrors() throws {
    let folder = try TemporaryFolder()
    let bytes = try TemporaryFolder.read(GoldenFiles.checkpoint("alone.pt"))
    let path = try folder.write(bytes, to: "a.pt")
    #expect(
      errorText(in: folder) { _ = try CheckpointFile(path: path).tensor("b") } == """
        a.pt: expected an array 'b', found 'a'
          next: save it under this name
        """)
    #expect(
      errorText(in: folder) { _ = try CheckpointFile(path: "/dev/zero") } == """
        /dev/zero: expected a file on a disk, found a pipe or device
          next: copy it to a file first
        """)
  }
}
