import Testing

@testable import Interchange

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Files that say they hold more than any memory: refused with the sizes, nothing taken.
@Suite struct HugeFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A file with a header and zeros behind it that take no room on the disk.
  private func sparse(_ header: [UInt8], size: Int, _ name: String) throws -> String {
    let path = try folder.write(header, to: name)
    try #require(truncate(path, off_t(size)) == 0)
    return path
  }

  @Test func safetensors() throws {
    let count = 1 << 40
    let json = #"{"x":{"dtype":"F32","shape":[\#(count),1],"data_offsets":[0,\#(count * 4)]}}"#
    let header =
      withUnsafeBytes(of: UInt64(json.utf8.count).littleEndian) { Array($0) } + Array(json.utf8)
    let path = try sparse(header, size: header.count + count * 4, "huge.safetensors")
    let file = try SafetensorsFile(path: path)
    let error = #expect(throws: FileError.self) { try file.tensor("x") }
    guard case .system(.noMemory(let needed, let available)) = error?.problem else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(needed == count * 4)
    #expect(available < needed)
  }
}
