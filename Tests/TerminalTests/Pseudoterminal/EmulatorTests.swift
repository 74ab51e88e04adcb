import Testing

/// The emulator that other tests look through shows what a terminal would.
@Suite struct EmulatorTests {
  private func screen(_ text: String, columns: Int = 10, rows: Int = 4) -> Emulator {
    var emulator = Emulator(columns: columns, rows: rows)
    emulator.feed(text.utf8)
    return emulator
  }

  @Test(arguments: [
    ("abc\r\nde\u{8}f", "abc\ndf", 2, 1),
    ("0123456789", "0123456789", 9, 0),
    ("0123456789a", "0123456789\na", 1, 1),
    ("0123456789\rx", "x123456789", 1, 0),
    ("1\r\n2\r\n3\r\n4\r\n5", "2\n3\n4\n5", 1, 3),
    ("a\tb", "a       b", 9, 0),
    ("漢字x", "漢字x", 5, 0),
    ("123456789漢", "123456789\n漢", 2, 1),
    ("漢\rx", "x", 1, 0),
    ("e\u{301}x", "e\u{301}x", 2, 0),
    ("\u{1B}[2;3Hx\u{1B}[1;1Hy", "y\n  x", 1, 0),
    ("abc\u{1B}[2Dx\u{1B}[A\u{1B}[Cy", "axcy", 4, 0),
    ("abcdef\u{1B}[3G\u{1B}[K", "ab", 2, 0),
    ("abcdef\u{1B}[3G\u{1B}[1K", "   def", 2, 0),
    ("abcdef\u{1B}[3G\u{1B}[2P", "abef", 2, 0),
    ("abcdef\u{1B}[3G\u{1B}[2@", "ab  cdef", 2, 0),
    ("abcdef\u{1B}[3G\u{1B}[2X", "ab  ef", 2, 0),
    ("a\r\nb\r\nc\u{1B}[2;1H\u{1B}[J", "a", 0, 1),
    ("a\r\nb\r\nc\u{1B}[2;1H\u{1B}[L", "a\n\nb\nc", 0, 1),
    ("a\r\nb\r\nc\u{1B}[1;1H\u{1B}[M", "b\nc", 0, 0),
    ("a\r\nb\r\nc\u{1B}[1;1H\u{1B}M", "\na\nb\nc", 0, 0),
    ("a\r\nb\r\nc\r\nd\u{1B}[2;3r\u{1B}[3;1H\n", "a\nc\n\nd", 0, 2),
    ("a\u{1B}7\u{1B}[4;4Hb\u{1B}8c", "ac\n\n\n   b", 2, 0),
    ("-\u{1B}[4b", "-----", 5, 0),
    ("ab\u{1B}[?1049h\u{1B}[Hxy\u{1B}[?1049lc", "abc", 3, 0),
  ])
  func shows(text: String, screen expected: String, column: Int, row: Int) {
    let emulator = screen(text)
    #expect(emulator.text == expected)
    #expect(emulator.column == column)
    #expect(emulator.row == row)
    #expect(emulator.unknown == [])
  }

  @Test func takesCharactersInPieces() {
    var emulator = Emulator()
    for byte in "é漢\u{1B}[31mx".utf8 { emulator.feed([byte]) }
    #expect(emulator.text == "é漢x")
    #expect(emulator.cell(3, 0).style == .init(foreground: 1))
  }

  @Test func keepsStyles() {
    let emulator = screen("\u{1B}[1;32ma\u{1B}[22;4mb\u{1B}[0;38;5;208;7mc\u{1B}[md")
    #expect(emulator.cell(0, 0).style == .init(foreground: 2, isBold: true))
    #expect(emulator.cell(1, 0).style == .init(foreground: 2, isUnderlined: true))
    #expect(emulator.cell(2, 0).style == .init(foreground: 208, isReversed: true))
    #expect(emulator.cell(3, 0).style == .init())
  }

  @Test func keepsWhatScrolledOff() {
    #expect(screen("1\r\n2\r\n3\r\n4\r\n5\r\n6").scrolledOff == ["1", "2"])
  }

  @Test func resizes() {
    var emulator = screen("1\r\n2\r\n3\r\nabcdefgh")
    emulator.resize(columns: 4, rows: 2)
    #expect(emulator.text == "3\nabcd")
    #expect(emulator.row == 1)
    emulator.resize(columns: 6, rows: 3)
    #expect(emulator.text == "3\nabcd")
  }

  @Test(arguments: [
    ("\u{1B}[5z", "CSI 5z"), ("\u{1B}]0;title\u{7}", "ESC ]0;title"), ("\u{1B}[?3h", "CSI ?3h"),
    ("\u{1B}[55m", "SGR 55"), ("\u{1B}(A", "ESC (A"), ("\u{5}", "\\x5"), ("\u{1B}[3J", "CSI 3J"),
  ])
  func notesWhatItDoesNotKnow(text: String, note: String) {
    #expect(screen(text).unknown == [note])
  }

  @Test func beginsAnewWithAnEscapeWithinASequence() {
    let emulator = screen("\u{1B}[38;5\u{1B}[1;3Ha\u{1B}(\u{1B}(Bb")
    #expect(emulator.text == "  ab")
    #expect(emulator.unknown == [])
  }

  @Test func notesBrokenCharacters() {
    var emulator = Emulator()
    emulator.feed([0xC3, 0x28])
    #expect(emulator.unknown == ["not UTF-8: \\xc3("])
  }
}
