import Testing

@testable import Interchange

/// Tables written as comma-separated values.
struct CSVTextTests {
  @Test("fields with commas, quotes and line ends stand in quotes; lines end in CR LF")
  func fields() {
    var table = CSVText(head: ["network", "step"])
    table.append(["plain", "0"])
    table.append(["a,b", "say \"no\""])
    table.append(["two\nlines", ""])
    #expect(
      table.text
        == "network,step\r\nplain,0\r\n\"a,b\",\"say \"\"no\"\"\"\r\n\"two\nlines\",\r\n")
  }

  @Test(
    "numbers read back as the same ones",
    arguments: [
      0.1, 1.0 / 3, Double(Float(2.302585)), Double.leastNonzeroMagnitude, -0.0, 1e300,
      123_456_789.125,
    ])
  func numbers(value: Double) {
    #expect(Double(CSVText.field(value))?.bitPattern == value.bitPattern)
  }

  @Test("what is no number has a word, what is missing has none")
  func others() {
    #expect(CSVText.field(.nan) == "nan" && CSVText.field(nil) == "")
    #expect(CSVText.field(.infinity) == "inf" && CSVText.field(-.infinity) == "-inf")
  }
}
