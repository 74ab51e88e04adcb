import Foundation
import Testing

@testable import Sessions

/// How JSON is written.
@Suite struct JSONTextTests {
  private static let values: [(JSON, String)] = [
    (JSON.null, "null"), (.boolean(true), "true"), (.integer(-3), "-3"),
    (.integer(.max), "9223372036854775807"), (.number(0.1), "0.1"), (.number(1), "1.0"),
    (.number(1e300), "1e+300"), (.number(-0.0), "-0.0"),
    (.number(.leastNonzeroMagnitude), "5e-324"),
    (.single(0.1), "0.1"), (.single(16_777_216), "16777216.0"),
    (.number(.nan), #""nan""#), (.number(.infinity), #""inf""#),
    (.single(-.infinity), #""-inf""#),
    (.text("a \"b\" \\ c/d\n\t"), #""a \"b\" \\ c/d\n\t""#), (.text("é 漢 🙂"), "\"é 漢 🙂\""),
    (
      .text("\u{1B}[2J\u{7F}\u{9B}\u{202E}\u{E0041}"),
      #""\u001b[2J\u007f\u009b\u202e\udb40\udc41""#
    ),
    (.array([]), "[]"), ([:], "{}"),
    (["b": .integer(1), "a": .array([.null])], #"{"b":1,"a":[null]}"#),
  ]

  @Test(arguments: values)
  func line(value: JSON, text: String) throws {
    #expect(value.line == text)
    _ = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
  }

  @Test("numbers read back to the bit")
  func precision() throws {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<1000 {
      let number = Double(bitPattern: generator.next())
      let single = Float(bitPattern: generator.next())
      if number.isFinite { #expect(Double(JSON.number(number).line) == number) }
      if single.isFinite { #expect(Float(JSON.single(single).line) == single) }
    }
  }

  @Test("texts read back as they were")
  func texts() throws {
    let text = String(String.UnicodeScalarView((0..<0x3100).compactMap(Unicode.Scalar.init)))
    let found = try JSONSerialization.jsonObject(
      with: Data(JSON.text(text).line.utf8), options: .fragmentsAllowed)
    #expect(found as? String == text)
  }

  @Test(
    "a document has a line for each part of its outermost objects, and for each object in a list"
  )
  func document() {
    let value: JSON = [
      "one": .integer(1), "none": .array([]), "shape": .integers([1, 8]),
      "text": .texts(["a", "b"]),
      "two": [
        "shape": .integers([1, 8]), "inner": ["a": .integer(1)],
        "rows": .array([["a": .integer(1)], ["b": .integers([2, 3])]]),
      ],
    ]
    #expect(
      value.document == """
        {
          "one": 1,
          "none": [],
          "shape": [1,8],
          "text": [
            "a",
            "b"
          ],
          "two": {
            "shape": [1,8],
            "inner": {"a":1},
            "rows": [
              {"a":1},
              {"b":[2,3]}
            ]
          }
        }

        """)
  }
}
