import Foundation
import Interchange
import Networks
import Testing

@testable import Sessions

/// Networks and weights out to files and in again.
struct SaveLoadTests {
  private func trained() -> Session {
    Workplace.enter()
    var options = Session.Options()
    options.threads = 1
    let session = Session(options)
    session.answer(
      """
      data waves length=32 count=40; batch 16
      add residual { conv 4 3 stride=2; bn; relu; repeat 2 { conv 4 3; bn } } { conv 4 1 stride=2 }
      add parallel { conv 2 3 name=left } { identity }; add se reduction=2; add highway { conv 6 3 bias=1 }
      add rezero { relu }
      add gap; add dense 4 name=scores
      train 2
      """)
    return session
  }

  private func weights(_ session: Session) -> [String: [UInt32]] {
    guard let known = session.state.current else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: known.network.parameters.map {
        ($0.path, (known.weights.parameters[$0.key]?.values ?? []).map(\.bitPattern))
      })
  }

  @Test("weights come back bit by bit, with the network and its steps")
  func weights() throws {
    let session = trained()
    #expect(session.answer("save bits.safetensors").outcome == .done)
    let fresh = Session()
    let answer = fresh.answer("load bits.safetensors")
    #expect(answer.outcome == .done, "\(answer.text)")
    #expect(weights(fresh) == weights(session))
    #expect(weights(fresh).count == 33)
    let (old, new) = (try #require(session.state.current), try #require(fresh.state.current))
    #expect(new.network.isSame(as: old.network))
    #expect(new.weights.steps == 6 && new.weights.epochs == 2)
    #expect(fresh.networkText == session.networkText)
  }

  @Test("weights come back into the current network, whose blocks stay the same ones")
  func intoNetworkInHand() throws {
    let session = trained()
    let before = weights(session)
    let network = try #require(session.state.current?.network)
    session.answer("save again.safetensors; train 1")
    #expect(weights(session) != before)
    session.answer("load again.safetensors")
    #expect(weights(session) == before)
    #expect(session.state.current?.network.root == network.root)
    session.answer("undo")
    #expect(weights(session) != before)
  }

  @Test(
    "definitions are saved with a network and come back with it",
    arguments: ["esp", "safetensors"])
  func definitions(ending: String) throws {
    Workplace.enter()
    let session = Session()
    session.answer(
      """
      # Two convolutions.
      def PAIR channels kernel=3 { conv $channels $kernel; conv $channels $kernel }
      def OWN channels {
        # A pair and what came before.
        residual { PAIR $channels; relu }
      }
      input 4x16
      add OWN 4
      save defined.\(ending)
      """)
    let fresh = Session()
    let answer = fresh.answer("load defined.\(ending)")
    #expect(answer.text.contains("\n  defined: OWN, PAIR"), "\(answer.text)")
    #expect(fresh.networkText == session.networkText)
    #expect(fresh.state.environment.ownDefinitions == session.state.environment.ownDefinitions)
    #expect(fresh.state.environment.definitions["PAIR"]?.documentation == "Two convolutions.")
    #expect(fresh.answer("add PAIR 8 5").outcome == .done)
    #expect(fresh.answer("export defined.py weights=no").text.contains("classes of blocks"))
    // What is known already is not told again.
    #expect(!fresh.answer("load defined.\(ending)").text.contains("defined:"))
    #expect(fresh.answer("undo 4").outcome == .done)
    #expect(fresh.state.environment.ownDefinitions == [])
  }

  @Test("the text comes back as the same network")
  func text() throws {
    let session = trained()
    session.answer("save text.esp")
    let fresh = Session()
    #expect(fresh.answer("load text.esp").outcome == .done)
    let (old, new) = (try #require(session.state.current), try #require(fresh.state.current))
    #expect(new.network.isSame(as: old.network))
    #expect(new.weights.parameters.isEmpty)
  }

  private func write(_ tensors: [NamedTensor], _ metadata: [String: String], to path: String) throws
  {
    Workplace.enter()
    try SafetensorsWriter.write(tensors, metadata: metadata, to: path)
  }

  private static let fitting = [
    NamedTensor(name: "dense1.weight", tensor: Tensor(shape: [1, 2], values: [1, 2])),
    NamedTensor(name: "dense1.bias", tensor: Tensor(shape: [1], values: [3])),
  ]
  private static let network = "input 2\nadd dense 1\n"

  /// A file that must be refused: its tensors, its metadata, and the message.
  struct Hostile: CustomTestStringConvertible, Sendable {
    let name: String
    let tensors: [NamedTensor]
    let metadata: [String: String]
    let message: String

    var testDescription: String { name }
  }

  static let hostile = [
    Hostile(
      name: "no network", tensors: fitting, metadata: [:],
      message:
        "error[E-FILE]: hostile.safetensors has weights but no network; make the network first"),
    Hostile(
      name: "negative steps", tensors: fitting, metadata: ["network": network, "steps": "-5"],
      message:
        "error[E-FILE]: hostile.safetensors: steps in its metadata should be a count up to "
        + "1,000,000,000,000, found -5"),
    Hostile(
      name: "absurd epochs", tensors: fitting,
      metadata: ["network": network, "epochs": "9223372036854775807"],
      message:
        "error[E-FILE]: hostile.safetensors: epochs in its metadata should be a count up to "
        + "1,000,000,000,000, found 9223372036854775807"),
    Hostile(
      name: "missing tensor", tensors: [fitting[0]], metadata: ["network": network],
      message:
        "error[E-FILE]: hostile.safetensors does not fit, nothing has changed: 1 of 2 parameters found "
        + "their values, 1 found none"
    ),
    Hostile(
      name: "other shape",
      tensors: [
        NamedTensor(name: "dense1.weight", tensor: Tensor(shape: [2, 1], values: [1, 2])),
        fitting[1],
      ], metadata: ["network": network],
      message:
        "error[E-FILE]: hostile.safetensors does not fit, nothing has changed: 1 of 2 parameters found "
        + "their values, 1 found other shapes"),
    Hostile(
      name: "other commands", tensors: fitting, metadata: ["network": "input 2\ntrain 5\n"],
      message:
        "hostile.safetensors:2:1: error[E-FILE]: train does not belong in a saved network, which has "
        + "only input and add"),
    Hostile(
      name: "bad syntax", tensors: fitting, metadata: ["network": "input 2\nadd seq {\n"],
      message: "hostile.safetensors:2:9: error[E-SYNTAX]: this '{' is never closed"),
    Hostile(
      name: "no blocks that fit", tensors: fitting,
      metadata: ["network": "input 2\nadd conv 1 3\n"],
      message:
        "hostile.safetensors:2:5: error[E-SHAPE]: conv1: conv expects channels × length or "
        + "channels × height × width, found 2"),
    Hostile(
      name: "no input", tensors: fitting, metadata: ["network": "add dense 1\n"],
      message:
        "hostile.safetensors:1:1: error[E-SHAPE]: no input yet: a network begins with the shape of "
        + "one example"),
    Hostile(
      name: "recursion", tensors: fitting,
      metadata: ["network": "input 2\ndef a { a }\nadd a\n"],
      message:
        "hostile.safetensors:2:9: error[E-LIMIT]: 'a' calls itself, or others, more than 64 deep"),
  ]

  @Test("files that do not fit are refused and change nothing", arguments: hostile)
  func refused(file: Hostile) throws {
    let path = "\(file.name.replacing(" ", with: "-"))/hostile.safetensors"
    Workplace.enter()
    try FileManager.default.createDirectory(
      atPath: file.name.replacing(" ", with: "-"), withIntermediateDirectories: true)
    try write(file.tensors, file.metadata, to: path)
    let session = Session()
    let before = session.state
    let answer = session.answer("load \(path)", from: .prompt)
    #expect(answer.outcome == .failed)
    let first = answer.text.split(separator: "\n").first.map(String.init) ?? ""
    #expect(first.replacing(path, with: "hostile.safetensors") == file.message, "\(answer.text)")
    #expect(session.state.revision == before.revision)
  }

  @Test("a file of another network brings that network along")
  func otherNetwork() throws {
    try write(Self.fitting, ["network": Self.network], to: "small.safetensors")
    let session = trained()
    let answer = session.answer("load small.safetensors")
    #expect(
      answer.text.hasPrefix(
        "loaded 2 tensors from small.safetensors: 2 → 1, 3 parameters\n  another main had learned for"
      ))
  }

  @Test("arrays alone go into the current network, whatever the order of the file")
  func foreignArrays() throws {
    try write(Self.fitting.reversed(), [:], to: "foreign.safetensors")
    let session = Session()
    let answer = session.answer("input 2; add dense 1; load foreign.safetensors")
    #expect(
      answer.text.hasSuffix("loaded 2 tensors from foreign.safetensors: 2 → 1, 3 parameters"))
    #expect(weights(session)["dense1.weight"] == [Float(1).bitPattern, Float(2).bitPattern])
  }
}
