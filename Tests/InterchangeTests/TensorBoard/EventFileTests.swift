import Foundation
import Testing

@testable import Interchange

/// Files of events, byte by byte as TensorFlow's writer makes them.
struct EventFileTests {
  @Test("the checksum is CRC-32C")
  func checksum() {
    #expect(CRC32C.plain(Array("123456789".utf8)) == 0xE306_9283)
    #expect(CRC32C.plain([]) == 0)
    #expect(CRC32C.plain(Array(repeating: 0, count: 32)) == 0x8A91_36AA)
  }

  @Test("a file begins with its version, then has an event for each number")
  func bytes() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "events-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: EventFile.name).path
    try EventFile(began: 2, scalars: [.init(tag: "loss", step: 300, value: 0.5)]).write(to: path)
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    let time: [UInt8] = [0x09, 0, 0, 0, 0, 0, 0, 0, 0x40]
    let version = time + [0x1A, 13] + Array("brain.Event:2".utf8)
    let event =
      time + [0x10, 0xAC, 0x02, 0x2A, 13, 0x0A, 11, 0x0A, 4] + Array("loss".utf8)
      + [0x15, 0, 0, 0, 0x3F]
    func record(_ data: [UInt8]) -> [UInt8] {
      func word(_ number: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * UInt32($0))) }
      }
      let length = [UInt8(data.count)] + [UInt8](repeating: 0, count: 7)
      return length + word(CRC32C.masked(length)) + data + word(CRC32C.masked(data))
    }
    #expect(bytes == record(version) + record(event))
  }
}
