import Interchange
import Sessions
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A network with weights of another framework, and what that framework puts out.
struct ForeignWeights {
  /// What builds the network, the input first.
  let network: String

  /// The file of weights, by its whole path.
  let weights: String

  /// The file with the inputs `x` and the framework's `outputs`.
  let examples: String

  /// What `load` answers, and how far the outputs are from the framework's, by their largest value.
  func loaded(keys: String = "") throws -> (answer: [String], distance: Float) {
    let folder = FileManager.default.temporaryDirectory.appending(path: "espalier-\(UUID())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let session = Session()
    let before = SilentConsole()
    try #require(
      session.run(Source(network, from: .argument), on: before) == .done, "\(before.text)")
    let console = SilentConsole()
    let load = Source("load \"\(weights)\" \(keys)", from: .argument)
    try #require(session.run(load, on: console) == .done, "\(console.text)")
    let after = SilentConsole()
    let predict = """
      data safetensors "\(examples)"
      predict train > "\(folder)/output.safetensors"
      """
    try #require(session.run(Source(predict, from: .argument), on: after) == .done, "\(after.text)")
    let ours = try SafetensorsFile(path: "\(folder)/output.safetensors").tensor("output")
    let theirs = try SafetensorsFile(path: examples).tensor("outputs")
    try #require(ours.shape == theirs.shape)
    let size = theirs.values.map(abs).max() ?? 0
    let distance = zip(ours.values, theirs.values).map { abs($0 - $1) }.max() ?? .infinity
    let answer = console.text.replacing(weights, with: weights.split(separator: "/").last ?? "")
    return (answer.split(separator: "\n").map(String.init), distance / size)
  }

  /// The folder of the small networks.
  static let folder = GoldenCase.folder + "/Weights"
}
