import Testing

@testable import Interchange

/// Tables written as comma-separated values.
struct CSVTextTests {
  @Test("a large table is given away in pieces that are the whole")
  func pieces() {
    var table = CSVText()
    var whole = CSVText(head: ["a", "b"])
    var pieces: [String] = []
    for field in [CSVText.Field.text("a"), .text("b")] { table.add(field) }
    table.endRecord()
    for index in 0..<100 {
      whole.append([.count(index), .number(0.5)])
      table.add(.count(index))
      if let piece = table.take(atLeast: 64) { pieces.append(piece) }
      table.add(.number(0.5))
      table.endRecord()
    }
    #expect(pieces.count > 5 && pieces.allSatisfy { (64..<80).contains($0.utf8.count) })
    #expect(pieces.joined() + (table.take() ?? "") == whole.text)
    #expect(table.take() == nil)
  }

  @Test("fields with commas, quotes and line ends stand in quotes; lines end in CR LF")
  func fields() {
    var table = CSVText(head: ["network", "step"])
    table.append([.text("plain"), .count(0)])
    table.append([.text("a,b"), .text("say \"no\"")])
    table.append([.text("two\nlines"), .text("")])
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
    var table = CSVText(head: [])
    table.append([.number(value)])
    let digits = table.text.split(separator: "\r\n").last.map(String.init) ?? ""
    #expect(Double(digits)?.bitPattern == value.bitPattern)
  }

  @Test("what is no number has a word, what is missing has none")
  func others() {
    var table = CSVText(head: ["x"])
    table.append([.number(.nan), .number(nil), .number(.infinity), .number(-.infinity)])
    #expect(table.text == "x\r\nnan,,inf,-inf\r\n")
  }

  @Test("texts that begin like a formula are made texts, numbers stay numbers")
  func formulas() {
    var table = CSVText(head: ["=1+1", "+2", "-a", "@SUM(A1)", "\t=1", "\r=1", "  =1", "a=b", "'="])
    table.append([.number(-1.5), .count(-2)])
    #expect(
      table.text
        == "'=1+1,'+2,'-a,'@SUM(A1),'\t=1,\"'\r=1\",'  =1,a=b,'=\r\n-1.5,-2\r\n")
  }
}
