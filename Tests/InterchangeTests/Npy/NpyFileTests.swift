import Networks
import Testing

@testable import Interchange

@Suite struct NpyFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// What `numpy.save` writes: a header padded so that the data begins at a multiple of 64.
  private static func npy(_ header: String, _ data: [UInt8], version: UInt8 = 1) -> [UInt8] {
    let start = version == 1 ? 10 : 12
    let padding = (64 - (start + header.utf8.count + 1) % 64) % 64
    let text = Array(header.utf8) + [UInt8](repeating: 0x20, count: padding) + [0x0A]
    let length = [UInt8(text.count & 0xFF), UInt8(text.count >> 8)]
    return [0x93] + Array("NUMPY".utf8) + [version, 0] + length + (version == 1 ? [] : [0, 0])
      + text + data
  }

  /// The bytes that `numpy.save` 2 makes of `numpy.arange(6, dtype='<f4').reshape(2, 3)`.
  private static let golden: [UInt8] =
    [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, 118, 0]
    + Array("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }".utf8)
    + [UInt8](repeating: 0x20, count: 58) + [0x0A]
    + [0, 0, 0, 0, 0, 0, 0x80, 0x3F, 0, 0, 0, 0x40, 0, 0, 0x40, 0x40, 0, 0, 0x80, 0x40]
    + [0, 0, 0xA0, 0x40]

  @Test func readsTheBytesOfNumPy() throws {
    let path = try folder.write(Self.golden, to: "x.npy")
    #expect(
      try NpyFile.array(path).tensor() == Tensor(shape: [2, 3], values: [0, 1, 2, 3, 4, 5]))
    #expect(
      Self.npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", []).count == 128)
  }

  @Test(
    arguments: [
      ("{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }", 1, [2]),
      ("{\"shape\":(2),\"fortran_order\":False,\"descr\":\"<u1\"}", 2, [2]),
      ("{'descr': '|u1', 'fortran_order': True, 'shape': (2,), }", 3, [2]),
      ("{'descr': '|u1', 'fortran_order': False, 'shape': ( 1 , 2 , 1 ), }", 1, [1, 2, 1]),
    ] as [(String, UInt8, [Int])])
  func otherHeaders(header: String, version: UInt8, shape: [Int]) throws {
    let path = try folder.write(Self.npy(header, [7, 8], version: version), to: "x.npy")
    #expect(try NpyFile.array(path).shape == shape)
    #expect(try NpyFile.array(path).integers() == [7, 8])
  }

  private static func header(_ type: String, _ shape: String, order: String = "False") -> String {
    "{'descr': \(type), 'fortran_order': \(order), 'shape': \(shape), }"
  }

  private static let broken: [([UInt8], String)] = [
    (
      Array("PK and no array".utf8),
      """
      x.npy: expected an array of numpy.save, starting with \\x93NUMPY, found other bytes
        next: name the format it really has: help data
      """
    ),
    (
      [],
      """
      x.npy: expected an array of numpy.save, starting with \\x93NUMPY, found other bytes
        next: name the format it really has: help data
      """
    ),
    (
      npy(header("'>f4'", "(1,)"), [0, 0, 0, 0]),
      """
      x.npy: expected little-endian numbers such as '<f4', found '>f4'
        next: save it with numpy.save after .astype('<f4'), labels after .astype('<i8')
      """
    ),
    (
      npy(header("'|O'", "(1,)"), [0]),
      """
      x.npy: expected little-endian numbers such as '<f4', found '|O'
        next: save it with numpy.save after .astype('<f4'), labels after .astype('<i8')
      """
    ),
    (
      npy(header("[('a', '<f4')]", "(1,)"), [0]),
      """
      x.npy: expected little-endian numbers such as '<f4', found '[('a', '<f4')], 'fortran_order''
        next: save it with numpy.save after .astype('<f4'), labels after .astype('<i8')
      """
    ),
    (
      npy(header("'<f4'", "(2, 2)", order: "True"), []),
      """
      x.npy: expected an array in row-major order, found fortran_order True
        next: save numpy.ascontiguousarray of it
      """
    ),
    (
      npy("{'descr': '<f4'}", []),
      """
      x.npy: expected a header with 'descr', 'fortran_order' and 'shape', found '{'descr': '<f4'}'
        next: save the array anew with numpy.save
      """
    ),
    (
      npy(header("'<f4'", "(-1,)"), []),
      """
      x.npy: expected a header with 'descr', 'fortran_order' and 'shape', \
      found '{'descr': '<f4', 'fortran_order': False,…'
        next: save the array anew with numpy.save
      """
    ),
    (
      npy(header("'<f4'", "(2,)"), [0, 0, 0, 0]),
      """
      x.npy: expected 136 bytes as the header says, found 132
        next: check that the file was copied whole
      """
    ),
    (
      npy(header("'<f4'", "(4294967296, 4294967296)"), []),
      """
      x.npy: expected an array that fits in memory, found the shape 4,294,967,296×4,294,967,296
        next: check that the file was copied whole
      """
    ),
    (
      [0x93] + Array("NUMPY".utf8) + [1, 0, 0xFF, 0xFF, 0x7B, 0x7D],
      """
      x.npy: expected 65,545 bytes as the header says, found 12
        next: check that the file was copied whole
      """
    ),
  ]

  @Test(arguments: 0..<broken.count) func brokenFiles(index: Int) throws {
    let (bytes, message) = Self.broken[index]
    let path = try folder.write(bytes, to: "x.npy")
    #expect(errorText(in: folder) { _ = try NpyFile.array(path) } == message)
  }

  @Test func inputsAndLabelsInFilesOfTheirOwn() throws {
    let x = try folder.write(Self.golden, to: "x.npy")
    let y = try folder.write(Self.npy(Self.header("'|i1'", "(2,)"), [1, 0]), to: "y.npy")
    let tx = try folder.write(
      Self.npy(Self.header("'|u1'", "(1, 3)"), [1, 2, 3]), to: "tx.npy")
    let ty = try folder.write(Self.npy(Self.header("'|i1'", "(1,)"), [1]), to: "ty.npy")
    let format = try #require(FileFormat.named("npy"))
    let pair = try format.read(x, settings: ["labels": y, "test": tx, "testlabels": ty])
    #expect(pair.name == "x")
    #expect(pair.files == [x, y, tx, ty])
    #expect(pair.test?.inputs == Tensor(shape: [1, 3], values: [1, 2, 3]))
    guard case .classes([1, 0], ["0", "1"]) = pair.train.targets,
      case .classes([1], ["0", "1"])? = pair.test?.targets
    else {
      Issue.record("other targets: \(pair)")
      return
    }
  }

  @Test func damagedFilesNeverCrash() throws {
    var generator = SeededGenerator(seed: 5)
    var refused = 0
    for _ in 0..<300 {
      var bytes = Self.golden
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        bytes[Int.random(in: 0..<80, using: &generator)] = UInt8.random(
          in: 0...255, using: &generator)
      }
      let path = try folder.write(bytes, to: "x.npy")
      do {
        _ = try NpyFile.array(path).tensor()
      } catch {
        #expect(error.description.hasPrefix(path + ": expected "))
        refused += 1
      }
    }
    #expect(refused > 100)
  }
}
