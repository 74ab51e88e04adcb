import Foundation
import Glibc
import Testing

/// Keys at random, the same in every run: all bytes, sequences, words, pastes and window sizes.
struct KeyWalk {
  /// A thing that a user may do.
  enum Move {
    case keys([UInt8])
    case resize(Int, Int)

    /// Waits until everything is read, so that keys do not come all at once.
    case pause
  }

  private var generator: SeededGenerator
  private let bound: [String]

  /// A walk.
  ///
  /// - Parameter bound: key sequences to which functions are bound.
  init(seed: UInt64, bound: [String]) {
    generator = SeededGenerator(seed: seed)
    self.bound = bound
  }

  private mutating func number(below limit: Int) -> Int {
    Int.random(in: 0..<limit, using: &generator)
  }

  private mutating func any<Element>(_ list: [Element]) -> Element {
    list[number(below: list.count)]
  }

  private static let sequences = [
    "\u{1B}[A", "\u{1B}[B", "\u{1B}[C", "\u{1B}[D", "\u{1B}OA", "\u{1B}[1;5C", "\u{1B}[1;2A",
    "\u{1B}[3~", "\u{1B}[H", "\u{1B}[F", "\u{1B}[5~", "\u{1B}[6~", "\u{1B}OQ", "\u{1B}OR",
    "\u{1B}[<64;10;5M", "\u{1B}[", "\u{1B}", "\u{1B}\u{1B}", "\u{12}", "\u{13}", "\u{1F}",
    "\u{18}\u{15}", "\u{1B}<", "\u{1B}>", "\u{10}", "\u{E}", "\u{1B}n", "\u{1B}p", "\u{19}",
    "\u{1B}y", "\u{1B}.", "\u{1B}_", "\u{1D}", "\u{1B}\u{1D}", "\u{11}", "\u{16}", "\u{1B}3",
    "\u{1B}-", "\u{1B}0", "\u{18}(", "\u{18})", "\u{18}e", "\u{F}", "\r", "\r", "\n", "\t",
    "\u{1B}?", "\u{1B}*", "\u{1B}/", "\u{18}\u{18}", "\u{18}\u{12}", "\u{1B}#", "\u{1B}r", "\u{B}",
    "\u{15}", "\u{7}", "\u{8}", "\u{7F}", "\u{1B}\u{7F}", "\u{1B}t", "\u{14}", "\u{1B}u", "\u{1B}l",
    "\u{1B}c", "\u{1B}d", "\u{1}", "\u{5}", "\u{1B}\t", "\u{1B}&", "\u{1B}~", "\u{1B}\\",
    "\u{18}*", "\u{18}?", "\u{1B}\n", "\u{1B}\r", "\u{3}", "ä", "€", "日本", "e\u{301}", "\u{18}",
    ".", "cw", "dd", "fx", ";", "yy", "p", "~", "n", "u", "i", "A",
  ]

  private static let words = [
    "print on", "help", "input 1x64", "add conv 4 3", "add residual {", "}", "undo", "redo", "tree",
    "for i in 1..2 { print $i }", "nonsense", "add con\t", "data xor", "print a  b < c >", "quit",
    "# a comment", "show conv1", "price", "print \"half",
  ]

  /// The next thing to do.
  mutating func next() -> Move {
    switch number(below: 100) {
    case ..<25: return .keys([byte()])
    case ..<45: return .keys(Array(any(Self.sequences).utf8))
    case ..<60:
      guard !bound.isEmpty else { return .keys(Array(any(Self.sequences).utf8)) }
      let count = any(["", "", "", "\u{1B}-", "\u{1B}3", "\u{1B}-3", "\u{1B}0"])
      return .keys(Array((count + any(bound)).utf8))
    case ..<66: return .keys([0x1B, byte()])
    case ..<70: return .keys([0x18, byte()])
    case ..<77: return .keys(Array(any(Self.words).utf8) + (number(below: 2) == 0 ? [13] : []))
    case ..<81: return .keys((0..<number(below: 30)).map { _ in byte() })
    case ..<84:
      let text = any(["pasted", "two\nlines", "print on\r\nprint off\r\n", "ä€\u{1B}[A", "日本"])
      let end = number(below: 8) == 0 ? "" : "\u{1B}[201~"
      return .keys(Array(("\u{1B}[200~" + text + end).utf8))
    case ..<88: return .resize(number(below: 130), number(below: 45))
    default: return .pause
    }
  }

  /// Any byte; Ctrl-\ alone is left out, since it shall end the program.
  private mutating func byte() -> UInt8 {
    let byte = UInt8(number(below: 256))
    return byte == 0x1C ? 0x20 : byte
  }
}
