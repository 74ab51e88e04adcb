import Foundation
import Testing

/// The built program where little memory may be taken: everything is refused with an error, nothing ends it.
@Suite(.serialized) struct MemoryLimitTests {
  private let home: Pseudoterminal.Home

  init() throws { home = try Pseudoterminal.Home() }

  /// Runs statements with so many KiB of addresses, and gives the ending and the output.
  private func run(kibibytes: Int, _ statements: String) throws -> (Pseudoterminal.Ending, String) {
    let program = try Pseudoterminal.espalier()
    let command = """
      cd "$FOLDER" && ulimit -v \(kibibytes) && exec "$ESPALIER" -e '\(statements)'
      """
    let terminal = try Pseudoterminal(
      "/bin/sh", ["-c", command],
      environment: home.environment([
        "ESPALIER": program, "NO_COLOR": "1", "FOLDER": home.folder.path,
      ]), columns: 150)
    let ending = try terminal.end()
    return (ending, terminal.screen.text)
  }

  /// Statements, refused or not, end nothing: what follows them is done.
  private func expectLife(
    kibibytes: Int, _ statements: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let (ending, screen) = try run(kibibytes: kibibytes, statements + "; print alive")
    #expect(
      ending == .exit(0) && screen.hasSuffix("alive"), "\(ending): \(screen)",
      sourceLocation: sourceLocation)
  }

  @Test(
    "what memory cannot hold is refused, and what was there goes on",
    arguments: [
      "input 3x224x224; add resnet50; init",
      "data moons count=100000000",
      "input 1; add dense 30000; add dense 30000; init",
      "data moons count=100000; batch 100000; add dense 2000; add dense 2; step",
      "input 4000; add dense 12000; save wide.esp",
      "data big.csv",
      "input 6000; add dense 30000; save w.safetensors",
      "input 6000; add dense 30000; init he dense1",
      "data digits; add conv 256 3; predict > p.csv",
      "data moons count=400000; add dense 2; predict first=400000",
      "data moons count=170000; add dense 400; predict first=170000",
    ])
  func refuses(statements: String) throws {
    let row = (0..<40).map { "\($0).25" }.joined(separator: ",") + ",1\n"
    let text = String(repeating: row, count: 120_000)
    try Data(text.utf8).write(to: home.folder.appending(path: "big.csv"))
    try expectLife(
      kibibytes: 450_000,
      "try { \(statements) }; net other; input 2; add dense 2; expect params == 6")
  }

  @Test(
    "many small tensors are refused as large ones are, wherever the limit is",
    arguments: Array(stride(from: 200_000, through: 320_000, by: 10_000)))
  func manySmallTensors(kibibytes: Int) throws {
    try expectLife(
      kibibytes: kibibytes,
      "try { input 2; repeat 40 { dense 400 }; save w.safetensors; init he; save w.safetensors }")
  }

  @Test(
    "wherever the limit is, the first thread and the examples that offers need take no reserve",
    arguments: Array(stride(from: 130_000, through: 265_000, by: 5_000)))
  func narrowBeginnings(kibibytes: Int) throws {
    try expectLife(
      kibibytes: kibibytes,
      "try { data moons count=100 }; try { predict }; undo; try { evaluate train }; try { trace }")
  }

  @Test(
    "parts of data are joined in the memory that was asked for",
    arguments: Array(stride(from: 250_000, through: 450_000, by: 20_000)))
  func joinedParts(kibibytes: Int) throws {
    try expectLife(
      kibibytes: kibibytes,
      "try { data waves count=20000 length=1000 }; try { split 0.2 }; try { normalize }")
  }

  @Test("a file without lines is refused by a part of it")
  func endlessLine() throws {
    try Data(count: 5 << 20).write(to: home.folder.appending(path: "zeros.esp"))
    for statement in ["source zeros.esp", "load zeros.esp"] {
      let (ending, screen) = try run(kibibytes: 300_000, statement)
      #expect(ending == .exit(1))
      #expect(
        screen.hasPrefix(
          "zeros.esp:1:1: error[E-LIMIT]: the text has 4259840 bytes, more than the 4194304 that are read"
        ), "\(screen)")
    }
  }

  @Test("a program that begins without a reserve says so and ends")
  func noReserve() throws {
    var refusals = 0
    for kibibytes in stride(from: 60_000, through: 150_000, by: 3_000) {
      let (ending, screen) = try run(kibibytes: kibibytes, "print alive")
      switch ending {
      case .exit(0): #expect(screen == "alive")
      case .exit(1):
        refusals += 1
        #expect(
          screen
            == "espalier: less than 32 MiB of memory are left to work in; try: ulimit -v unlimited")
      default: #expect(ending == .exit(127), "the loader: \(screen)")
      }
    }
    #expect(refusals > 3)
  }

  @Test("a step that does not fit is refused with a batch that does")
  func offeredBatch() throws {
    let start = "data moons count=4000; batch 4000; add dense 10000 act=relu; add dense 2"
    let (_, screen) = try run(kibibytes: 450_000, "\(start); step")
    let offer = try #require(screen.split(separator: "\n").last)
    #expect(screen.contains("error[E-MEMORY]: this needs 320 MB of memory, "), "\(screen)")
    #expect(offer.hasPrefix("  try: batch "), "\(screen)")
    try expectLife(
      kibibytes: 450_000, "\(start); \(offer.dropFirst("  try: ".count)); step; evaluate")
  }

  @Test("a network that fits trains to the bits it has with all memory")
  func fits() throws {
    let statements =
      "data digits; add conv 8 3; add relu; add gap; add dense 10; train 1; print $(loss)"
    let (ending, screen) = try run(kibibytes: 450_000, statements)
    let (free, all) = try run(kibibytes: 1 << 32, statements)
    #expect(ending == .exit(0) && free == .exit(0), "\(screen)")
    #expect(screen.split(separator: "\n").last == all.split(separator: "\n").last)
  }
}
