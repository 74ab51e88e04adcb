import Testing

@testable import Interchange

/// Pickles are read without running anything.
@Suite struct PickleMachineTests {
  private static let rewrite = "torch.save(model.state_dict(), FILE) in Python"

  private static func text(_ pickle: [UInt8]) -> String {
    do {
      _ = try PickleMachine.contents(of: pickle)
      return "no error"
    } catch {
      return FileError(path: "x", problem: .checkpoint(.pickle(error))).description
    }
  }

  @Test(
    arguments: [
      ("K\u{7}.", .number(7)),
      ("M\u{1}\u{2}.", .number(0x201)),
      ("J\u{1}\0\0\0.", .number(1)),
      ("X\u{2}\0\0\0hi.", .text("hi")),
      ("N.", .irrelevant),
      ("G\0\0\0\0\0\0\0\0.", .irrelevant),
      ("C\u{2}hi.", .irrelevant),
      ("K\u{1}K\u{2}0.", .number(1)),
      ("K\u{1}(K\u{2}1.", .number(1)),
      ("K\u{5}q\0h\0j\0\0\0\0.", .number(5)),
      ("ctorch\nfloat32\n.", .global(.irrelevantValue)),
      ("ctorch\nHalfStorage\n.", .global(.storage(.float16))),
      ("c__builtin__\nset\n(](K\u{1}etR.", .irrelevant),
      ("(K\u{1}K\u{2}t.", .sequence(0, isList: false)),
      ("}K\u{1}K\u{2}s.", .dictionary(0)),
      ("ccollections\nOrderedDict\n)R}b.", .dictionary(0)),
    ] as [(String, PickleContents.Value)])
  func values(pickle: String, value: PickleContents.Value) throws {
    #expect(try PickleMachine.contents(of: Array(pickle.utf8)).root == value)
  }

  @Test(
    arguments: [
      ([0x8A, 0], .number(0)),
      ([0x8A, 1, 0xFF], .number(-1)),
      ([0x8A, 2, 0xFF, 0x7F], .number(0x7FFF)),
      ([0x8A, 9, 0, 0, 0, 0, 0, 0, 0, 0x80, 0xFF], .number(.min)),
      ([0x8A, 9, 0, 0, 0, 0, 0, 0, 0, 0x80, 0], .irrelevant),
      ([0x8A, 9, 0, 0, 0, 0, 0, 0, 0, 0, 1], .irrelevant),
      ([0x8B, 2, 0, 0, 0, 0xFE, 0xFF], .number(-2)),
      ([0x4A, 0xFE, 0xFF, 0xFF, 0xFF], .number(-2)),
      ([0x88], .irrelevant),
      ([0x8C, 1, 0x61], .text("a")),
      ([0x8D, 1, 0, 0, 0, 0, 0, 0, 0, 0x61], .text("a")),
      ([0x8E, 1, 0, 0, 0, 0, 0, 0, 0, 0x61], .irrelevant),
      ([0x95, 0, 0, 0, 0, 0, 0, 0, 0, 0x8F, 0x94, 0x28, 0x4B, 1, 0x90], .irrelevant),
      ([0x28, 0x4B, 1, 0x91], .irrelevant),
      ([0x4B, 1, 0x4B, 2, 0x4B, 3, 0x87], .sequence(0, isList: false)),
      ([0x8C, 5] + Array("torch".utf8) + [0x8C, 4] + Array("Size".utf8) + [0x93], .global(.size)),
    ] as [([UInt8], PickleContents.Value)])
  func laterProtocols(pickle: [UInt8], value: PickleContents.Value) throws {
    #expect(try PickleMachine.contents(of: [0x80, 4] + pickle + [0x2E]).root == value)
  }

