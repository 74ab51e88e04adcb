import Testing

@testable import Interchange

@Suite struct NumbersTests {
  private func parse(_ text: String, decimalComma: Bool = false) -> Double? {
    var text = text
    return text.withUTF8 { Numbers.parse($0, decimalComma: decimalComma) }
  }

  private func isMissing(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { Numbers.isMissing($0) }
  }

  @Test(arguments: [
    "0", "-0", "12", "+12", "1.5", "-1.5e-3", ".5", "5.", "1E5", "0.0000000e+00", "-5.7437159e-01",
    "9007199254740993", "123456789012345678901234567890", "0.1", "1e22", "1e23", "3.4e38",
    "4.9e-324",
    "1e-400", "2.2250738585072011e-308", "0000000000000000000000001.5",
    "1.000000000000000000000001",
  ])
  func agreesWithTheStandardLibrary(text: String) throws {
    let standard = text.hasSuffix(".") ? Double(text + "0") : Double(text)
    #expect(try #require(parse(text)) == #require(standard))
  }

  @Test(arguments: [
    "", "-", ".", "e5", "1e", "1e+", "1.2.3", "1,5", "0x10", "inf", "nan", "infinity", "1 2",
    "1_000",
    "12a", "１", "--1",
  ])
  func refusesWhatIsNoNumber(text: String) {
    #expect(parse(text) == nil)
  }

  @Test func randomNumbersComeBackExactly() throws {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<10_000 {
      let value = Double(bitPattern: generator.next())
      guard value.isFinite else { continue }
      let single = Float(bitPattern: UInt32(truncatingIfNeeded: generator.next()))
      #expect(parse("\(value)") == value)
      if single.isFinite { #expect(try Float(#require(parse("\(single)"))) == single) }
    }
  }

  @Test func decimalCommaStandsForThePoint() {
    #expect(parse("1,5", decimalComma: true) == 1.5)
    #expect(parse("-1.25", decimalComma: true) == -1.25)
    #expect(parse("0,12345678901234567890123", decimalComma: true) == 0.12345678901234567890123)
    #expect(parse("1,5,2", decimalComma: true) == nil)
  }

  @Test func wordsForMissingValues() {
    for text in ["", "?", "NaN", "nan", "NA", "null", "NULL", "-nan"] { #expect(isMissing(text)) }
    for text in ["0", "x", "none", "N", "nano", "??"] { #expect(!isMissing(text)) }
  }
}
