import Interchange
import Testing

/// Parameter files that are broken or mean harm are refused, with the place.
@Suite struct HostileParamsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let rewrite = "net.save_parameters(FILE) in Python"
  private static let copied = "check that the file was copied whole"

  private static func start(_ count: UInt64) -> [UInt8] {
    ZipBytes.little(UInt64(0x112)) + ZipBytes.little(UInt64(0)) + ZipBytes.little(count)
  }

  private static func array(
    version: UInt32 = 0xF993_FAC9, storage: Int32 = 0, shape: [Int64], dimensions: Int32? = nil,
    type: Int32 = 0, data: [UInt8]
  ) -> [UInt8] {
    ZipBytes.little(version) + ZipBytes.little(storage)
      + ZipBytes.little(dimensions ?? Int32(shape.count)) + shape.flatMap(ZipBytes.little)
      + ZipBytes.little(Int32(1)) + ZipBytes.little(Int32(0)) + ZipBytes.little(type) + data
  }

  private static func names(_ names: [String], count: UInt64? = nil) -> [UInt8] {
    ZipBytes.little(count ?? UInt64(names.count))
      + names.flatMap { ZipBytes.little(UInt64($0.utf8.count)) + Array($0.utf8) }
  }

  private static let good = array(shape: [2], data: [0, 0, 0, 0, 0, 0, 0, 0])

  private func text(_ bytes: [UInt8]) throws -> String {
    let path = try folder.write(bytes, to: "x.params")
    return errorText(in: folder) {
      for array in try ParamsFile(path: path).arrays { _ = try array.tensor() }
    }
  }

  private static let broken: [([UInt8], String)] = [
    (
      [],
      "expected parameters of MXNet, starting with the bytes 12 01, found other bytes\n  next: \(rewrite)"
    ),
    (
      Array("PK and no parameters".utf8),
      "expected parameters of MXNet, starting with the bytes 12 01, found other bytes\n  next: \(rewrite)"
    ),
    (
      Array(start(0).prefix(20)),
      "expected 8 bytes for arrays at byte 16, found a file of 20\n  next: \(copied)"
    ),
    (
      start(.max),
      """
      expected as many arrays at byte 16 as the file has room for, found 18,446,744,073,709,551,615
        next: \(copied)
      """
    ),
    (
      start(1) + Array(good.prefix(9)),
      "expected 4 bytes for array 1 at byte 32, found a file of 33\n  next: \(copied)"
    ),
    (
      start(1) + Array(good.dropLast(3)),
      "expected 8 bytes for array 1 at byte 56, found a file of 61\n  next: \(copied)"
    ),
    (
      start(1) + array(version: 0xF993_FACB, shape: [2], data: []),
      "expected an array at byte 24, number 1, found the number 0xf993facb\n  next: \(rewrite)"
    ),
    (
      start(1) + array(version: 0xF993_FACA, shape: [-1], data: []),
      """
      expected arrays of known shape, found array 1 without one
        next: run the network once before saving, which settles the shapes
      """
    ),
    (
      start(1) + array(shape: [0, 2], data: []),
      """
      expected arrays of known shape, found array 1 without one
        next: run the network once before saving, which settles the shapes
      """
    ),
    (
      start(1) + array(shape: [], dimensions: -1, data: []),
      """
      expected arrays of known shape, found array 1 without one
        next: run the network once before saving, which settles the shapes
      """
    ),
    (
      start(1) + array(shape: [], dimensions: .max, data: []),
      "expected at most 32 dimensions in array 1, found 2,147,483,647\n  next: \(copied)"
    ),
    (
      start(2) + good + array(shape: [1 << 32, 1 << 31], data: []),
      """
      expected array 2 to fit in memory, found the shape 4,294,967,296×2,147,483,648
        next: \(copied)
      """
    ),
    (
      start(1) + array(shape: [1 << 40], data: [1]),
      "expected 4,398,046,511,104 bytes for array 1 at byte 56, found a file of 57\n  next: \(copied)"
    ),
    (
      start(1) + array(shape: [2], type: 13, data: []),
      """
      expected elements of type 0 to 12 in array 1, found type 13
        next: astype('float32') before saving
      """
    ),
    (
      start(1) + array(shape: [2], type: -1, data: []),
      """
      expected elements of type 0 to 12 in array 1, found type -1
        next: astype('float32') before saving
      """
    ),
    (
      start(1) + good,
      "expected 8 bytes for names at byte 64, found a file of 64\n  next: \(copied)"
    ),
    (
      start(1) + good + names([], count: 5),
      "expected as many names at byte 64 as the file has room for, found 5\n  next: \(copied)"
    ),
    (
      start(1) + good + names(["a", "b"]),
      "expected 1 name, as there are arrays, found 2\n  next: \(rewrite)"
    ),
    (
      start(1) + good + names([], count: 1) + ZipBytes.little(UInt64.max),
      """
      expected 9,223,372,036,854,775,807 bytes for a name at byte 80, found a file of 80
        next: \(copied)
      """
    ),
    (
      start(1) + good + names([], count: 1) + ZipBytes.little(UInt64(1)) + [0xFF],
      "expected a name in UTF-8 at byte 72, found other bytes\n  next: \(copied)"
    ),
    (
      start(2) + good + good + names(["arg:a", "aux:a"]),
      "expected each name once, found 'a' again\n  next: \(rewrite)"
    ),
    (
      start(1) + good + names(["a"]) + [0],
      "expected the end of the file at byte 81, found more bytes\n  next: \(copied)"
    ),
  ]

  @Test(arguments: 0..<broken.count) func brokenFiles(index: Int) throws {
    let (bytes, message) = Self.broken[index]
    #expect(try text(bytes) == "x.params: \(message)")
  }

  @Test func sparseArrays() throws {
    #expect(
      try text(TemporaryFolder.read(GoldenFiles.params("sparse.params"))) == """
        x.params: expected dense arrays, found array 1 in storage 2, which is sparse
          next: tostype('default') before saving
        """)
  }

  @Test func questionsForOtherThingsAreErrors() throws {
    let path = try folder.write(Self.start(1) + Self.good + Self.names(["a"]), to: "x.params")
    #expect(
      errorText(in: folder) { _ = try ParamsFile(path: path).tensor("b") } == """
        x.params: expected an array 'b', found 'a'
          next: save it under this name
        """)
    #expect(
      errorText(in: folder) { _ = try ParamsFile(path: "/dev/zero") } == """
        /dev/zero: expected a file on a disk, found a pipe or device
          next: copy it to a file first
        """)
  }

  @Test func damagedFilesNeverCrash() throws {
    var generator = SeededGenerator(seed: 32)
    var refused = 0
    for name in ["net.params", "list.params", "numpy.params", "version0.params", "version1.params"]
    {
      let good = try TemporaryFolder.read(GoldenFiles.params(name))
      for _ in 0..<300 {
        var bytes = good
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
          bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(
            in: 0...255, using: &generator)
        }
        let path = try folder.write(bytes, to: "x.params")
        do {
          for array in try ParamsFile(path: path).arrays { _ = try array.tensor() }
        } catch {
          #expect(error.description.hasPrefix(path + ": expected "))
          refused += 1
        }
      }
    }
    #expect(refused > 500)
  }
}
