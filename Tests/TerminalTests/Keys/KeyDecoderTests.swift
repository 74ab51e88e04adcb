import Testing

@testable import Terminal

/// Bytes to keys: every sequence in use, split anywhere, and nothing lost.
struct KeyDecoderTests {
  static let table: [(String, Key)] = [
    ("a", Key(.character("a"))), ("é", Key(.character("é"))), ("漢", Key(.character("漢"))),
    ("😀", Key(.character("😀"))), ("\r", Key(.enter)), ("\t", Key(.tab)),
    ("\u{7F}", Key(.backspace)), ("\u{01}", .control("a")), ("\u{12}", .control("r")),
    ("\u{08}", .control("h")), ("\n", .control("j")), ("\0", .control(" ")),
    ("\u{1F}", .control("_")), ("\u{1B}b", Key(.character("b"), .meta)),
    ("\u{1B}é", Key(.character("é"), .meta)), ("\u{1B}\u{7F}", Key(.backspace, .meta)),
    ("\u{1B}\r", Key(.enter, .meta)), ("\u{1B}\u{12}", Key(.character("r"), [.meta, .control])),
    ("\u{1B}[A", Key(.up)), ("\u{1B}OA", Key(.up)), ("\u{1B}[1;5D", Key(.left, .control)),
    ("\u{1B}[1;2C", Key(.right, .shift)), ("\u{1B}[1;3B", Key(.down, .meta)),
    ("\u{1B}[1;9B", Key(.down, .meta)), ("\u{1B}[1;8A", Key(.up, [.shift, .meta, .control])),
    ("\u{1B}[H", Key(.home)), ("\u{1B}[F", Key(.end)), ("\u{1B}[1~", Key(.home)),
    ("\u{1B}[4~", Key(.end)), ("\u{1B}[7~", Key(.home)), ("\u{1B}[8~", Key(.end)),
    ("\u{1B}[2~", Key(.insert)), ("\u{1B}[3~", Key(.delete)), ("\u{1B}[5~", Key(.pageUp)),
    ("\u{1B}[6~", Key(.pageDown)), ("\u{1B}[5;5~", Key(.pageUp, .control)),
    ("\u{1B}[6^", Key(.pageDown, .control)), ("\u{1B}[a", Key(.up, .shift)),
    ("\u{1B}Oa", Key(.up, .control)), ("\u{1B}OP", Key(.function(1))),
    ("\u{1B}[[B", Key(.function(2))), ("\u{1B}[13~", Key(.function(3))),
    ("\u{1B}[15~", Key(.function(5))), ("\u{1B}[24~", Key(.function(12))),
    ("\u{1B}[1;2P", Key(.function(1), .shift)), ("\u{1B}O5P", Key(.function(1), .control)),
    ("\u{1B}[Z", Key(.tab, .shift)), ("\u{1B}OM", Key(.enter)),
    ("\u{1B}Ok", Key(.character("+"))), ("\u{1B}[27;5;9~", Key(.tab, .control)),
    ("\u{1B}[97;5u", Key(.character("a"), .control)), ("\u{1B}\u{1B}[A", Key(.up, .meta)),
    ("\u{1B}[<64;10;3M", Key(.mouse(.wheelUp, Point(9, 2)))),
    ("\u{1B}[<65;1;1M", Key(.mouse(.wheelDown, Point(0, 0)))),
    ("\u{1B}[<68;1;1M", Key(.mouse(.wheelUp, Point(0, 0)), .shift)),
    ("\u{1B}[<0;5;6M", Key(.mouse(.press(0), Point(4, 5)))),
    ("\u{1B}[<2;5;6m", Key(.mouse(.release(2), Point(4, 5)))),
    ("\u{1B}[<35;5;6M", Key(.mouse(.motion, Point(4, 5)))),
    ("\u{1B}[<0;0;6M", Key(.unknown)),
    ("\u{1B}[<99999999999999999999;1;1M", Key(.mouse(.press(0), Point(0, 0)))),
    ("\u{1B}[I", Key(.unknown)), ("\u{1B}[?1;2c", Key(.unknown)), ("\u{1B}[99~", Key(.unknown)),
    ("\u{1B}[200~two\r\nlines\u{1B}[A\u{1B}[201~", Key(.paste(Array("two\r\nlines\u{1B}[A".utf8)))),
    ("\u{1B}[200~\u{1B}[201~", Key(.paste([]))),
  ]

  @Test(arguments: table.indices)
  func aSequenceIsOneKeyHoweverItIsSplit(index: Int) {
    let (text, key) = Self.table[index]
    let bytes = Array(text.utf8)
    var whole = KeyDecoder()
    #expect(whole.feed(bytes) == [KeyPress(key, bytes)])
    #expect(!whole.isWaiting && !whole.isPasting)
    for split in 1..<max(1, bytes.count) {
      var decoder = KeyDecoder()
      var presses = decoder.feed(bytes[..<split])
      presses += decoder.feed(bytes[split...])
      #expect(presses == [KeyPress(key, bytes)], "split after \(split)")
    }
    var single = KeyDecoder()
    #expect(bytes.flatMap { single.feed([$0]) } == [KeyPress(key, bytes)])
  }

