import Testing

@testable import Training

/// Letters of any length in messages of a bounded one.
@Suite struct LetterPiecesTests {
  @Test("letters of any length come through, whatever comes between their pieces")
  func comesThrough() {
    let letters = LetterPieces(most: 4)
    func letter(_ count: Int, _ first: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: first + $0) }
    }
    #expect(
      letters.pieces(of: letter(9, 0)).map { Array($0) } == [[0, 1, 2, 3], [4, 5, 6, 7], [8]])
    #expect(letters.pieces(of: letter(4, 0)).map { Array($0) } == [[0, 1, 2, 3], []])
    #expect(letters.pieces(of: []).map { Array($0) } == [[]])
    // Lines of letters, whose pieces come by turns.
    let lines: [(kind: LetterKind, sender: Int, letters: [[UInt8]])] = [
      (.outcome, 1, [letter(0, 0), letter(13, 10), letter(4, 30)]),
      (.outcome, 2, [letter(8, 40), letter(3, 50), letter(5, 60)]),
      (.network, 1, [letter(21, 70), letter(1, 99)]),
    ]
    var taken = LetterPieces(most: 4)
    var waiting = lines.map { line in line.letters.flatMap { letters.pieces(of: $0) }[...] }
    var come: [[[UInt8]]] = [[], [], []]
    while waiting.contains(where: { !$0.isEmpty }) {
      for index in lines.indices {
        guard let piece = waiting[index].popFirst() else { continue }
        let (kind, sender, _) = lines[index]
        if let whole = taken.take(Array(piece), kind, from: sender) { come[index].append(whole) }
      }
    }
    #expect(come == lines.map(\.letters))
  }
}