  @Test func whatWouldRunIsRefusedByName() {
    #expect(
      Self.text(Array("\u{2}".utf8)) == """
        x: expected an instruction for tensors and plain values at byte 0 of data.pkl, found byte 0x2
          next: \(Self.rewrite)
        """)
    for (name, text) in [
      ("cposix\nsystem\n(X\u{2}\0\0\0lstR.", "posix.system"),
      ("cbuiltins\neval\n", "builtins.eval"),
      ("c__builtin__\ngetattr\n", "__builtin__.getattr"),
      ("ctorch\nload\n", "torch.load"),
      ("ctorch\nFloatStorage.foo\n", "torch.FloatStorage.foo"),
      ("ccollections\nOrderedDict \n", "collections.OrderedDict "),
    ] {
      #expect(
        Self.text([0x80, 2, 0x4E] + Array(name.utf8)) == """
          x: expected tensors and plain values only, found '\(text)' at byte 3 of data.pkl
            next: \(Self.rewrite)
          """)
    }
  }

  @Test(
    arguments: [
      ([0x80, 1], "expected a pickle of protocol 2 to 5 at byte 0 of data.pkl, found protocol 1"),
      ([0x80, 6], "expected a pickle of protocol 2 to 5 at byte 0 of data.pkl, found protocol 6"),
    ] as [([UInt8], String)])
  func otherProtocols(pickle: [UInt8], message: String) {
    #expect(Self.text(pickle) == "x: \(message)\n  next: \(Self.rewrite)")
  }

  @Test(arguments: [
    ("", 0), ("N", 1), ("K", 0), ("J\0", 0), ("X\u{9}\0\0\0a", 0), ("ctorch", 0), ("ctorch\nSi", 0),
    ("NG\0\0", 1), ("C\u{2}a", 0), ("B\0\0\0\u{7F}", 0),
  ])
  func endsThatComeEarly(pickle: String, byte: Int) {
    #expect(
      Self.text(Array(pickle.utf8)) == """
        x: expected a whole instruction at byte \(byte) of data.pkl, found its end
          next: check that the file was copied whole
        """)
  }

  @Test(arguments: [
    ("0", "a value", 0), (".", "a value", 0), ("K\u{1}(0", "a value", 3), ("(.", "a value", 1),
    ("q\0", "a value", 0), ("R", "a value", 0), ("Q", "a value", 0),
    ("t", "a mark and values after it", 0), ("u", "a mark and values after it", 0),
    ("h\0", "a value that was kept under this number", 0),
    ("Nq\u{1}", "the next free number", 1), ("Nr\0\0\0\u{7F}", "the next free number", 1),
    ("NNa", "a list", 2), (")Na", "a list", 2), ("N(Ne", "a list", 3),
    ("NNNs", "a dictionary", 3), ("NNb", "a dictionary", 2), ("](NNu", "a dictionary", 4),
    ("}(Nu", "keys with values", 3),
    ("N)R", "a name that can be called", 2), ("ctorch\nint8\n)R", "a name that can be called", 13),
    ("ctorch\nIntStorage\n)R", "a name that can be called", 19),
    ("ctorch\nSize\nNR", "the arguments of this name", 13),
    ("ctorch\nSize\n)R", "the arguments of this name", 13),
    ("ccollections\nOrderedDict\n(NtR", "the arguments of this name", 28),
    ("ctorch._utils\n_rebuild_parameter\n)R", "the arguments of this name", 34),
    ("ctorch._utils\n_rebuild_tensor_v2\n)R", "storage, offset, shape and strides of a tensor", 34),
    (")Q", "'storage', its type, key, place and count", 1),
  ])
  func instructionsWithoutWhatTheyNeed(pickle: String, operand: String, byte: Int) {
    #expect(
      Self.text(Array(pickle.utf8)) == """
        x: expected \(operand) for the instruction at byte \(byte) of data.pkl, found something else
          next: \(Self.rewrite)
        """)
  }

  @Test(
    arguments: [
      ([0x58, 1, 0, 0, 0, 0xC3], "a text in UTF-8", 0),
      ([0x63, 0xFF, 0x0A, 0x0A], "a text in UTF-8", 0),
      ([0x8E] + [UInt8](repeating: 0xFF, count: 8), "a length", 0),
      ([0x4E, 0x4E, 0x93], "the texts of a module and a name", 2),
    ] as [([UInt8], String, Int)])
  func bytesThatAreNoTexts(pickle: [UInt8], operand: String, byte: Int) {
    #expect(
      Self.text(pickle) == """
        x: expected \(operand) for the instruction at byte \(byte) of data.pkl, found something else
          next: \(Self.rewrite)
        """)
  }

  @Test func aTensorOfTooManyDimensionsIsRefused() {
    let axes = [Int](repeating: 1, count: 65)
    let pickle = Pickle.start + Pickle.tensor(count: 1, shape: axes, strides: axes)
    #expect(
      Self.text(pickle) == """
        x: expected storage, offset, shape and strides of a tensor for the instruction at byte 382 \
        of data.pkl, found something else
          next: \(Self.rewrite)
        """)
  }

  @Test func randomInstructionsNeverCrash() {
    var generator = SeededGenerator(seed: 22)
    let opcodes = PickleOpcode.allCases.map(\.rawValue)
    for _ in 0..<20_000 {
      let pickle = (0..<Int.random(in: 1...40, using: &generator)).map { _ in
        Int.random(in: 0..<4, using: &generator) == 0
          ? UInt8.random(in: 0...3, using: &generator)
          : opcodes[Int.random(in: 0..<opcodes.count, using: &generator)]
      }
      do {
        let contents = try PickleMachine.contents(of: pickle)
        _ = try? CheckpointTensors(contents, length: pickle.count, alone: "x")
      } catch {
        let text = FileError(path: "x", problem: .checkpoint(.pickle(error))).description
        #expect(text.hasPrefix("x: expected "))
      }
    }
  }
}
