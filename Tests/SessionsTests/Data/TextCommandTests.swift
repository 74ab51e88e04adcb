import Foundation
import Networks
import Synchronization
import Testing
import Training

@testable import Sessions

/// Texts by characters, and networks that write.
@Suite(.serialized) struct TextCommandTests {
  private func begun(_ text: String = "") -> Session {
    var options = Session.Options()
    options.threads = 1
    let session = Session(options)
    if !text.isEmpty { session.answer(text) }
    return session
  }

  /// A name of a file with some bytes.
  private func file(_ bytes: [UInt8]) throws -> String {
    Workplace.enter()
    let name = "text-\(UUID().uuidString).txt"
    try Data(bytes).write(to: URL(filePath: name))
    return name
  }

  @Test("a file is read by characters, its end to test")
  func reads() throws {
    let name = try file(Array("ab ba\r\nab ba\r\nüb ba!".utf8))
    defer { try? FileManager.default.removeItem(atPath: name) }
    let session = begun()
    let stem = String(name.dropLast(4))
    #expect(
      session.answer("data text \(name) length=4 holdout=0.3").text == """
        \(stem): text from \(name); 18 characters, the last 30 % test
        3 examples of 1×4 to train, 1 to test
        6 characters: newline space ! a b ü; the next one is predicted at each position
        input 1×4
        """)
    #expect(
      session.answer("example 1").text == """
        train 1  1×4
          a^Jab
        next
          ^Jab 
        """)
    #expect(
      session.data("example 1")?.line
        == #"{"data":"\#(stem)","part":"train","example":1,"shape":[1,4],"target":["newline","a","b","space"],"values":[3.0,0.0,3.0,4.0]}"#
    )
    let twice = session.answer("data text \(name) \(name) length=4 holdout=0").text
    #expect(
      twice.contains(
        ": text from \(name), \(name); 36 characters\n8 examples of 1×4 to train\n6 characters: "))
  }

  @Test("what is no text, or too short, is refused")
  func refusals() throws {
    let cases: [(bytes: [UInt8], keys: String, message: String, note: String)] = [
      (
        Array("a\nb\nCaf".utf8) + [0xE9, 0x20, 0x6F], "",
        ":3: expected UTF-8 text, found other bytes in 'Caf'",
        "next: iconv -f LATIN1 -t UTF-8 FILE in the shell, if it is in Latin-1"
      ),
      (
        [0xFF, 0xFE, 0x61, 0x00], "", ": expected UTF-8 text, found UTF-16 text",
        "next: iconv -f UTF-16 -t UTF-8 FILE in the shell"
      ),
      (
        [0x61, 0x00], "", ": expected text, found zero bytes, so a binary file",
        "next: name the format it really has: help data"
      ),
      (
        [0x50, 0x4B, 0x03, 0x04], "", ": expected text, found a zip archive",
        "next: unzip FILE in the shell"
      ),
      (
        Array(repeating: 0x61, count: 100), "",
        ": expected 64 characters and one more to train and to test, found 100 characters in all",
        "next: data text FILE length=9"
      ),
      (
        Array("abc".utf8), "",
        ": expected 64 characters and one more to train and to test, found 3 characters in all",
        "next: name a longer text"
      ),
      (
        Array("abc".utf8), " length=1", ": expected length=2…4096, found 'length=1'",
        "next: help data"
      ),
      (
        Array("abc".utf8), " holdout=0.7", ": expected holdout=0…0.5, found 'holdout=0.7'",
        "next: help data"
      ),
    ]
    for (bytes, keys, message, note) in cases {
      let name = try file(bytes)
      defer { try? FileManager.default.removeItem(atPath: name) }
      #expect(
        Complaint(begun().answer("data text \(name)\(keys)").text)
          == Complaint(
            message: name + message, notes: [note.replacing("FILE", with: name)],
            offers: ["help data"]))
    }
    #expect(
      Complaint(begun().answer("data text length=5000").text)
        == Complaint(
          message: "data text: expected length=2…4096, found 'length=5000'",
          offers: ["data text length=64"]))
    #expect(
      Complaint(begun().answer("data text characters=10000 length=2000").text)
        == Complaint(
          message:
            "data text: expected 2,000 characters and one more to train and to test, found fewer",
          offers: ["data text length=64"]))
  }

  // MARK: Writing

  /// A network whose scores at each position are 10 for the character behind that one in the vocabulary of `abc`.
  private func alphabet() throws -> Session {
    let name = try file(Array(String(repeating: "abc", count: 20).utf8))
    defer { try? FileManager.default.removeItem(atPath: name) }
    let session = begun("data text \(name) length=4")
    session.answer("add conv 3 1 act=relu; add conv 3 1")
    let network = try #require(session.state.current?.network)
    // Hidden values are x, x − 1 and x − 2 where they are above 0.
    let values: [[Float]] = [
      [1, 1, 1], [0, -1, -2], [0, 10, 0, -10, 10, 0, 10, -20, 0], [0, 10, 0],
    ]
    var learned = LearnedState()
    for (parameter, own) in zip(network.parameters, values) {
      learned.parameters[parameter.key] = Tensor(shape: parameter.shape, values: own)
    }
    session.state.current?.weights = learned
    session.state.data = session.state.data.map {
      Dataset(name: "abc", description: "", train: $0.train, test: $0.test)
    }
    return session
  }

  @Test("the likeliest character follows, and the window moves on")
  func writes() throws {
    let session = try alphabet()
    #expect(session.answer("generate 9 \"ab\" temperature=0").text == "abcabcabcab")
    #expect(
      session.data("generate 3 \"cabcab\" temperature=0 seed=5")?.line
        == #"{"network":"main","start":"cabcab","text":"cab","characters":3,"temperature":0.0,"seed":"5","sees_ahead":false}"#
    )
    #expect(session.answer("generate temperature=0").text.count == 200)
  }

  @Test("characters are drawn by their shares, the same by the same seed")
  func draws() throws {
    let session = try alphabet()
    let first = session.answer("generate 500 seed=4 temperature=20").text
    #expect(session.answer("generate 500 seed=4 temperature=20").text == first)
    #expect(session.answer("generate 500 seed=5 temperature=20").text != first)
    let pairs = zip(first, first.dropFirst()).count { ["ab", "bc", "ca"].contains("\($0)\($1)") }
    // Scores of 10 and 0 at a temperature of 20: e^0.5 / (e^0.5 + 2) = 45 %.
    #expect(abs(Double(pairs) / 499 - 0.452) < 0.07)
    session.answer("seed 4")
    #expect(session.answer("generate 500 temperature=20").text == first)
  }

  @Test("Ctrl-C ends it, says what was written, and nothing has changed")
  func interruption() throws {
    let session = begun("data text characters=10000; add conv 44 1; train 1 steps")
    let before = session.state
    let interrupt = session.interrupt
    let isOver = Mutex(false)
    // Again and again, since what comes before the command begins does not count.
    let user = Thread {
      while !isOver.withLock({ $0 }) {
        usleep(20_000)
        interrupt()
      }
    }
    user.start()
    let console = ListeningConsole()
    let outcome = session.run(Source("generate 1000000", from: .prompt), on: console)
    isOver.withLock { $0 = true }
    #expect(outcome == .interrupted)
    let diagnostic = try #require(console.take().diagnostics.first)
    #expect(diagnostic.message == "stopped by Ctrl-C")
    #expect(
      diagnostic.notes.allSatisfy { $0.text.hasPrefix("written before") && $0.text.count < 1100 })
    #expect(!session.state.differs(from: before))
  }

  @Test("of a long text that was stopped only the beginning is told")
  func longTextThatWasStopped() {
    let text = String(repeating: "to be ", count: 166) + "or n"
    #expect(CommandScope.told(text) == "written before: \(text)")
    #expect(
      CommandScope.told(text + "ot")
        == "written before, the first 1,000 of 1,002 characters: \(text)")
  }

  @Test("a network that sees ahead is told of")
  func seesAhead() {
    let session = begun("data text characters=10000 length=8; add conv 44 3")
    let lines = session.answer("generate 5").text.split(separator: "\n")
    #expect(
      lines.last
        == "note: outputs of main depend on characters behind their position, which it has to predict: help pad"
    )
    session.answer("set conv1 pad=causal")
    #expect(!session.answer("generate 5").text.contains("note:"))
  }

  private static let refusals: [(setup: String, command: String, complaint: Complaint)] = [
    (
      "", "generate",
      Complaint(
        message: "generate writes in the characters of a text, and there is no data yet",
        offers: ["data text"])
    ),
    (
      "data xor; add dense 2", "generate 5",
      Complaint(
        message: "generate writes in the characters of a text, and xor is none",
        offers: ["data text"])
    ),
    (
      "data text characters=10000; add conv 44 1", "generate 20 \"Xa\"",
      Complaint(message: "'X' is none of the 44 characters of text", offers: ["data"])
    ),
    (
      "data text characters=10000; add conv 44 1", "generate \"a\" \"b\"",
      Complaint(
        message: "generate takes a number and one text, found b",
        notes: ["usage: generate [N] [\"START\"] [temperature=T] [seed=N]"],
        offers: ["help generate"])
    ),
    (
      "data text characters=10000; add conv 44 1", "generate 0",
      Complaint(
        message: "generate expects a whole number from 1 to 1,000,000, found 0",
        offers: ["help generate"])
    ),
    (
      "data text characters=10000; add conv 44 1", "generate temperature=-1",
      Complaint(
        message: "temperature expects a number from 0 to 100, found -1",
        offers: ["help generate"])
    ),
    (
      "data text characters=10000; add conv 40 1", "generate",
      Complaint(
        message: "the data has 44 classes at each position, the network's output is 40×64",
        offers: ["set conv1 channels=44", "add conv 44 1"])
    ),
  ]

  @Test("what cannot be written is refused")
  func refused() {
    for (setup, command, complaint) in Self.refusals {
      #expect(Complaint(begun(setup).answer(command).text) == complaint)
    }
  }

  @Test("a network of another text's characters is refused, and one whose scores are no numbers")
  func otherCharacters() throws {
    let session = try alphabet()
    session.state.current?.classNames = ["x", "y", "z"]
    #expect(
      Complaint(session.answer("generate").text)
        == Complaint(
          message:
            "main has learned other characters than the 3 of abc: its text must be the data",
          offers: ["data"]))
    let broken = try alphabet()
    let network = try #require(broken.state.current?.network)
    for parameter in network.parameters {
      broken.state.current?.weights.parameters[parameter.key] = Tensor(
        shape: parameter.shape, filledWith: .nan)
    }
    broken.state.current?.weights.touch()
    #expect(
      Complaint(broken.answer("generate").text)
        == Complaint(message: "the outputs of main are no numbers", offers: ["why"]))
  }

  @Test("a text is learned, told in bits")
  func learns() {
    let session = begun(
      """
      seed 1
      data text characters=20000
      add bn; add conv 24 1 act=relu; add conv 24 1 act=relu; add conv 24 5 pad=causal act=relu; add conv 44 1
      batch 16; optimizer adam lr=0.01
      train 6 until bits(test) < 3.9
      """)
    let text = session.answer("evaluate test").text
    #expect(
      text.wholeMatch(
        of:
          #/test   loss [0-9.]+  accuracy [0-9.]+ %  [0-9.]+ bits a character  top-5 [0-9.]+ %  31 examples/#
      ) != nil, "\(text)")
    #expect(session.answer("expect bits(test) < 4").outcome == .done)
    #expect(session.answer("mistakes 1; predict first=2; confusion; generate 50").outcome == .done)
  }
}
