import Foundation
import Interchange
import Testing
import Training

@testable import Sessions

/// Data that is larger than what may be held: what it takes in time and memory.
///
/// `ESPALIER_LARGE_MB` is the size of the array, 256 without it; `ESPALIER_LARGE_ROWS` the rows of the table, 200,000 without it.
@Suite(.serialized) struct LargeDataProofs {
  private static let proves = ProcessInfo.processInfo.environment["ESPALIER_PROVE"] == "1"

  private static func number(_ variable: String, _ preset: Int) -> Int {
    ProcessInfo.processInfo.environment[variable].flatMap { Int($0) } ?? preset
  }

  private let folder = FileManager.default.temporaryDirectory.path + "/espalier-large-\(UUID())"

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  /// Seconds and the most memory at once in MB, and prints both.
  private func measured(_ what: String, _ work: () -> String) -> (text: String, peak: Int) {
    try? "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
    let start = ContinuousClock().now
    let text = work()
    let time = start.duration(to: ContinuousClock().now)
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
    let peak = Int(line.filter(\.isNumber)).map { $0 / 1024 } ?? 0
    print(
      "\(what): \(time.formatted(.units(allowed: [.seconds], fractionalPart: .show(length: 2)))), \(peak) MB"
    )
    return (text, peak)
  }

  @Test(.enabled(if: proves, "needs ESPALIER_PROVE=1"))
  func array() throws {
    let count = Self.number("ESPALIER_LARGE_MB", 256) * 1_000_000 / 3072
    let header = "{'descr': '|u1', 'fortran_order': False, 'shape': (\(count), 3, 32, 32), }"
    let start =
      [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(header.utf8)
      + [UInt8](repeating: 0x20, count: 117 - header.utf8.count) + [10]
    let path = folder + "/big.npy"
    #expect(FileManager.default.createFile(atPath: path, contents: Data(start)))
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.seekToEnd()
    var random = SeededGenerator(seed: 1)
    for first in stride(from: 0, to: count, by: 4096) {
      let size = min(4096, count - first) * 3072
      let words = (0..<(size + 7) / 8).map { _ in random.next() }
      try handle.write(contentsOf: words.withUnsafeBytes { Data($0.prefix(size)) })
    }
    try handle.close()
    let labels = "{'descr': '|u1', 'fortran_order': False, 'shape': (\(count),), }"
    let labelled =
      [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(labels.utf8)
      + [UInt8](repeating: 0x20, count: 117 - labels.utf8.count) + [10]
      + (0..<count).map { UInt8($0 % 10) }
    try Data(labelled).write(to: URL(filePath: folder + "/y.npy"))
    let session = Session()
    session.storage = RowStorage(bound: 64 << 20)
    let (text, _) = measured("data") { session.answer("data \(path) labels=\(folder)/y.npy").text }
    #expect(text.contains("in the file, read by the batch"), "\(text)")
    session.answer("add conv2d 8 3 stride=2; add bn; add relu; add gap; add dense 10; batch 64")
    let (answer, peak) = measured("train 100 steps") { session.answer("train 100 steps").text }
    #expect(answer.contains("trained main for 100 steps"), "\(answer)")
    #expect(peak < 1024)
    try FileManager.default.removeItem(atPath: folder)
  }

  @Test(.enabled(if: proves, "needs ESPALIER_PROVE=1"))
  func table() throws {
    var random = SeededGenerator(seed: 1)
    var text = (0..<10).map { "c\($0)," }.joined() + "label\n"
    for row in 0..<Self.number("ESPALIER_LARGE_ROWS", 200_000) {
      for _ in 0..<10 { text += "\(random.normal())," }
      text += "\(row % 5)\n"
    }
    try text.write(toFile: folder + "/big.csv", atomically: false, encoding: .utf8)
    text = ""
    var answers: [String] = []
    for what in ["read", "kept"] {
      let session = Session()
      session.storage = RowStorage(bound: 1 << 22, folder: folder + "/cache")
      answers.append(
        measured("data, \(what)") { session.answer("data \(folder)/big.csv").text }.text)
    }
    #expect(answers[0] == answers[1])
    #expect(answers[0].contains("in the file, read by the batch"))
    try FileManager.default.removeItem(atPath: folder)
  }
}
