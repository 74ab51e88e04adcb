/// The bytes of a zip archive whose members are stored as they are, with all that may be wrong in it.
struct ZipBytes {
  /// A member with its entry in the table of contents.
  struct Member {
    var name: String
    var content: [UInt8]
    var method: UInt8 = 0
    var flags: UInt8 = 0

    /// What the entry says where it is not so: bytes of the content, and where the member starts.
    var size: UInt32?
    var packedSize: UInt32?
    var start: UInt32?
  }

  var members: [Member]

  /// Joins members.
  init(_ members: [Member]) { self.members = members }

  /// The members of a checkpoint below the folder `x`.
  init(pickle: [UInt8], storages: [String: [UInt8]] = [:]) {
    members = [Member(name: "x/data.pkl", content: pickle)]
    for (key, content) in storages.sorted(by: { $0.key < $1.key }) {
      members.append(Member(name: "x/data/\(key)", content: content))
    }
  }

  /// Where the table of contents starts.
  var tableStart: Int { members.reduce(0) { $0 + 30 + $1.name.utf8.count + $1.content.count } }

  /// The archive.
  var bytes: [UInt8] {
    var content: [UInt8] = []
    var table: [UInt8] = []
    for member in members {
      let name = Array(member.name.utf8)
      let sizes =
        Self.little(member.packedSize ?? UInt32(member.content.count))
        + Self.little(member.size ?? UInt32(member.content.count))
      let description: [UInt8] =
        [20, 0, member.flags, 0, member.method, 0] + [UInt8](repeating: 0, count: 8) + sizes
        + [UInt8(name.count & 0xFF), UInt8(name.count >> 8), 0, 0]
      table +=
        [0x50, 0x4B, 1, 2, 20, 0] + description + [UInt8](repeating: 0, count: 10)
        + Self.little(member.start ?? UInt32(content.count)) + name
      content += [0x50, 0x4B, 3, 4] + description + name + member.content
    }
    return content + table + [0x50, 0x4B, 5, 6, 0, 0, 0, 0, 0, 0, 0, 0]
      + Self.little(UInt32(table.count)) + Self.little(UInt32(content.count)) + [0, 0]
  }

  /// A number's bytes, the lowest first.
  static func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }
}
