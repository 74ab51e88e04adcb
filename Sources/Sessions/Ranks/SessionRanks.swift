import Engine
import Networks
import Training

/// The processes that run the same commands as this one; belongs to the main thread.
///
/// Process 0 hands each source to the others. Before a command, once it is answered and once its effects were
/// carried out all of them meet, so that it is done everywhere or refused everywhere.
package final class SessionRanks {
  let ranks: any Ranks
  private var number: Int64 = 0

  /// A source that process 0 has begun while this one was in the midst of another one.
  private var pending: [Int64]?

  /// Several processes; nothing where there is one.
  init?(_ ranks: any Ranks) {
    if ranks.count < 2 { return nil }
    self.ranks = ranks
  }

  /// Whether this process does what another one reads and says.
  package var isFollower: Bool { ranks.rank != 0 }

  /// How many processes there are.
  var count: Int { ranks.count }

  /// Whether there is memory for so many bytes; tests put another answer in its place.
  var hasMemory: (Int) -> Bool = { bytes in
    (try? AvailableMemory.check(bytes: bytes)) != nil
  }

  /// Where processes meet.
  enum Place: Int64 {
    case source = 1
    case command
    case answer
    case effects
    case sweep
    case network
  }

  /// What a process says where they meet.
  struct Word: Equatable {
    let rank: Int
    let status: Int64
    let text: String
  }

  /// Words of 8 bytes for a text.
  private static let textWords = 40

  /// Meets the other processes at a place within a source.
  ///
  /// - Throws: `RankFault.lost`, or `.refused` by a process that is elsewhere.
  func meet(at place: Place, status: Int64, text: String = "") throws(RankFault) -> [Word] {
    number += 1
    let record = [place.rawValue, number, status] + RankText.words(text, count: Self.textWords)
    let all = try ranks.gather(record, on: .commands) {}
    if let elsewhere = all.firstIndex(where: { $0[0] != place.rawValue || $0[1] != number }) {
      if all[0][0] == Place.source.rawValue { pending = all[0] }
      let reason = RankText.text(all[elsewhere].dropFirst(3))
      throw reason.isEmpty ? .apart(rank: elsewhere) : .refused(rank: elsewhere, reason: reason)
    }
    return all.enumerated().map { rank, record in
      Word(rank: rank, status: record[2], text: RankText.text(record.dropFirst(3)))
    }
  }

  /// Hands a source to the others, or tells them that there are no more; for process 0.
  ///
  /// - Throws: `RankFault.lost`.
  func announce(_ source: Source?) throws(RankFault) {
    let bytes = source.map(Self.bytes) ?? []
    number = 0
    let record = [Place.source.rawValue, 0, source == nil ? -1 : Int64(bytes.count)]
    _ = try ranks.gather(
      record + RankText.words("", count: Self.textWords), on: .commands
    ) {}
    if source != nil { _ = try ranks.broadcast(bytes) }
  }

  /// The next source that process 0 hands over, or nothing where there are no more; for the others.
  ///
  /// - Parameter refusal: Why this process has left the source before, told to those who are in it still.
  /// - Throws: `RankFault.lost`.
  func next(after refusal: String) throws(RankFault) -> Source? {
    number = 0
    let record = [Place.source.rawValue, 0, 0] + RankText.words(refusal, count: Self.textWords)
    var announced = pending
    pending = nil
    while announced == nil {
      let first = try ranks.gather(record, on: .commands) {}[0]
      if first[0] == Place.source.rawValue { announced = first }
    }
    guard let count = announced.map({ Int($0[2]) }), count >= 0 else { return nil }
    let bytes = try ranks.broadcast(Array(repeating: 0, count: count))
    guard let source = Self.source(bytes) else { throw .apart(rank: 0) }
    return source
  }

  // MARK: Sources as bytes

  /// The fields of a source, each behind its length.
  static func bytes(_ source: Source) -> [UInt8] {
    let (origin, path) =
      switch source.origin {
      case .prompt: ("prompt", "")
      case .argument: ("argument", "")
      case .standardInput: ("input", "")
      case .file(let path): ("file", path)
      }
    return ([origin, path, String(source.firstLine), source.text] + source.arguments).flatMap {
      field in
      let bytes = Array(field.utf8)
      return (0..<8).map { UInt8(truncatingIfNeeded: bytes.count >> ($0 * 8)) } + bytes
    }
  }

  /// The source of such bytes; nothing where they are no source.
  static func source(_ bytes: [UInt8]) -> Source? {
    var fields: [String] = []
    var rest = bytes[...]
    while rest.count >= 8 {
      let count = rest.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
      rest = rest.dropFirst(8)
      guard count >= 0, count <= rest.count else { return nil }
      fields.append(String(decoding: rest.prefix(count), as: UTF8.self))
      rest = rest.dropFirst(count)
    }
    guard rest.isEmpty, fields.count >= 4, let line = Int(fields[2]) else { return nil }
    let origin: Source.Origin
    switch fields[0] {
    case "prompt": origin = .prompt
    case "argument": origin = .argument
    case "input": origin = .standardInput
    case "file": origin = .file(fields[1])
    default: return nil
    }
    return Source(
      fields[3], from: origin, firstLine: line, arguments: Array(fields.dropFirst(4)))
  }
}
