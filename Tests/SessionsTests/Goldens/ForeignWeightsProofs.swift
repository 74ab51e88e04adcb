import Foundation
import Testing

@testable import Sessions

/// Networks of torchvision and of Gluon's model zoo in their full size compute here what they compute there.
@Suite(.serialized) struct ForeignWeightsProofs {
  private static let proves = ProcessInfo.processInfo.environment["ESPALIER_PROVE"] == "1"

  /// The programs that have torchvision and mxnet, by their paths.
  private static let torchvisionPython = python("ESPALIER_TORCHVISION_PYTHON")
  private static let mxnetPython = python("ESPALIER_MXNET_PYTHON")

  private static func python(_ variable: String) -> String? {
    proves ? ProcessInfo.processInfo.environment[variable] : nil
  }

  @Test(
    .enabled(
      if: torchvisionPython != nil,
      "needs ESPALIER_PROVE=1 and a Python with torchvision as ESPALIER_TORCHVISION_PYTHON"))
  func torchvision() throws {
    try prove(
      "torchvision", python: try #require(Self.torchvisionPython),
      files: [
        ("resnet18", "resnet18.pth"), ("resnet18", "resnet18.safetensors"),
        ("resnet50", "resnet50.pth"), ("resnet50", "resnet50.safetensors"),
      ])
  }

  @Test(
    .enabled(
      if: mxnetPython != nil,
      "needs ESPALIER_PROVE=1 and a Python with mxnet as ESPALIER_MXNET_PYTHON"))
  func gluon() throws {
    try prove(
      "mxnet", python: try #require(Self.mxnetPython),
      files: [
        ("resnet18", "resnet18.params"), ("resnet18", "resnet18_prefix.params"),
        ("resnet34", "resnet34.params"), ("resnet34", "resnet34_prefix.params"),
      ])
  }

  @Test(
    .enabled(
      if: torchvisionPython != nil,
      "needs ESPALIER_PROVE=1 and a Python with torchvision as ESPALIER_TORCHVISION_PYTHON"))
  func torchvisionReads() throws {
    try proveSaved(
      "torchvision", python: try #require(Self.torchvisionPython),
      networks: ["resnet18", "resnet50"],
      from: "pth", to: "safetensors", keys: "names=pytorch")
  }

  @Test(
    .enabled(
      if: mxnetPython != nil,
      "needs ESPALIER_PROVE=1 and a Python with mxnet as ESPALIER_MXNET_PYTHON"))
  func gluonReads() throws {
    try proveSaved(
      "mxnet", python: try #require(Self.mxnetPython), networks: ["resnet18", "resnet34"],
      from: "params", to: "params")
  }

  /// Loads networks that the framework wrote, saves them, and has the framework load and run what was saved.
  private func proveSaved(
    _ framework: String, python: String, networks: [String], from ending: String,
    to saved: String, keys: String = ""
  ) throws {
    let folder = try newFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    _ = try run(python, ["write", framework, folder])
    for name in networks {
      let console = SilentConsole()
      let text = """
        input 3x64x64; add \(name)
        load "\(folder)/\(name).\(ending)"
        save "\(folder)/\(name)_back.\(saved)" \(keys)
        export pytorch "\(folder)/\(name).py" weights="\(folder)/\(name)_ours.safetensors"
        """
      try #require(
        Session().run(Source(text, from: .argument), on: console) == .done, "\(console.text)")
    }
    let said = try run(python, ["read", framework, folder])
    for line in said.split(separator: "\n") where line.hasPrefix("resnet") {
      let distance = try #require(line.split(separator: " ").last.flatMap { Float($0) })
      #expect(distance <= 1e-5, "\(line)")
      print("\(framework) reads \(line)")
    }
    #expect(
      said.split(separator: "\n").count { $0.hasPrefix("resnet") } == networks.count, "\(said)")
  }

  /// Has the networks written, then loads each of them.
  private func prove(
    _ framework: String, python: String, files: [(network: String, file: String)]
  ) throws {
    let folder = try newFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    _ = try run(python, ["write", framework, folder])
    for (network, file) in files {
      let foreign = ForeignWeights(
        network: "input 3x64x64; add \(network)", weights: "\(folder)/\(file)",
        examples: "\(folder)/\(network)_examples.safetensors")
      let distance = try foreign.loaded().distance
      #expect(distance <= 1e-5, "\(file): \(distance)")
      print("\(framework) \(file): outputs differ by \(distance) of the largest")
    }
  }

  private func newFolder() throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: "espalier-\(UUID())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return folder
  }

  /// What the script says.
  private func run(_ python: String, _ words: [String]) throws -> String {
    let script = Process()
    script.executableURL = URL(filePath: python)
    script.arguments = [GoldenCase.folder + "/prove_weights.py"] + words
    let pipe = Pipe()
    script.standardOutput = pipe
    script.standardError = pipe
    try script.run()
    let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    script.waitUntilExit()
    try #require(script.terminationStatus == 0, "\(said)")
    return said
  }
}
