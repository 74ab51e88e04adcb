import Networks
import Testing

@testable import Interchange

@Suite struct NpzFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static func npy(_ header: String, _ data: [UInt8]) -> [UInt8] {
    let padding = 117 - header.utf8.count
    return [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(header.utf8)
      + [UInt8](repeating: 0x20, count: padding) + [0x0A] + data
  }

  /// The bytes that `numpy.savez` 2 makes of `x` [[0, 1], [2, 3]] as F32 and `y` [1, 0] as bytes.
  private static let golden: [UInt8] = {
    let x = npy(
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }",
      [0, 0, 0, 0, 0, 0, 0x80, 0x3F, 0, 0, 0, 0x40, 0, 0, 0x40, 0x40])
    let y = npy("{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }", [1, 0])
    func member(_ name: String, crc: [UInt8], size: UInt8) -> [UInt8] {
      [0x50, 0x4B, 3, 4, 45, 0, 0, 0, 0, 0, 0, 0, 33, 0] + crc + [UInt8](repeating: 0xFF, count: 8)
        + [5, 0, 20, 0] + Array(name.utf8) + [1, 0, 16, 0, size, 0, 0, 0, 0, 0, 0, 0]
        + [size, 0, 0, 0, 0, 0, 0, 0]
    }
    func entry(_ name: String, crc: [UInt8], size: UInt8, start: UInt8) -> [UInt8] {
      [0x50, 0x4B, 1, 2, 45, 3, 45, 0, 0, 0, 0, 0, 0, 0, 33, 0] + crc
        + [size, 0, 0, 0, size, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 1]
        + [start, 0, 0, 0] + Array(name.utf8)
    }
    let (xs, ys): ([UInt8], [UInt8]) = ([0x91, 0xF4, 0xE7, 0xDB], [0x4E, 0x63, 0x6B, 0xB1])
    return member("x.npy", crc: xs, size: 144) + x + member("y.npy", crc: ys, size: 130) + y
      + entry("x.npy", crc: xs, size: 144, start: 0)
      + entry("y.npy", crc: ys, size: 130, start: 199)
      + [0x50, 0x4B, 5, 6, 0, 0, 0, 0, 2, 0, 2, 0, 102, 0, 0, 0, 128, 1, 0, 0, 0, 0]
  }()

  @Test func readsTheBytesOfNumPy() throws {
    #expect(Self.golden.count == 508)
    let path = try folder.write(Self.golden, to: "a.npz")
    let arrays = try NpzFile.arrays(path)
    #expect(arrays.map(\.name) == ["x", "y"])
    #expect(try arrays[0].tensor() == Tensor(shape: [2, 2], values: [0, 1, 2, 3]))
    let pair = try #require(FileFormat.named("npz")).read(path)
    guard case .classes([1, 0], ["0", "1"]) = pair.train.targets else {
      Issue.record("other targets: \(pair)")
      return
    }
  }

  @Test func archiveWithACommentAtItsEnd() throws {
    var bytes = Self.golden
    bytes[bytes.count - 2] = 5
    let path = try folder.write(bytes + Array("PK\u{5}\u{6}!".utf8), to: "a.npz")
    #expect(try NpzFile.arrays(path).count == 2)
  }

  @Test func brokenArchivesAreErrors() throws {
    var compressed = Self.golden
    compressed[384 + 10] = 8
    var lost = Self.golden
    lost[508 - 6] = 0xFF
    let contents = """
      a.npz: expected a table of contents at the end of the archive, found none that can be read
        next: check that the file was copied whole
      """
    let cases: [([UInt8], String)] = [
      (
        Array("no archive, though it is long enough".utf8),
        """
        a.npz: expected an archive of numpy.savez, starting with PK, found other bytes
          next: name the format it really has: help data
        """
      ),
      (
        compressed,
        """
        a.npz: expected members that are stored as they are, found 'x.npy' compressed
          next: save them with numpy.savez in place of savez_compressed
        """
      ),
      (Array(Self.golden.dropLast(10)), contents),
      (lost, contents),
    ]
    for (bytes, message) in cases {
      let path = try folder.write(bytes, to: "a.npz")
      #expect(errorText(in: folder) { _ = try NpzFile.arrays(path) } == message)
    }
  }

  @Test func archiveWithoutInputsIsAnError() throws {
    let bytes = Self.golden.map { $0 == UInt8(ascii: "x") ? UInt8(ascii: "z") : $0 }
    let path = try folder.write(bytes, to: "a.npz")
    #expect(
      errorText(in: folder) { _ = try #require(FileFormat.named("npz")).read(path) } == """
        a.npz: expected an array 'x' or 'x_train', found 'z', 'y'
          next: save it under this name
        """)
  }

  @Test func damagedArchivesNeverCrash() throws {
    var generator = SeededGenerator(seed: 6)
    for _ in 0..<300 {
      var bytes = Self.golden
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let index = Int.random(in: 0..<bytes.count, using: &generator)
        bytes[Bool.random(using: &generator) ? index : 384 + index % 124] = UInt8.random(
          in: 0...255, using: &generator)
      }
      let path = try folder.write(bytes, to: "a.npz")
      do {
        for array in try NpzFile.arrays(path) { _ = try array.tensor() }
      } catch {
        #expect(error.description.hasPrefix(path + ": expected "))
      }
    }
  }

  @Test(.enabled(if: SharedData.isThere, "needs the sample files in ../shared/data"))
  func realTrace() throws {
    let pair = try #require(FileFormat.named("npz")).read(
      SharedData.path("ucr/Trace/Trace.npz"), settings: ["channels": "last", "classes": "1..4"])
    #expect(pair.train.inputs.shape == [100, 1, 275])
    #expect(pair.test?.inputs.shape == [100, 1, 275])
    #expect(pair.train.inputs.values[..<3] == [0.54407, 0.65786, 0.61124])
    guard case .classes(let labels, let names)? = pair.test?.targets else {
      Issue.record("classes were expected")
      return
    }
    #expect(names == ["1", "2", "3", "4"])
    #expect(labels[..<3] == [2, 0, 2])
  }
}
