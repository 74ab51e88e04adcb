import Foundation
import Interchange
import Networks
import Testing
import Training

@testable import Sessions

/// Data that stays in its file: the same answers and weights as from memory, to the bit.
@Suite(.serialized) struct StoredDataTests {
  private let folder = FileManager.default.temporaryDirectory.path + "/espalier-rows-\(UUID())"

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var random = SeededGenerator(seed: 3)
    let values = (0..<90 * 64).map { _ in Float(random.normal()) }
    let labels = (0..<90).map { Float($0 % 3) }
    try SafetensorsWriter.write(
      [
        NamedTensor(name: "x", tensor: Tensor(shape: [90, 1, 8, 8], values: values)),
        NamedTensor(name: "y", tensor: Tensor(shape: [90, 1], values: labels)),
      ], to: folder + "/x.safetensors")
  }

  private func session(bound: Int) -> Session {
    var options = Session.Options()
    options.threads = 1
    let session = Session(options)
    session.storage = RowStorage(bound: bound)
    return session
  }

  /// The answers of some commands, without times, and the weights afterwards.
  private func outcome(_ commands: [String], bound: Int) -> (texts: [String], weights: [[UInt32]]) {
    let session = session(bound: bound)
    let texts = commands.map {
      session.answer($0).text.replacing(#/[0-9.,]+ (samples\/s|steps\/s|s)\b/#, with: "")
        .replacing("\nin the file, read by the batch", with: "")
        .replacing("\nthose to train in the file, read by the batch", with: "")
    }
    let network = session.state.current?.network
    let weights = (network?.parameters ?? []).map { parameter in
      session.state.current?.weights.parameters[parameter.key]?.values.map(\.bitPattern) ?? []
    }
    return (texts, weights)
  }

  @Test(
    arguments: [
      ["split 0.7", "normalize"], ["normalize by=series"], ["normalize by=value", "split 0.8"],
      ["augment crop=1 noise=0.1"], ["batch 16 mixup=0.2"],
    ])
  func sameBits(settings: [String]) throws {
    let commands =
      ["data \(folder)/x.safetensors"] + settings + [
        "example 3", "add conv2d 3 3; add bn; add relu; add gap; add dense 1",
        "train 3 epochs", "evaluate", "predict first=3", "mistakes 2", "trace", "gradients",
        "train 5 steps", "diff main",
      ]
    let (memory, stored) = (outcome(commands, bound: 1 << 30), outcome(commands, bound: 0))
    #expect(memory.texts == stored.texts)
    #expect(!memory.weights.isEmpty)
    #expect(memory.weights == stored.weights)
  }

  @Test func saysWhereItIs() {
    let session = session(bound: 0)
    #expect(
      session.answer("data \(folder)/x.safetensors").text == """
        x: safetensors from x.safetensors
        90 examples of 1×8×8 to train
        1 number to predict
        in the file, read by the batch
        input 1×8×8
        """)
    session.answer("split 0.5")
    #expect(session.answer("data").text.contains("\nin the file, read by the batch"))
  }

  /// What a line at the prompt answers, whose offers cannot work while the file is cut.
  private func type(_ line: String, in session: Session) -> String {
    let console = ListeningConsole()
    session.run(Source(line, from: .prompt), on: console)
    return console.take().text.replacing(folder + "/", with: "")
  }

  @Test("a file that is cut while a network learns ends the run, and what was learned is kept")
  func changedFile() throws {
    let session = session(bound: 0)
    session.answer("data \(folder)/x.safetensors; add flatten; add dense 1; train 2 epochs")
    let before = session.state.current?.weights.steps
    let handle = try #require(FileHandle(forUpdatingAtPath: folder + "/x.safetensors"))
    try handle.truncate(atOffset: 3000)
    try handle.close()
    let text = type("train 2 epochs; wait", in: session)
    #expect(
      text.contains("x.safetensors: expected the file as it was when data opened it, found"),
      "\(text)")
    #expect(session.state.current?.weights.steps == before)
    #expect(
      type("example 0", in: session) == """
        error[E-FILE]: x.safetensors: expected the file as it was when data opened it, found it changed since
          example 0
          ^~~~~~~~~
          try: data x.safetensors
        """)
  }
}
