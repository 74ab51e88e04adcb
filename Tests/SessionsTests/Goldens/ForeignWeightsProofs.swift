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

  /// Has the networks written, then loads each of them.
  private func prove(
    _ framework: String, python: String, files: [(network: String, file: String)]
  ) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "espalier-\(UUID())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let script = Process()
    script.executableURL = URL(filePath: python)
    script.arguments = [GoldenCase.folder + "/prove_weights.py", framework, folder]
    let pipe = Pipe()
    script.standardOutput = pipe
    script.standardError = pipe
    try script.run()
    let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    script.waitUntilExit()
    try #require(script.terminationStatus == 0, "\(said)")
    for (network, file) in files {
      let foreign = ForeignWeights(
        network: "input 3x64x64; add \(network)", weights: "\(folder)/\(file)",
        examples: "\(folder)/\(network)_examples.safetensors")
      let distance = try foreign.loaded().distance
      #expect(distance <= 1e-5, "\(file): \(distance)")
      print("\(framework) \(file): outputs differ by \(distance) of the largest")
    }
  }
}
