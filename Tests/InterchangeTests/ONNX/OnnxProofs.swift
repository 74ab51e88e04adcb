import Foundation
import Networks
import Testing

@testable import Interchange

/// Written files in the hands of onnx, onnxruntime and PyTorch.
///
/// `ESPALIER_PYTHON` names a Python that has them, `python3` where it is not set.
@Suite(
  .enabled(
    if: ProcessInfo.processInfo.environment["ESPALIER_PROVE"] == "1",
    "takes a minute; ESPALIER_PROVE=1 runs it"))
struct OnnxProofs {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The Python that has onnx, onnxruntime and torch.
  static let python = ProcessInfo.processInfo.environment["ESPALIER_PYTHON"] ?? "python3"

  /// Runs the Python; gives its exit status and what it says.
  static func run(_ arguments: [String]) throws -> (status: Int32, text: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [python] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text)
  }

  /// Whether the packages are there.
  static let hasPackages =
    (try? run(["-c", "import numpy, onnx, onnxruntime, torch"]).status) == 0

  private static let script = #filePath.replacing(
    "InterchangeTests/ONNX/OnnxProofs.swift", with: "Goldens/check_onnx.py")

  @Test(
    .enabled(
      if: hasPackages, "needs numpy, onnx, onnxruntime and torch; ESPALIER_PYTHON names the Python"
    ))
  func randomNetworksAgreeWithOnnxruntime() throws {
    let environment = ProcessInfo.processInfo.environment
    let first = environment["ESPALIER_SEED"].flatMap(UInt64.init) ?? 1
    let kept = environment["ESPALIER_KEEP"]
    let count: UInt64 = 200
    for seed in first..<first + count {
      var random = RandomNetworks(seed: seed)
      let network = try random.network()
      let parameters = random.parameters(of: network)
      let path = kept.map { "\($0)/\(seed).onnx" } ?? folder.path("\(seed).onnx")
      try OnnxWriter.write(network, to: path) { parameters[$0] }
    }
    let (status, text) = try Self.run([Self.script, kept ?? folder.path])
    #expect(status == 0, "\(text)")
    #expect(text.hasPrefix("\(count) of \(count) agree"), "\(text)")
  }
}
