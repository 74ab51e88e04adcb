import Interchange
import Networks
import Testing

/// Checkpoints that are broken or mean harm are refused, with the place, and run nothing.
@Suite struct HostileCheckpointTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let rewrite = "torch.save(model.state_dict(), FILE) in Python"
  private static let copied = "check that the file was copied whole"

  /// Two floats, under the key `0`.
  private static let storages: [String: [UInt8]] = ["0": [0, 0, 0x80, 0x3F, 0, 0, 0, 0x40]]

  private func text(_ archive: ZipBytes) throws -> String {
    let path = try folder.write(archive.bytes, to: "x.pt")
    return errorText(in: folder) {
      for array in try CheckpointFile(path: path).arrays { _ = try array.tensor() }
    }
  }

  private func text(pickle: [UInt8]) throws -> String {
    try text(ZipBytes(pickle: pickle, storages: Self.storages))
  }

  /// The tensor of all two floats.
  private static let pair = Pickle.tensor(count: 2, shape: [2], strides: [1])

  @Test func whatTheTestsBuildIsRead() throws {
    let pickle = Pickle.dictionary([(Pickle.text("a"), Self.pair)])
    let path = try folder.write(
      ZipBytes(pickle: pickle, storages: Self.storages).bytes, to: "x.pt")
    #expect(try CheckpointFile(path: path).tensor("a") == Tensor(shape: [2], values: [1, 2]))
  }

  @Test func archivesThatAreNoCheckpoints() throws {
    let path = try folder.write("a pickle or other thing", to: "x.pt")
    #expect(
      errorText(in: folder) { _ = try CheckpointFile(path: path) } == """
        x.pt: expected a checkpoint of PyTorch, starting with PK, found other bytes
          next: \(Self.rewrite)
        """)
    #expect(
      try text(ZipBytes([.init(name: "a/b/data.pkl", content: [])])) == """
        x.pt: expected the member data.pkl in the archive, found none
          next: \(Self.rewrite)
        """)
    #expect(
      try text(
        ZipBytes([
          .init(name: "x/data.pkl", content: []),
          .init(name: "x/byteorder", content: Array("big".utf8)),
        ])) == """
          x.pt: expected little-endian tensors, found big-endian ones
            next: torch.load it, and \(Self.rewrite)
          """)
    #expect(
      try text(pickle: [UInt8](repeating: 0, count: 1 << 24 | 1)) == """
        x.pt: expected a data.pkl of at most 16,777,216 bytes, found 16,777,217
          next: \(Self.rewrite)
        """)
  }

  /// A dictionary with the key `a` and a tensor.
  private static func one(_ tensor: [UInt8]) -> [UInt8] {
    Pickle.dictionary([(Pickle.text("a"), tensor)])
  }

  private static let tensors: [([UInt8], String)] = [
    (
      one(Pickle.tensor(key: "9", count: 2, shape: [2], strides: [1])),
      "expected the member data/9 for tensor 'a', found none\n  next: \(copied)"
    ),
    (
      one(Pickle.tensor(count: 3, shape: [2], strides: [1])),
      "expected 12 bytes stored for tensor 'a', found 8\n  next: \(copied)"
    ),
    (
      one(Pickle.tensor(count: .max, shape: [2], strides: [1])),
      """
      expected 9,223,372,036,854,775,807 bytes stored for tensor 'a', found 8
        next: \(copied)
      """
    ),
    (
      one(Pickle.tensor(count: 2, shape: [3], strides: [1])),
      """
      expected tensor 'a' within the 2 elements stored, found the shape 3 with strides 1 from \
      element 0
        next: \(rewrite)
      """
    ),
    (
      one(Pickle.tensor(count: 2, offset: 2, shape: [], strides: [])),
      """
      expected tensor 'a' within the 2 elements stored, found the shape () with strides () from \
      element 2
        next: \(rewrite)
      """
    ),
    (
      one(Pickle.tensor(count: 2, offset: .max, shape: [2], strides: [.max])),
      """
      expected tensor 'a' within the 2 elements stored, found the shape 2 with strides \
      9,223,372,036,854,775,807 from element 9,223,372,036,854,775,807
        next: \(rewrite)
      """
    ),
    (
      one(Pickle.tensor(count: 2, shape: [1 << 32, 1 << 32], strides: [0, 0])),
      """
      expected tensor 'a' to fit in memory, found the shape 4,294,967,296×4,294,967,296
        next: \(rewrite)
      """
    ),
    (
      one(Pickle.tensor(count: 2, shape: [-1], strides: [1])),
      """
      expected storage, offset, shape and strides of a tensor for the instruction at byte 142 of \
      data.pkl, found something else
        next: \(rewrite)
      """
    ),
    (
      one(Pickle.tensor(count: 2, shape: [1, 2], strides: [1])),
      """
      expected storage, offset, shape and strides of a tensor for the instruction at byte 136 of \
      data.pkl, found something else
        next: \(rewrite)
      """
    ),
    (
      one(Pickle.tensor(count: -1, shape: [], strides: [])),
      """
      expected 'storage', its type, key, place and count for the instruction at byte 102 of \
      data.pkl, found something else
        next: \(rewrite)
      """
    ),
    (
      Pickle.dictionary([(Pickle.raw("N"), pair)]),
      """
      expected keys of tensors that are texts or whole numbers, found another key
        next: \(rewrite)
      """
    ),
    (
      one(Pickle.raw("}N") + pair + Pickle.raw("s")),
      """
      expected keys of tensors that are texts or whole numbers, found another key in 'a'
        next: \(rewrite)
      """
    ),
    (
      Pickle.dictionary([(Pickle.number(1), pair), (Pickle.text("1"), pair)]),
      "expected each name once, found '1' again\n  next: \(rewrite)"
    ),
    (
      Pickle.dictionary([(Pickle.text(String(repeating: "n", count: 1001)), pair)]),
      """
      expected names of at most 1,000 bytes, found 'nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn…', \
      which is longer
        next: \(rewrite)
      """
    ),
    (
      Pickle.start + Pickle.raw("}."),
      "expected tensors in the checkpoint, found none\n  next: \(rewrite)"
    ),
    (
      Pickle.start + Pickle.raw("}q\0X\u{1}\0\0\0ah\0s."),
      "expected tensors in the checkpoint, found none\n  next: \(rewrite)"
    ),
    (
      // A dictionary that holds a tensor and itself.
      Pickle.start + Pickle.raw("}q\0") + Pickle.text("t") + pair + Pickle.raw("s")
        + Pickle.text("a") + Pickle.raw("h\0s."),
      "expected values that do not hold themselves, found 'a', which does\n  next: \(rewrite)"
    ),
    (
      // Lists within one another, with a tensor at the bottom.
      Pickle.start + Pickle.raw(String(repeating: "]", count: 100)) + pair
        + Pickle.raw(String(repeating: "a", count: 100)) + Pickle.raw("."),
      """
      expected at most 64 values within one another, found more
        next: \(rewrite)
      """
    ),
    (
      one(
        Pickle.raw(String(repeating: "]", count: 64)) + pair
          + Pickle.raw(String(repeating: "a", count: 64))),
      """
      expected at most 64 values within one another, \
      found more in 'a.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.…'
        next: \(rewrite)
      """
    ),
    (
      doubling,
      "expected at most 1,742 values in data.pkl, found the same ones over and over\n  next: \(rewrite)"
    ),
  ]

  /// A list with a tensor, in a list twice, which is in a list twice, and so on: 2³⁰ ways to the tensor.
  private static let doubling: [UInt8] = {
    var bytes = Pickle.start + Pickle.raw("]") + pair + [0x61, 0x94]
    for index in 0..<30 {
      bytes += [0x5D, 0x68, UInt8(index), 0x61, 0x68, UInt8(index), 0x61, 0x94]
    }
    return bytes + Pickle.raw(".")
  }()

  @Test(arguments: 0..<tensors.count) func tensorsThatCannotBe(index: Int) throws {
    let (pickle, message) = Self.tensors[index]
    let found = try text(pickle: pickle)
    #expect(found == "x.pt: \(message)")
  }

  @Test func tensorsWithoutEndAreFewAndShort() throws {
    let entries = (0...1 << 17).map { (Pickle.number($0), Pickle.raw("h\0")) }
    let pickle =
      Pickle.start + Pickle.raw("}") + Self.pair + Pickle.raw("q\00(")
      + entries.flatMap { $0.0 + $0.1 } + Pickle.raw("u.")
    #expect(
      try text(pickle: pickle) == """
        x.pt: expected at most 131,072 tensors, found more
          next: \(Self.rewrite)
        """)
  }

  @Test func aTensorOfOneValueRepeatedWithoutEndTakesNoMemory() throws {
    let path = try folder.write(
      ZipBytes(
        pickle: Self.one(Pickle.tensor(count: 2, shape: [1 << 30, 1 << 20], strides: [0, 0])),
        storages: Self.storages
      ).bytes, to: "x.pt")
    let file = try CheckpointFile(path: path)
    let error = #expect(throws: FileError.self) { try file.tensor("a") }
    #expect(error?.isShortOfMemory == true)
  }

  @Test func deepNestingWithoutTensorsEndsToo() throws {
    let depth = 1 << 20
    let pickle =
      Pickle.start + [UInt8](repeating: 0x5D, count: depth)
      + [UInt8](repeating: 0x61, count: depth - 1) + Pickle.raw(".")
    #expect(
      try text(pickle: pickle) == """
        x.pt: expected at most 64 values within one another, found more
          next: \(Self.rewrite)
        """)
  }

  @Test func damagedCheckpointsNeverCrash() throws {
    var generator = SeededGenerator(seed: 21)
    var refused = 0
    for name in ["state_dict.pt", "views.pt", "training.pt", "nested.pt", "protocol4.pt"] {
      let good = try TemporaryFolder.read(GoldenFiles.checkpoint(name))
      for _ in 0..<400 {
        var bytes = good
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
          // The pickle stands first; the table of contents last.
          let index = Int.random(in: 0..<1200, using: &generator)
          bytes[Bool.random(using: &generator) ? index : bytes.count - 1 - index % 800] =
            Bool.random(using: &generator)
            ? UInt8.random(in: 0...255, using: &generator)
            : good[Int.random(in: 60..<1000, using: &generator)]
        }
        let path = try folder.write(bytes, to: "x.pt")
        do {
          for array in try CheckpointFile(path: path).arrays { _ = try array.tensor() }
        } catch {
          #expect(error.description.hasPrefix(path + ": expected "))
          refused += 1
        }
      }
    }
    #expect(refused > 500)
  }
}
