/// Letters of any length in messages of a bounded one: MPI counts bytes by numbers of 32 bits.
///
/// A letter goes as pieces of `most` bytes, of which the last one is shorter, perhaps empty.
struct LetterPieces {
  /// Bytes of a piece at most.
  let most: Int

  /// Which letters do not mix: pieces of one sender and kind come in order.
  private struct Line: Hashable {
    let kind: LetterKind
    let sender: Int
  }
  private var begun: [Line: [UInt8]] = [:]

  /// No letters yet, in pieces of at most so many bytes, which all processes have to know.
  init(most: Int) { self.most = max(most, 1) }

  /// The pieces of a letter.
  func pieces(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    (0...bytes.count / most).map { piece in
      bytes[piece * most..<min(bytes.count, (piece + 1) * most)]
    }
  }

  /// Takes a piece that has come; the letter of which it is the last one.
  mutating func take(_ piece: [UInt8], _ kind: LetterKind, from sender: Int) -> [UInt8]? {
    let line = Line(kind: kind, sender: sender)
    if piece.count < most, begun[line] == nil { return piece }
    begun[line, default: []] += piece
    return piece.count < most ? begun.removeValue(forKey: line) : nil
  }
}
