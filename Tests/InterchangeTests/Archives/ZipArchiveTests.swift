import Testing

@testable import Interchange

/// Archives with something wrong in their table of contents are refused, with the place.
@Suite struct ZipArchiveTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let good = ZipBytes([
    .init(name: "a", content: [1, 2, 3]), .init(name: "b", content: [4]),
  ])

  private func text(_ bytes: [UInt8], of writer: ZipProblem.Writer = .torch) throws -> String {
    let path = try folder.write(bytes, to: "x")
    return errorText(in: folder) {
      let archive = try ZipArchive(try ReadableFile(path: path), of: writer)
      for member in archive.members { _ = try archive.content(of: member) }
    }
  }

  /// The text for an archive of which something was changed.
  private func text(
    of writer: ZipProblem.Writer = .torch, _ change: (inout ZipBytes) -> Void
  ) throws -> String {
    var archive = Self.good
    change(&archive)
    return try text(archive.bytes, of: writer)
  }

  @Test func membersAreFoundWhereTheyLie() throws {
    let path = try folder.write(Self.good.bytes, to: "x")
    let archive = try ZipArchive(try ReadableFile(path: path), of: .torch)
    #expect(archive.members.map(\.name) == ["a", "b"])
    #expect(try archive.members.map { try archive.content(of: $0) } == [31..<34, 65..<66])
    #expect(try text(Self.good.bytes) == "no error")
  }

  @Test func tablesThatAreNone() throws {
    let none = """
      x: expected a table of contents at the end of the archive, found none that can be read
        next: check that the file was copied whole
      """
    for count in [1, 10, 22, 40, 100] {
      #expect(try text(Array(Self.good.bytes.dropLast(count))) == none)
    }
    var bytes = Self.good.bytes
    bytes[bytes.count - 6] = 0xFF
    #expect(try text(bytes) == none)
    bytes = Self.good.bytes
    bytes[Self.good.tableStart + 47] = 0x51
    #expect(
      try text(bytes) == """
        x: expected an entry of the archive's table of contents at byte 113, found other bytes
          next: check that the file was copied whole
        """)
  }

  @Test func membersThatAreNotStored() throws {
    let compressed = "x: expected members that are stored as they are, found 'a' compressed"
    #expect(
      try text { $0.members[0].method = 8 }
        == "\(compressed)\n  next: torch.save(model.state_dict(), FILE) in Python")
    #expect(
      try text(of: .numpy) { $0.members[0].method = 8 }
        == "\(compressed)\n  next: save them with numpy.savez in place of savez_compressed")
    #expect(
      try text { $0.members[1].flags = 1 } == """
        x: expected members that are stored as they are, found 'b' encrypted
          next: torch.save(model.state_dict(), FILE) in Python
        """)
    #expect(
      try text { $0.members[0].size = 1_000_000 } == """
        x: expected 1,000,000 bytes stored for 'a', found 3
          next: torch.save(model.state_dict(), FILE) in Python
        """)
  }

  @Test func archivesBeyond4GiB() throws {
    let beyond = "x: expected an archive below 4 GiB, found one that says it is larger"
    #expect(
      try text { $0.members[0].size = .max }
        == "\(beyond)\n  next: save the parts of the model in files of their own")
    #expect(
      try text(of: .numpy) { $0.members[1].start = .max }
        == "\(beyond)\n  next: save the arrays one by one with numpy.save")
    var bytes = Self.good.bytes
    bytes.replaceSubrange(bytes.count - 6..<bytes.count - 2, with: [0xFF, 0xFF, 0xFF, 0xFF])
    #expect(
      try text(bytes) == "\(beyond)\n  next: save the parts of the model in files of their own")
  }

  @Test func membersInWrongPlaces() throws {
    #expect(
      try text { $0.members[1].start = 30 } == """
        x: expected the member 'b' whole at byte 30, found other bytes
          next: check that the file was copied whole
        """)
    #expect(
      try text { $0.members[1].start = 1_000_000 } == """
        x: expected the member 'b' whole at byte 1,000,000, found other bytes
          next: check that the file was copied whole
        """)
    #expect(
      try text {
        $0.members[0].size = 1000
        $0.members[0].packedSize = 1000
      } == """
        x: expected the member 'a' whole at byte 0, found other bytes
          next: check that the file was copied whole
        """)
    #expect(
      try text { $0.members[1].start = 0 } == """
        x: expected members beside one another, found 'b' and 'a' on the same bytes
          next: torch.save(model.state_dict(), FILE) in Python
        """)
    #expect(
      try text { $0.members[1].name = "a" } == """
        x: expected each member once, found 'a' again
          next: torch.save(model.state_dict(), FILE) in Python
        """)
  }
}
