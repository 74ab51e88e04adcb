import Testing

@testable import Interchange

/// Whatever a text file holds, a reader gives examples or an error with a place and words.
@Suite struct GarbageTests {
  /// Pieces that the formats care about, among random bytes.
  private static let pieces: [[UInt8]] = [
    "1", "-2.5e3", "0", ",", ",", ";", "\t", ":", "\n", "\n", "\r\n", "\"", "\"\"", " ", "?", "NaN",
    "@data\n", "@classLabel true a 1\n", "@dimensions 2\n", "@targetLabel true\n", "#", "a", "é",
    "(",
    "1,2:a\n", "x,y\n", "1e999", "\u{FEFF}",
  ].map { Array($0.utf8) }

  private static func text(pieces count: Int, _ generator: inout SeededGenerator) -> [UInt8] {
    var bytes: [UInt8] = []
    for _ in 0..<Int.random(in: 0...count, using: &generator) {
      if Int.random(in: 0..<12, using: &generator) == 0 {
        bytes.append(UInt8.random(in: 1...255, using: &generator))
      } else {
        bytes += pieces[Int.random(in: 0..<pieces.count, using: &generator)]
      }
    }
    return bytes
  }

  private static func check(_ count: Int, _ error: FileError?) {
    if let error {
      #expect(error.description.hasPrefix("x"))
      #expect(error.description.contains(": expected "))
      #expect((error.line ?? 1) >= 1 && (error.column ?? 1) >= 1)
    } else {
      #expect(count > 0)
    }
  }

  @Test(arguments: 0..<8) func seriesReadersNeverCrash(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    var good = 0
    for round in 0..<500 {
      let bytes = Self.text(pieces: round % 5 == 0 ? 40 : 6, &generator)
      let fill: Float? = round % 2 == 0 ? nil : 0
      do throws(FileError) {
        let reader = try LineReader(bytes: bytes, path: "x")
        let table =
          round % 4 < 2
          ? try TSReader.read(reader, fill: fill) : try RowsReader.read(reader, fill: fill)
        let tensor = try table.tensor(length: try TimeSeries.commonLength([table]))
        #expect(tensor.shape[0] == table.count)
        _ = table.targets.alone
        Self.check(table.count, nil)
        good += 1
      } catch {
        Self.check(0, error)
      }
    }
    #expect(good > 0)
  }

  @Test(arguments: 0..<8) func tableReaderNeverCrashes(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(1000 + seed))
    var good = 0
    for round in 0..<500 {
      let bytes = Self.text(pieces: round % 5 == 0 ? 40 : 6, &generator)
      var options = CSVOptions()
      options.label = [.last, .first, .absent, .named("a")][round % 4]
      options.regression = round % 3 == 0
      options.fill = round % 2 == 0 ? nil : 0
      do throws(FileError) {
        let spool = ValueSpool()
        let table = try CSVTable(
          try LineReader(bytes: bytes, path: "x"), options: options, into: spool)
        #expect(spool.count == table.count * table.featureCount)
        _ = table.targets.alone
        Self.check(table.count, nil)
        good += 1
      } catch {
        Self.check(0, error)
      }
    }
    #expect(good > 0)
  }
}