  @Test(arguments: [
    ("\u{1B}", [Key(.escape)]), ("\u{1B}\u{1B}", [Key(.escape), Key(.escape)]),
    ("\u{1B}[", [Key(.character("["), .meta)]), ("\u{1B}O", [Key(.character("O"), .meta)]),
    ("\u{1B}[1;5", [Key(.unknown)]), ("\u{1B}[5$", [Key(.pageUp, .shift)]),
    ("\u{1B}[[", [Key(.unknown)]),
  ])
  func timeFinishesWhatWasBegun(text: String, keys: [Key]) {
    var decoder = KeyDecoder()
    var presses = decoder.feed(Array(text.utf8))
    #expect(decoder.isWaiting)
    presses += decoder.flush()
    #expect(presses.map(\.key) == keys)
    #expect(presses.flatMap(\.bytes) == Array(text.utf8))
    #expect(!decoder.isWaiting)
  }

  @Test func aSequenceBrokenOffByAControlGivesBoth() {
    var decoder = KeyDecoder()
    #expect(decoder.feed(Array("\u{1B}[1;\r".utf8)).map(\.key) == [Key(.unknown), Key(.enter)])
    #expect(
      decoder.feed(Array("\u{1B}[\u{03}".utf8)).map(\.key)
        == [Key(.character("["), .meta), .control("c")])
  }

  @Test func brokenUTF8IsPassedOnByteByByte() {
    var decoder = KeyDecoder()
    let bytes: [UInt8] = [0xFF, 0xC3, 0x28, 0xE2, 0x82, 0x41, 0xC0, 0x80, 0xED, 0xA0, 0x80]
    let presses = decoder.feed(bytes)
    #expect(presses.flatMap(\.bytes) == bytes)
    #expect(
      presses.map(\.key)
        == [.unknown, .unknown, .character("("), .unknown, .unknown, .character("A")].map {
          Key($0)
        }
        + Array(repeating: Key(.unknown), count: 5))
  }

  @Test func withoutUTF8EveryByteStandsAlone() {
    var decoder = KeyDecoder(readsUTF8: false)
    #expect(decoder.feed([0xC3, 0xA9]).map(\.bytes) == [[0xC3], [0xA9]])
    #expect(!decoder.isWaiting)
  }

  @Test func aPasteOfTwentyThousandBytesComesInOnePiece() {
    let text = Array(String(repeating: "add conv 10 3; bn; relu # 残差\n", count: 640).utf8)
    #expect(text.count > 20_000)
    var decoder = KeyDecoder()
    var presses: [KeyPress] = []
    let bytes = Array("\u{1B}[200~".utf8) + text + Array("\u{1B}[201~x".utf8)
    for start in stride(from: 0, to: bytes.count, by: 7) {
      presses += decoder.feed(bytes[start..<min(start + 7, bytes.count)])
      #expect(decoder.isPasting == (presses.isEmpty && start >= 0 && start + 7 >= 6))
    }
    #expect(presses.map(\.key) == [Key(.paste(text)), Key(.character("x"))])
  }

  @Test func anUnfinishedPasteIsKeptUntilItIsGivenUp() {
    var decoder = KeyDecoder()
    #expect(decoder.feed(Array("\u{1B}[200~half".utf8)).isEmpty)
    #expect(decoder.isPasting && !decoder.isWaiting)
    #expect(decoder.flush().isEmpty)
    #expect(decoder.abandonPaste().map(\.key) == [Key(.paste(Array("half".utf8)))])
    #expect(decoder.feed([0x61]).map(\.key) == [Key(.character("a"))])
  }

  @Test func noByteIsLostWhateverComes() {
    var random = SeededGenerator(seed: 11)
    let pieces: [[UInt8]] =
      Self.table.map { Array($0.0.utf8) } + [
        [0x1B], [0x1B, 0x5B], [0x1B, 0x4F], [0xC3], [0xF0, 0x9F], [0xFF], Array("\u{1B}[201~".utf8),
        Array("\u{1B}[200~".utf8), Array(repeating: 0x31, count: 70),
        Array("\u{1B}[".utf8) + Array(repeating: 0x31, count: 90),
      ]
    for _ in 0..<400 {
      var decoder = KeyDecoder()
      var sent: [UInt8] = []
      var received: [UInt8] = []
      for _ in 0..<Int.random(in: 1...12, using: &random) {
        var piece = pieces.randomElement(using: &random) ?? []
        if Bool.random(using: &random) { piece = [UInt8.random(in: 0...255, using: &random)] }
        sent += piece
        received += decoder.feed(piece).flatMap(\.bytes)
        if Int.random(in: 0..<4, using: &random) == 0 {
          received += decoder.flush().flatMap(\.bytes)
        }
      }
      received += decoder.flush().flatMap(\.bytes)
      received += decoder.abandonPaste().flatMap(\.bytes)
      #expect(received == sent)
    }
  }
}
