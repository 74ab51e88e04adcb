import CMessages
import Engine
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The processes of mpirun, which talk over MPI.
package final class MessageRanks: Ranks, Sendable {
  package let rank: Int
  package let count: Int

  /// The same number for those that share the processors of a machine.
  package var place: Int64 { espalier_messages_place() }

  /// The library, such as `Open MPI v4.1.4`.
  package let library: String

  /// The library that is there, begun or not; nothing where there is none.
  package static var installed: String? {
    let name = String(cString: espalier_messages_library())
    return name.isEmpty ? nil : name
  }
  private let isAbandoned = Atomic(false)

  /// Tells whether the process is being ended.
  private let isEnding: @Sendable () -> Bool

  /// The sums of a step that go on.
  private let sums = Mutex<[Int32]>([])

  /// Why there are none.
  package enum Refusal: Error, Hashable, Sendable {
    /// The library is not there.
    case noLibrary

    /// The library does not begin, or not so that several threads may use it.
    case refused

    /// Another library than that of the mpirun that has begun the processes, which does not know of the others.
    case stranger(library: String)

    fileprivate init?(_ status: Int32) {
      switch status {
      case Int32(ESPALIER_MESSAGES_BEGUN.rawValue): return nil
      case Int32(ESPALIER_MESSAGES_NO_LIBRARY.rawValue): self = .noLibrary
      default: self = .refused
      }
    }
  }

  /// Opens MPI and begins; once in a process.
  ///
  /// - Parameters:
  ///   - launched: How many there are as mpirun says.
  ///   - usesPMI: Whether only PMI tells of them, as with MPICH's mpirun; else it was Open MPI's.
  ///   - isEnding: Asked while others are waited for; where it holds, waiting is over.
  /// - Throws: `Refusal`.
  package init(launched: Int, usesPMI: Bool, isEnding: @escaping @Sendable () -> Bool)
    throws(Refusal)
  {
    let launcher = usesPMI ? ESPALIER_MESSAGES_PMI : ESPALIER_MESSAGES_OPEN_MPI
    if let refusal = Refusal(espalier_messages_begin(Int32(launcher.rawValue))) { throw refusal }
    rank = Int(espalier_messages_rank())
    count = Int(espalier_messages_count())
    library = String(cString: espalier_messages_library())
    self.isEnding = isEnding
    if count != launched {
      espalier_messages_end()
      throw .stranger(library: library)
    }
  }

  /// Ends; every process has to, unless they are lost.
  package func end() {
    if !isLost { espalier_messages_end() }
  }

  /// Has all who wait give up; safe to call from any thread.
  package func abandon() { isAbandoned.store(true, ordering: .releasing) }

  /// The sums of values over all processes.
  ///
  /// - Throws: `RankFault.lost`, as all that follows.
  package func sum(_ values: [Double]) throws(RankFault) -> [Double] {
    try sum(values, on: .steps)
  }

  /// As `sum`, on a channel of its own, since sums of gradients may be on their way.
  package func sumStatistics(_ values: [Double]) throws(RankFault) -> [Double] {
    try sum(values, on: .statistics)
  }

  private func sum(_ values: [Double], on channel: RankChannel) throws(RankFault) -> [Double] {
    var sums = values
    let fault = sums.withUnsafeMutableBufferPointer { sums -> RankFault? in
      let message = espalier_messages_sum_doubles(
        channel.rawValue, sums.baseAddress, Int32(truncatingIfNeeded: sums.count))
      return wait(for: message) {}
    }
    if let fault { throw fault }
    return sums
  }

  /// Why the first process that could not take its part could not.
  package func refusal(_ own: String?) throws(RankFault) -> RankFault {
    let words = 32
    let record = [Int64(own == nil ? 0 : 1)] + RankText.words(own ?? "", count: words)
    let all = try gather(record, on: .steps) {}
    let rank = all.firstIndex { $0[0] != 0 } ?? 0
    return .refused(rank: rank, reason: RankText.text(all[rank].dropFirst()))
  }

  /// Begins to replace values by their sums over all processes.
  package func beginSum(_ values: UnsafeMutablePointer<Float>, count: Int) throws(RankFault) {
    var first = 0
    while first < count {
      let part = min(count - first, Self.mostFloats)
      let message = espalier_messages_sum_floats(
        RankChannel.steps.rawValue, values + first, Int32(truncatingIfNeeded: part))
      if message < 0 { abandon() }
      if isLost { throw .lost }
      first += part
      // Those that were begun go on while they are asked for.
      sums.withLock { sums in
        sums.removeAll { espalier_messages_test($0) == 1 }
        sums.append(message)
      }
    }
  }

  /// Asks for sums that were begun, which lets them go on.
  package func nudgeSums() {
    sums.withLock { sums in sums.removeAll { espalier_messages_test($0) == 1 } }
  }

  /// Waits for all sums that were begun.
  package func finishSums() throws(RankFault) {
    for message in sums.withLock({ sums in
      defer { sums = [] }
      return sums
    }) {
      if let fault = wait(for: message, {}) { throw fault }
    }
  }

  /// The records of all processes, by their numbers.
  package func gather(
    _ record: [Int64], on channel: RankChannel, meanwhile: () -> Void
  ) throws(RankFault) -> [[Int64]] {
    var all = Array(repeating: Int64(0), count: record.count * count)
    let fault = record.withUnsafeBytes { record in
      all.withUnsafeMutableBytes { all in
        let message = espalier_messages_gather(
          channel.rawValue, record.baseAddress, all.baseAddress,
          Int32(truncatingIfNeeded: record.count))
        return self.wait(for: message, meanwhile)
      }
    }
    if let fault { throw fault }
    return (0..<count).map { Array(all[$0 * record.count..<($0 + 1) * record.count]) }
  }

  /// Bytes of process 0.
  package func broadcast(_ bytes: [UInt8]) throws(RankFault) -> [UInt8] {
    var bytes = bytes
    let fault = bytes.withUnsafeMutableBytes { bytes -> RankFault? in
      for first in stride(from: 0, to: bytes.count, by: Self.mostBytes) {
        let part = UnsafeMutableRawBufferPointer(rebasing: bytes[first...].prefix(Self.mostBytes))
        let message = espalier_messages_broadcast(
          RankChannel.commands.rawValue, part.baseAddress, Int32(truncatingIfNeeded: part.count))
        if let fault = self.wait(for: message, {}) { return fault }
      }
      return nil
    }
    if let fault { throw fault }
    return bytes
  }

  /// A letter that was sent and has perhaps not come yet, with the address of its bytes.
  private struct Letter {
    let message: Int32
    let address: UInt
  }
  private let letters = Mutex<[Letter]>([])

  /// Letters on their way before another one waits for the first of them.
  private static let mostLetters = 64

  /// Pieces of letters that have come.
  private let pieces = Mutex(LetterPieces(most: mostBytes))

  /// Sends bytes to one process.
  ///
  /// - Throws: `RankFault.lost`.
  package func send(_ bytes: [UInt8], as kind: LetterKind, to rank: Int) throws(RankFault) {
    for piece in pieces.withLock({ $0.pieces(of: bytes) }) { try send(piece, as: kind, to: rank) }
  }

  private func send(_ bytes: ArraySlice<UInt8>, as kind: LetterKind, to rank: Int)
    throws(RankFault)
  {
    forgetLetters()
    while letters.withLock({ $0.count }) >= Self.mostLetters {
      if isLost { throw .lost }
      usleep(1_000)
      forgetLetters()
    }
    let copy = UnsafeMutableRawPointer.allocate(byteCount: max(bytes.count, 1), alignment: 8)
    bytes.withUnsafeBytes { bytes in
      if let start = bytes.baseAddress { copy.copyMemory(from: start, byteCount: bytes.count) }
    }
    let message = espalier_messages_send(
      Int32(truncatingIfNeeded: rank), kind.rawValue, copy, Int32(truncatingIfNeeded: bytes.count))
    if message < 0 {
      copy.deallocate()
      throw .lost
    }
    let letter = Letter(message: message, address: UInt(bitPattern: copy))
    letters.withLock { $0.append(letter) }
  }

  /// Gives the memory of letters back that have come.
  private func forgetLetters() {
    letters.withLock { letters in
      letters.removeAll { letter in
        if espalier_messages_test(letter.message) == 0 { return false }
        UnsafeMutableRawPointer(bitPattern: letter.address)?.deallocate()
        return true
      }
    }
  }

  /// A letter of a kind that has come.
  ///
  /// - Throws: `RankFault.lost`.
  package func letter(_ kind: LetterKind) throws(RankFault) -> (from: Int, bytes: [UInt8])? {
    forgetLetters()
    while true {
      if isLost { throw .lost }
      var (rank, count): (Int32, Int32) = (0, 0)
      let status = espalier_messages_look(kind.rawValue, &rank, &count)
      if status < 0 { throw .lost }
      if status == 0 { return nil }
      var bytes = Array(repeating: UInt8(0), count: Int(max(count, 0)))
      let fault = bytes.withUnsafeMutableBytes { bytes in
        wait(for: espalier_messages_receive(rank, kind.rawValue, bytes.baseAddress, count)) {}
      }
      if let fault { throw fault }
      let sender = Int(rank)
      if let letter = pieces.withLock({ $0.take(bytes, kind, from: sender) }) {
        return (sender, letter)
      }
    }
  }

  /// Whether a letter of a kind has come.
  package func hasLetter(_ kind: LetterKind) -> Bool {
    var (rank, count): (Int32, Int32) = (0, 0)
    return espalier_messages_look(kind.rawValue, &rank, &count) == 1
  }

  /// Floats and bytes of one message at most: MPI counts by numbers of 32 bits, and letters on their way are copies.
  private static let mostFloats = 1 << 26
  private static let mostBytes = 1 << 24

  /// Whether nobody can be waited for any more.
  package var isLost: Bool { isAbandoned.load(ordering: .acquiring) || isEnding() }

  /// Waits for a message: looks without a pause for about the time that a short one takes, then sleeps between
  /// looks, so that others have the core where there are more of them than cores.
  private func wait(for message: Int32, _ meanwhile: () -> Void) -> RankFault? {
    if message < 0 { return .lost }
    var looks = 0
    while true {
      // Nobody asks the library any more then, so that it writes to no memory that is given back.
      let status = isLost ? -1 : espalier_messages_test(message)
      if status > 0 { return nil }
      if status < 0 {
        abandon()
        return .lost
      }
      meanwhile()
      looks += 1
      if looks > 500 { usleep(looks < 10_000 ? 50 : 1_000) }
    }
  }
}
