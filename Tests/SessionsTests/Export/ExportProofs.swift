import Foundation
import Testing
import Training

@testable import Interchange
@testable import Sessions

/// Exported code in its framework, on networks drawn at random.
///
/// Runs with ESPALIER_PROVE=1 where a variable names a Python that has the framework: ESPALIER_PYTHON_PYTORCH,
/// ESPALIER_PYTHON_GLUON, ESPALIER_PYTHON_KERAS, ESPALIER_PYTHON_JAX.
@Suite(.serialized)
struct ExportProofs {
  private static let count = 300

  /// The share of their size by which gradients may differ.
  private static let tolerances: [CodeFile.Framework: Double] = [
    .pytorch: 1e-4, .gluon: 2e-3, .keras: 1e-4, .jax: 1e-4,
  ]

  @Test(
    "outputs agree to 1e-5 of their size, gradients and weights after a step as far as rounding lets them",
    arguments: CodeFile.Framework.allCases)
  func agrees(framework: CodeFile.Framework) throws {
    let environment = ProcessInfo.processInfo.environment
    guard environment["ESPALIER_PROVE"] == "1" else { return }
    let variable = "ESPALIER_PYTHON_\(framework.rawValue.uppercased())"
    guard let python = environment[variable] else {
      print("skipped: \(variable) names no Python with \(framework.title)")
      return
    }
    Workplace.enter()
    let folder = "export-\(framework.rawValue)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var files: [String] = []
    var refused = 0
    for seed in 1...Self.count {
      var nets = SketchedNets(seed: UInt64(seed))
      let session = Session()
      session.run(
        Source(nets.lines().joined(separator: "\n"), from: .file("x")), on: SilentConsole())
      let file = "\(folder)/net\(seed).py"
      let console = ListeningConsole()
      let outcome = session.run(
        Source("export \(framework.rawValue) \(file)", from: .file("x")), on: console)
      guard outcome == .done else {
        let text = console.take().text
        #expect(text.contains("has nothing that computes"), "\(text)")
        refused += 1
        continue
      }
      try session.writeGradients(for: framework, to: file.replacing(".py", with: ".gradients"))
      files.append(file)
    }
    let answer = try ChildProcess.run(
      python, ["-c", ExportDrivers.text(for: framework)] + files)
    #expect(answer.status == 0, "\(answer.output.suffix(2000))")
    let tolerance = try #require(Self.tolerances[framework])
    var worst = (outputs: 0.0, gradients: 0.0, steps: 0.0)
    var compared = 0
    for line in answer.output.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count == 4, words[0].hasSuffix(".py"), let outputs = Double(words[1]),
        let gradients = Double(words[2]), let steps = Double(words[3])
      else { continue }
      #expect(outputs <= 1e-5 && gradients <= tolerance && steps <= tolerance, "\(line)")
      worst = (
        max(worst.outputs, outputs), max(worst.gradients, gradients), max(worst.steps, steps)
      )
      compared += 1
    }
    let failures = answer.output.split(separator: "\n").filter { $0.hasPrefix("failed:") }
    #expect(compared == files.count, "\(failures)")
    print(
      "\(framework.title): \(compared) networks agree, outputs to \(worst.outputs), gradients to "
        + "\(worst.gradients) and weights after a step to \(worst.steps) of their size; "
        + "\(refused) refused")
  }
}

extension Session {
  /// Writes the gradients of the current network for the example that `export` stores, and, where there are any,
  /// the parameters after one step of plain SGD along them.
  fileprivate func writeGradients(for framework: CodeFile.Framework, to path: String) throws {
    let network = try #require(state.current?.network)
    let file = try ExportedCode.file(of: self, for: framework)
    let gradients = try scope.exampleGradients(of: network, at: nil)
    try framework.write(file.gradients(gradients), to: path)
    guard var request = try scope.exampleRequest(of: network) else { return }
    request.recipe.optimizer = .sgd
    request.recipe.batchSize = request.data.train.count
    request.length = .steps(1)
    let trainer = Trainer()
    trainer.start(request)
    trainer.waitForEnd()
    let learned = try #require(trainer.collect()).learned
    let stepped = file.tensors { learned.parameters[$0] }
    try framework.write(stepped, to: path.replacing(".gradients", with: ".stepped"))
  }
}
