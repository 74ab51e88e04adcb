import Interchange
import Networks
import Testing

/// The bytes and values are those of NumPy and, for BF16, PyTorch.
@Suite struct ElementsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func file(_ type: String, count: Int, _ data: [UInt8]) throws -> SafetensorsFile {
    let json = #"{"a":{"dtype":"\#(type)","shape":[\#(count)],"data_offsets":[0,\#(data.count)]}}"#
    let length = withUnsafeBytes(of: UInt64(json.utf8.count).littleEndian) { Array($0) }
    return try SafetensorsFile(
      path: try folder.write(length + Array(json.utf8) + data, to: "\(type).safetensors"))
  }

  private static let floatCases: [(String, [UInt8], [Float])] = [
    (
      "F64", [0, 0, 0, 0, 0, 0, 0xF8, 0x3F, 0x9A, 0x99, 0x99, 0x99, 0x99, 0x99, 0xB9, 0xBF],
      [1.5, -0.1]
    ),
    ("F32", [0, 0, 0xC0, 0x3F, 0xCD, 0xCC, 0xCC, 0xBD], [1.5, -0.1]),
    (
      "F16", [0, 0x3E, 0x66, 0xAE, 0x01, 0, 0xFF, 0x03, 0xFF, 0x7B, 0, 0x7C, 0, 0x80],
      [1.5, -0.099975586, 5.9604645e-08, 6.097555e-05, 65504, .infinity, -0.0]
    ),
    ("BF16", [0xC0, 0x3F, 0xCD, 0xBD, 0x80, 0xFF], [1.5, -0.10009765625, -.infinity]),
    ("I64", [1, 0, 0, 0, 0, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [1, -2]),
    ("I32", [1, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF], [1, -2]),
    ("I16", [1, 0, 0xFE, 0xFF], [1, -2]),
    ("I8", [1, 0xFE], [1, -2]),
    ("U64", [1, 0, 0, 0, 0, 0, 0, 0], [1]),
    ("U32", [0xFE, 0xFF, 0xFF, 0xFF], [4_294_967_296]),
    ("U16", [1, 0, 0xFE, 0xFF], [1, 65534]),
    ("U8", [1, 0xFE], [1, 254]),
    ("BOOL", [0, 1, 7], [0, 1, 1]),
  ]

  @Test(arguments: floatCases)
  func floats(type: String, bytes: [UInt8], values: [Float]) throws {
    let read = try file(type, count: values.count, bytes).tensor("a").values
    #expect(read.map(\.bitPattern) == values.map(\.bitPattern))
  }

  @Test func halfPrecisionNaNStaysNaN() throws {
    #expect(try file("F16", count: 1, [1, 0x7E]).tensor("a").values[0].isNaN)
    #expect(try file("BF16", count: 1, [0xC1, 0x7F]).tensor("a").values[0].isNaN)
  }

  private static let integerCases: [(String, [UInt8], [Int64])] = [
    ("I64", [1, 0, 0, 0, 0, 0, 0, 0x80], [Int64.min + 1]),
    ("I32", [0xFE, 0xFF, 0xFF, 0xFF], [-2]),
    ("I16", [0xFE, 0xFF], [-2]), ("I8", [0xFE], [-2]),
    ("U32", [0xFE, 0xFF, 0xFF, 0xFF], [4_294_967_294]),
    ("U16", [0xFE, 0xFF], [65534]), ("U8", [0xFE], [254]), ("BOOL", [0, 9], [0, 1]),
  ]

  @Test(arguments: integerCases)
  func integers(type: String, bytes: [UInt8], values: [Int64]) throws {
    #expect(try file(type, count: values.count, bytes).array("a").integers() == values)
  }

  @Test func unsignedIntegersBeyondTheSignedOnesAreErrors() throws {
    let file = try file("U64", count: 1, [0, 0, 0, 0, 0, 0, 0, 0x80])
    #expect(try file.tensor("a").values == [0x1p63])
    #expect(
      errorText(in: folder) { _ = try file.array("a").integers() } == """
        U64.safetensors: expected numbers below 9,223,372,036,854,775,808 in 'a', \
        found 9,223,372,036,854,775,808
          next: convert it to I64 before saving
        """)
  }
}
