import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Letters that have come while this process was busy.
package final class LetterBox: Sendable {
  private let ranks: any Ranks
  private let letters = Mutex<[(from: Int, bytes: [UInt8])]>([])

  init(_ ranks: any Ranks) { self.ranks = ranks }

  /// Fetches what has come; safe to call from any thread.
  func fetch() {
    letters.withLock { letters in
      while let letter = try? ranks.letter(.outcome) { letters.append(letter) }
    }
  }

  /// Takes what was fetched and what has come since, in order.
  func take() -> [(from: Int, bytes: [UInt8])] {
    fetch()
    return letters.withLock { letters in
      defer { letters = [] }
      return letters
    }
  }

  /// Waits for a moment, in which others may do something.
  package static func pause() { usleep(2_000) }
}
