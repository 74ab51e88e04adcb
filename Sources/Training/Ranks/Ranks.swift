import Engine

/// The processes that mpirun has begun, or others that do the same commands and learn together.
///
/// Process 0 reads commands and speaks. Every one of them calls the same functions in the same order, those of
/// steps on its training thread, those of commands on its main thread.
package protocol Ranks: StepPeers, Sendable {
  /// How many processes there are.
  var count: Int { get }

  /// Hands records of equal length round: those of all processes, by their numbers.
  ///
  /// - Parameter meanwhile: What is done again and again while others are waited for.
  /// - Throws: `RankFault`.
  func gather(_ record: [Int64], on channel: RankChannel, meanwhile: () -> Void) throws(RankFault)
    -> [[Int64]]

  /// Bytes of process 0, of which all know how many there are; on the channel of commands.
  ///
  /// - Throws: `RankFault`.
  func broadcast(_ bytes: [UInt8]) throws(RankFault) -> [UInt8]

  /// Sends bytes to one process, which takes them when it looks for letters of the kind; does not wait for that.
  ///
  /// - Throws: `RankFault`.
  func send(_ bytes: [UInt8], as kind: LetterKind, to rank: Int) throws(RankFault)

  /// A letter of a kind that has come, of any process.
  ///
  /// - Throws: `RankFault`.
  func letter(_ kind: LetterKind) throws(RankFault) -> (from: Int, bytes: [UInt8])?

  /// Whether a letter of a kind has come; safe to call from any thread.
  func hasLetter(_ kind: LetterKind) -> Bool

  /// Has all who wait give up, now and later; safe to call from any thread.
  func abandon()

  /// Whether waiting is given up.
  var isLost: Bool { get }

  /// Ends; every process has to, unless they are lost.
  func end()

  /// The same number for those that share the processors of a machine.
  var place: Int64 { get }

  /// What they talk over, such as `Open MPI v4.1.4`.
  var library: String { get }
}

/// What a letter from one process to another is about.
package enum LetterKind: Int32, Sendable {
  /// What a process has come to in its part of a sweep.
  case outcome

  /// Why a process has ended its part early.
  case failure

  /// That a process shall end its part.
  case stop

  /// The best network of a sweep.
  case network
}

/// What is talked about; messages of different channels may overtake each other.
package enum RankChannel: Int32, Sendable {
  case steps
  case commands

  /// Sums in the midst of a step.
  case statistics
}

/// Texts in records of a fixed length.
package enum RankText {
  /// A text cut to so many words of 8 bytes.
  package static func words(_ text: String, count: Int) -> [Int64] {
    var bytes = Array(text.utf8.prefix(count * 8))
    bytes += Array(repeating: 0, count: count * 8 - bytes.count)
    return (0..<count).map { word in
      bytes[word * 8..<word * 8 + 8].reversed().reduce(Int64(0)) { $0 << 8 | Int64($1) }
    }
  }

  /// The text of such words.
  package static func text(_ words: some Sequence<Int64>) -> String {
    let bytes = words.flatMap { word in
      (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
    }
    return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }
}
