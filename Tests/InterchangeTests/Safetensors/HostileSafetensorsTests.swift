import Testing

@testable import Interchange

@Suite struct HostileSafetensorsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A header's length in front of it, and zeros behind.
  private static func bytes(_ json: String, data: Int) -> [UInt8] {
    withUnsafeBytes(of: UInt64(json.utf8.count).littleEndian) { Array($0) } + Array(json.utf8)
      + [UInt8](repeating: 0, count: data)
  }

  private func text(of bytes: [UInt8]) throws -> String {
    let path = try folder.write(bytes, to: "x.safetensors")
    return errorText(in: folder) { _ = try SafetensorsFile(path: path) }
  }

  private static let rewrite = "write the file anew with save_file of Python's safetensors"
  private static let check = "check that the file was copied whole"

  @Test(arguments: [
    ("", "expected '{' at byte 0 of the header, found its end", rewrite),
    ("[]", "expected '{' at byte 0 of the header, found '['", rewrite),
    ("{", "expected a string in UTF-8 at byte 1 of the header, found its end", rewrite),
    ("{} x", "expected only blanks up to the end at byte 3 of the header, found 'x'", rewrite),
    ("{}\0", "expected only blanks up to the end at byte 2 of the header, found '\\u{0}'", rewrite),
    (#"{"a":1}"#, "expected '{' at byte 5 of the header, found '1'", rewrite),
    (#"{"a":{}}"#, "expected dtype for tensor 'a', found none", rewrite),
    (
      #"{"a":{"dtype":"F32","shape":[]}}"#,
      "expected data_offsets for tensor 'a', found none", rewrite
    ),
    (
      #"{"a":{"dtype":"F32","data_offsets":[0,4]}}"#,
      "expected shape for tensor 'a', found none", rewrite
    ),
    (
      #"{"a":{"dtype":"F32","dtype":"F32"}}"#,
      "expected each name once, found 'dtype' again at byte 20 of the header", rewrite
    ),
    (
      #"{"a":{"strides":[1]}}"#,
      "expected dtype, shape or data_offsets at byte 6 of the header, found 'strides'", rewrite
    ),
    (
      #"{"a":{"dtype":"F8_E4M3","shape":[4],"data_offsets":[0,4]}}"#,
      "expected one of F64 F32 F16 BF16 I64 I32 I16 I8 U64 U32 U16 U8 BOOL for tensor 'a', "
        + "found 'F8_E4M3'",
      "convert it to F32 before saving"
    ),
    (
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"#
        + #""a":{"dtype":"F32","shape":[0],"data_offsets":[4,4]}}"#,
      "expected each name once, found 'a' again at byte 54 of the header", rewrite
    ),
    (
      #"{"__metadata__":{"k":"v","k":"w"}}"#,
      "expected each name once, found 'k' again at byte 25 of the header", rewrite
    ),
    (
      #"{"__metadata__":{},"__metadata__":{}}"#,
      "expected each name once, found '__metadata__' again at byte 19 of the header", rewrite
    ),
    (
      #"{"__metadata__":{"k":1}}"#,
      "expected a string in UTF-8 at byte 21 of the header, found '1'", rewrite
    ),
    (
      #"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#,
      "expected a whole number from 0 to 9,223,372,036,854,775,807 at byte 29 of the header, found '-'",
      rewrite
    ),
    (
      #"{"a":{"dtype":"F32","shape":[9223372036854775808],"data_offsets":[0,4]}}"#,
      "expected a whole number from 0 to 9,223,372,036,854,775,807 at byte 47 of the header, found '8'",
      rewrite
    ),
    (
      #"{"a":{"dtype":"F32","shape":[01],"data_offsets":[0,4]}}"#,
      "expected a whole number from 0 to 9,223,372,036,854,775,807 at byte 30 of the header, found '1'",
      rewrite
    ),
    (
      #"{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}"#,
      "expected ',' or ']' at byte 30 of the header, found '.'", rewrite
    ),
    (
      #"{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}}"#,
      "expected tensor 'a' to fit in memory, found the shape 4,294,967,296×4,294,967,296", rewrite
    ),
    (
      #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#,
      "expected 8 bytes for tensor 'a', found offsets that span 4", rewrite
    ),
    (
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#,
      "expected rising offsets for tensor 'a', found 4 and 0", rewrite
    ),
    (
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}"#,
      "expected ',' at byte 49 of the header, found ']'", rewrite
    ),
    (
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}"#,
      "expected ']' at byte 51 of the header, found ','", rewrite
    ),
    (
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"#
        + #""b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
      "expected tensor 'b' to start at byte 4 of the data, found 0", rewrite
    ),
    (
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
      "expected tensor 'a' to start at byte 0 of the data, found 4", rewrite
    ),
    (
      #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#,
      "expected 8 bytes of data as the header says, found 4", check
    ),
    ("{}", "expected 0 bytes of data as the header says, found 4", check),
    (
      #"{"a\x":{}}"#, "expected a character after the backslash at byte 4 of the header, found 'x'",
      rewrite
    ),
    (
      #"{"\ud800":{}}"#,
      "expected a character after the backslash at byte 8 of the header, found '\"'", rewrite
    ),
    ("{\"a\n\":{}}", "expected '\"' at byte 3 of the header, found '\\u{a}'", rewrite),
    (#"{"a":{"dtype":"F32"#, "expected '\"' at byte 18 of the header, found its end", rewrite),
  ])
  func brokenHeader(json: String, message: String, next: String) throws {
    #expect(
      try text(of: Self.bytes(json, data: 4)) == "x.safetensors: \(message)\n  next: \(next)")
  }

  @Test func brokenTextIsAnError() throws {
    var bytes = Self.bytes(#"{"a?":{}}"#, data: 0)
    bytes[11] = 0xC3
    #expect(
      try text(of: bytes) == """
        x.safetensors: expected a string in UTF-8 at byte 5 of the header, found ':'
          next: \(Self.rewrite)
        """)
  }

  @Test func lengthsThatCannotBeAreErrors() throws {
    #expect(
      try text(of: [1, 2, 3]) == """
        x.safetensors: expected at least 8 bytes of safetensors, found 3
          next: \(Self.check)
        """)
    #expect(
      try text(of: [9, 0, 0, 0, 0, 0, 0, 0, 0x7B, 0x7D]) == """
        x.safetensors: expected at least 17 bytes of safetensors, found 10
          next: \(Self.check)
        """)
    #expect(
      try text(of: [UInt8](repeating: 0xFF, count: 64)) == """
        x.safetensors: expected a header of at most 100,000,000 bytes, \
        found one of 18,446,744,073,709,551,615
          next: check that it is a safetensors file
        """)
  }

  @Test func goodHeadersOfOddMakeAreRead() throws {
    let file = try SafetensorsFile(
      path: try folder.write(
        Self.bytes(
          #" { "b" : { "shape" : [ ] , "data_offsets" : [ 0 , 4 ] , "dtype" : "F32" } ,"#
            + #" "a" : { "dtype" : "F32" , "shape" : [ 0 , 3 ] , "data_offsets" : [ 4 , 4 ] } ,"#
            + #" "__metadata__" : { "\u0041\ud83d\ude00" : "\/\b\f\n\r\t" } }   "#,
          data: 4),
        to: "x.safetensors"))
    #expect(file.names == ["b", "a"])
    #expect(try file.array("b").shape == [])
    #expect(try file.tensor("b").values == [0])
    #expect(try file.tensor("a").shape == [0, 3])
    #expect(file.metadata == ["A😀": "/\u{8}\u{C}\n\r\t"])
  }

  @Test func randomlyDamagedHeadersNeverCrash() {
    let good = Array(
      (#"{"__metadata__":{"k":"v"},"a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"#
        + #""b":{"dtype":"I64","shape":[1],"data_offsets":[8,16]}}"#).utf8)
    var generator = SeededGenerator(seed: 11)
    var refused = 0
    for _ in 0..<3_000 {
      var bytes = good
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let index = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: index)
        case 2: bytes.insert(UInt8.random(in: 0x20...0x7E, using: &generator), at: index)
        default: bytes.removeLast(min(3, bytes.count - 1))
        }
      }
      do {
        let header = try SafetensorsHeader(json: bytes, dataSize: 16)
        #expect(header.entries.allSatisfy { $0.bytes.upperBound <= 16 })
      } catch {
        let text = FileError(path: "x", problem: .safetensors(error)).description
        #expect(text.hasPrefix("x: expected "))
        refused += 1
      }
    }
    #expect(refused > 1_000)
  }
}
