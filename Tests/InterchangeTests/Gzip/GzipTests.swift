import Networks
import Testing

@testable import Interchange

@Suite struct GzipTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let table = "x,y,kind\n1,2,cat\n3,4,dog\n"

  /// Zlib's own output for "1,2,cat\n" a thousand times, at its best.
  private static let thousandRows: [UInt8] = [
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 237, 197, 49, 13, 0, 48, 8, 0, 176, 127, 90, 120, 192, 17, 193,
    194, 252, 7, 33, 180, 79, 51, 42, 166, 255, 75, 219, 182, 109, 219, 182, 109, 219, 182, 109,
    219, 182, 15, 191, 85, 110, 36, 34, 64, 31, 0, 0,
  ]

  @Test func tablesAndSeriesAreUnpacked() throws {
    let csv = try #require(FileFormat.told(by: "a.csv.gz"))
    let plain = try csv.read(folder.write(Self.table, to: "a.csv"))
    let packed = try csv.read(folder.write(GzipBytes.member(Self.table), to: "a.csv.gz"))
    #expect(packed.train.inputs == plain.train.inputs)
    #expect(packed.train.classNames == ["cat", "dog"])
    #expect(packed.name == "a")
    let rows = try csv.read(folder.write(Self.thousandRows, to: "many.csv.gz"))
    #expect(rows.train.inputs.shape == [1000, 2])
    for (name, text) in [("S_TRAIN.ts", "@data\n1,2:a\n"), ("S_TEST.ts", "@data\n3,4:b\n")] {
      _ = try folder.write(GzipBytes.member(text), to: name + ".gz")
    }
    let series = try #require(FileFormat.found(at: folder.path)).read(folder.path)
    #expect(series.name == "S")
    #expect(series.train.inputs.values == [1, 2])
    #expect(series.test?.inputs.values == [3, 4])
  }

  @Test func membersFollowOneAnother() throws {
    let members = GzipBytes.member(Self.table) + GzipBytes.member("5,6,emu\n")
    for rest in [[], [UInt8](repeating: 0, count: 512)] {
      let path = try folder.write(members + rest, to: "a.csv.gz")
      #expect(try CSV.read(path).train.inputs.values == [1, 2, 3, 4, 5, 6])
    }
  }

  @Test func arraysAreUnpacked() throws {
    let images: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 255]
    let labels: [UInt8] = [0, 0, 8, 1, 0, 0, 0, 1, 7]
    for part in ["train", "t10k"] {
      _ = try folder.write(GzipBytes.member(images), to: "\(part)-images-idx3-ubyte.gz")
      _ = try folder.write(labels, to: "\(part)-labels-idx1-ubyte")
    }
    let mnist = try #require(FileFormat.found(at: folder.path)).read(folder.path)
    #expect(mnist.train.inputs.values == [0, 1])
    #expect(mnist.train.classNames == ["7"])
    #expect(mnist.test?.count == 1)
    let row: [UInt8] = [3] + [UInt8](repeating: 51, count: 3072)
    let cifar = try Cifar.read(folder.write(GzipBytes.member(row + row), to: "c.bin.gz"))
    #expect(cifar.train.inputs.values == [Float](repeating: 0.2, count: 2 * 3072))
    let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }"
    let npy =
      [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
      + [0, 0, 0x80, 0x3F, 0, 0, 0, 0x40]
    let array = try NpyFile.array(folder.write(GzipBytes.member(npy), to: "x.npy.gz"))
    #expect(array.name == "x")
    #expect(try array.tensor() == Tensor(shape: [1, 2], values: [1, 2]))
    // Going back unpacks anew.
    #expect(try array.tensor() == Tensor(shape: [1, 2], values: [1, 2]))
  }

  @Test func brokenFilesAreErrorsWithTheirPlace() throws {
    let whole = GzipBytes.member(Self.table)
    var damaged = whole
    damaged[20] ^= 1
    for (bytes, message) in [
      (
        Array(whole.dropLast(4)),
        """
        a.csv.gz:4: expected more gzip data, found the end of the file after byte 44
          next: gzip -t a.csv.gz in the shell; copy or download it anew
        """
      ),
      (
        Array(whole.prefix(10)),
        """
        a.csv.gz:1: expected more gzip data, found the end of the file after byte 10
          next: gzip -t a.csv.gz in the shell; copy or download it anew
        """
      ),
      (
        damaged,
        """
        a.csv.gz:1: expected gzip data that agrees with its checksum, found other bytes before byte 44
          next: gzip -t a.csv.gz in the shell; copy or download it anew
        """
      ),
      (
        whole + [1, 2, 3],
        """
        a.csv.gz:4: expected gzip data that agrees with its checksum, found other bytes before byte 50
          next: gzip -t a.csv.gz in the shell; copy or download it anew
        """
      ),
    ] {
      let path = try folder.write(bytes, to: "a.csv.gz")
      #expect(errorText(in: folder) { _ = try CSV.read(path) } == message)
    }
    let path = try folder.write(Array(whole.dropLast(4)), to: "x.npy.gz")
    #expect(
      errorText(in: folder) { _ = try NpyFile.array(path) } == """
        x.npy.gz: expected more gzip data, found the end of the file after byte 44
          next: gzip -t x.npy.gz in the shell; copy or download it anew
        """)
    let nested = try folder.write(GzipBytes.member(whole), to: "b.csv.gz")
    #expect(
      errorText(in: folder) { _ = try CSV.read(nested) } == """
        b.csv.gz: expected text, found gzip data
          next: gunzip b.csv.gz in the shell
        """)
  }

  @Test func whatIsPackedHasTheLimitsOfPlainFiles() throws {
    #expect(
      FileError(path: "x.npy.gz", problem: .gzip(.tooMuch(limit: FileLimits.bytes))).description
        == """
        x.npy.gz: expected at most 8.6 GB of packed data, found more
          next: cut the file into parts
        """)
    let member = GzipBytes.member([UInt8](repeating: 0x61, count: 1 << 19))
    let path = try folder.write(
      Array(repeatElement(member, count: LineReader.lengthLimit / (1 << 19) + 2).joined()),
      to: "a.csv.gz")
    #expect(
      errorText(in: folder) { _ = try CSV.read(path) } == """
        a.csv.gz:1: expected lines of at most 67,108,864 bytes, found a longer one
          next: check that it is a table of one example a line
        """)
  }

  @Test func unpackingEndsWhenTheUserAsksForIt() throws {
    let path = try folder.write(GzipBytes.member(Self.table), to: "a.npy.gz")
    let text = errorText(in: folder) {
      try Interruption.with({ true }) { _ = try NpyFile.array(path) }
    }
    #expect(text == "a.npy.gz: stopped by Ctrl-C")
  }
}
