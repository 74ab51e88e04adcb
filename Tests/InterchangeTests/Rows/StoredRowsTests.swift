import Foundation
import Networks
import Testing

@testable import Interchange

/// Arrays that stay in their files: the same values as in memory, row by row.
@Suite struct StoredRowsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static func npy(_ type: String, _ shape: String, _ data: [UInt8]) -> [UInt8] {
    let header = "{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }"
    let text = Array(header.utf8) + [UInt8](repeating: 0x20, count: 117 - header.utf8.count) + [10]
    return [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + text + data
  }

  private static func bytes(_ values: [Float]) -> [UInt8] {
    values.flatMap { value in withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) } }
  }

  /// The rows of a file with all of it in memory, and with all of it in the file.
  private func both(
    _ path: String, _ format: String = "npy", _ settings: [String: String] = [:]
  ) throws -> (memory: ExamplesPair, stored: ExamplesPair) {
    let format = try #require(FileFormat.named(format))
    return (
      try format.read(path, settings: settings, storage: RowStorage(bound: 1 << 30)),
      try format.read(path, settings: settings, storage: RowStorage(bound: 0))
    )
  }

  /// Bytes that count up, below a bound.
  private static func counted(_ count: Int, below bound: Int = 256) -> [UInt8] {
    (0..<count).map { UInt8($0 % bound) }
  }

  private static let arrays: [(type: String, data: [UInt8])] = [
    ("|u1", counted(24)), ("|i1", counted(24)), ("<u2", counted(48)), ("<i8", counted(192)),
    ("<f2", counted(48, below: 60)), ("|b1", counted(24, below: 2)),
    ("<f4", bytes((0..<24).map { Float($0) / 7 })), ("<f8", counted(192, below: 60)),
  ]

  @Test(arguments: arrays, [[:], ["channels": "last"]])
  func sameValues(array: (type: String, data: [UInt8]), settings: [String: String]) throws {
    let path = try folder.write(Self.npy(array.type, "(4, 2, 3)", array.data), to: "x.npy")
    let (memory, stored) = try both(path, "npy", settings)
    #expect(!memory.train.rows.isStored)
    #expect(stored.train.rows.isStored)
    #expect(stored.train.inputs == memory.train.inputs)
    for order in [[3, 0, 1, 1, 2], [2], [0, 1, 2, 3]] {
      let found = try stored.train.rows.tensor(at: order)
      #expect(try memory.train.rows.tensor(at: order) == found)
    }
  }

  @Test func imagesOfBothFamilies() throws {
    let images: [UInt8] =
      [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 0, 51, 102, 153, 204, 255]
    let mnist = try both(try folder.write(images, to: "train-images-idx3-ubyte"), "mnist")
    #expect(mnist.stored.train.rows.isStored)
    #expect(mnist.stored.train.inputs == mnist.memory.train.inputs)
    var rows: [UInt8] = []
    for row in 0..<5 { rows += [UInt8(row)] + (0..<3072).map { UInt8(($0 * 7 + row) % 256) } }
    let cifar = try both(try folder.write(rows, to: "data.bin"), "cifar10")
    #expect(cifar.stored.train.rows.isStored)
    #expect(cifar.stored.train.inputs == cifar.memory.train.inputs)
    guard case .classes([0, 1, 2, 3, 4], _) = cifar.stored.train.targets else {
      Issue.record("other targets")
      return
    }
  }

  @Test func selectionsAndPartsAreReadWhereTheyLie() throws {
    let path = try folder.write(
      Self.npy("<f4", "(6, 2)", Self.bytes((0..<12).map { Float($0) })), to: "x.npy")
    guard case .stored(let rows) = try both(path).stored.train.rows else {
      Issue.record("not stored")
      return
    }
    let some = rows.selecting([5, 1, 2])
    let more = some.joined(
      with: StoredRows(
        [TensorRows(Tensor(shape: [2, 2], values: [90, 91, 92, 93]))], rowShape: [2]))
    #expect(
      try InputRows.stored(more).tensor(at: 0..<5)
        == Tensor(shape: [5, 2], values: [10, 11, 2, 3, 4, 5, 90, 91, 92, 93]))
    let twice = rows.joined(with: rows).selecting([11, 0, 5, 6])
    #expect(
      try InputRows.stored(twice).tensor(at: 0..<4).values == [10, 11, 0, 1, 10, 11, 0, 1])
  }

  @Test func valuesThatAreNoNumbersAreRefusedAlike() throws {
    for settings in [[:], ["channels": "last"]] {
      let path = try folder.write(
        Self.npy("<f4", "(2, 2, 2)", Self.bytes([0, 1, 2, 3, 4, .infinity, 6, 7])), to: "x.npy")
      for bound in [0, 1 << 30] {
        let text = errorText(in: folder) {
          _ = try FileFormat.npy.read(
            path, settings: settings, storage: RowStorage(bound: bound))
        }
        #expect(
          text == """
            x.npy: expected finite numbers in x, found inf at index 5
              next: replace it before saving
            """)
      }
    }
  }

  @Test("a file that is shorter, longer or written anew while it is read by the batch is told")
  func changedFiles() throws {
    let data = Self.npy("|u1", "(4, 2)", [0, 1, 2, 3, 4, 5, 6, 7])
    for change in ["short", "long", "other"] {
      let path = try folder.write(data, to: "x.npy")
      let rows = try both(path).stored.train.rows
      #expect(try rows.row(3) == [6, 7])
      let handle = try #require(FileHandle(forUpdatingAtPath: path))
      switch change {
      case "short": try handle.truncate(atOffset: UInt64(data.count - 4))
      case "long": try handle.truncate(atOffset: UInt64(data.count + 4))
      default:
        try handle.seek(toOffset: UInt64(data.count - 1))
        try handle.write(contentsOf: Data([9]))
      }
      try handle.close()
      #expect(throws: RowFault(path: path, problem: .changed)) { try rows.row(3) }
      #expect(
        RowFault(path: "x.npy", problem: .changed).message
          == "x.npy: expected the file as it was when data opened it, found it changed since")
      #expect(
        errorText(in: folder) { _ = try rows.wholeTensor(for: "y") }
          == """
          x.npy: expected the file as it was when it was opened, found it changed since
            next: data \(path) opens it anew
          """.replacing(folder.path + "/", with: ""))
    }
  }

  @Test func whatIsPackedIsReadIntoMemory() throws {
    let data = Self.npy("|u1", "(4, 2)", [0, 1, 2, 3, 4, 5, 6, 7])
    let path = try folder.write(GzipBytes.member(data), to: "x.npy.gz")
    #expect(try !both(path).stored.train.rows.isStored)
  }
}
