import Networks
import Testing

@testable import Training

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite struct DigitsTests {
  /// The sample file beside the checkout, or nothing.
  private static let file: String? = {
    let parent = #filePath.split(separator: "/").dropLast(5).joined(separator: "/")
    let path = "/\(parent)/shared/data/digits/digits.csv"
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }()

  @Test func countsAndSumAreThoseOfTheSet() {
    let examples = Digits.examples
    #expect(examples.inputs.shape == [1797, 1, 8, 8])
    #expect(examples.classCounts == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
    #expect(examples.inputs.values.reduce(0) { $0 + Double($1) } * 16 == 561_718)
    #expect(
      examples.inputs.values.allSatisfy { (0...1).contains($0) && $0 * 16 == ($0 * 16).rounded() })
  }

  @Test func firstDigitLooksLikeAZero() {
    let rows = stride(from: 0, to: 64, by: 8).map { start in
      Digits.examples.inputs.values[start..<start + 8].map { Int($0 * 16) }
    }
    #expect(
      rows == [
        [0, 0, 5, 13, 9, 1, 0, 0], [0, 0, 13, 15, 10, 15, 5, 0], [0, 3, 15, 2, 0, 11, 8, 0],
        [0, 4, 12, 0, 0, 8, 8, 0], [0, 5, 8, 0, 0, 9, 8, 0], [0, 4, 11, 0, 1, 12, 7, 0],
        [0, 2, 14, 5, 10, 12, 0, 0], [0, 0, 6, 13, 10, 0, 0, 0],
      ])
  }

  @Test func partsAreTheFirstAndTheLastDigits() throws {
    let set = Digits.dataset
    #expect(set.train.count == 1437)
    let test = try #require(set.test)
    #expect(test.count == 360)
    #expect(set.train.inputs.values + test.inputs.values == Digits.examples.inputs.values)
    #expect(try set.split(0.8, seed: 1).train.count == 1437)
  }

  @Test(.enabled(if: file != nil, "needs the sample files in ../shared/data"))
  func everyDigitIsThatOfTheOriginalFile() throws {
    let text = try String(contentsOfFile: #require(Self.file), encoding: .utf8)
    let rows = text.split(whereSeparator: \.isNewline).map { row in
      row.split(separator: ",").compactMap { Float($0) }
    }
    #expect(rows.flatMap { $0.dropLast().map { $0 / 16 } } == Digits.examples.inputs.values)
    guard case .classes(let labels, _) = Digits.examples.targets else {
      Issue.record("classes were expected")
      return
    }
    #expect(rows.map { Int32($0[64]) } == labels)
  }
}
