import Foundation
import Testing

@testable import Interchange
@testable import Sessions

/// Exported code in its framework, on networks drawn at random.
///
/// Runs with ESPALIER_PROVE=1 where a variable names a Python that has the framework: ESPALIER_PYTHON_PYTORCH,
/// ESPALIER_PYTHON_GLUON.
@Suite(.serialized)
struct ExportProofs {
  private static let count = 200

  /// Loads each file, and prints the largest differences of outputs and gradients, each in shares of the largest.
  private static let driver = """

    def share(pairs):
        worst = max((float(abs(a - b).max()) for a, b in pairs), default=0.0)
        return worst / max(max((float(abs(b).max()) for a, b in pairs), default=0.0), 1e-3)

    for path in sys.argv[1:]:
        spec = importlib.util.spec_from_file_location("exported", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        print(path, *figures(*module.load(), path.replace(".py", ".gradients")))
    """

  private static let drivers: [CodeFile.Framework: String] = [
    .pytorch: """
    import importlib.util, sys
    from safetensors.torch import load_file

    def figures(model, inputs, expected, gradients):
        outputs = share([(model(inputs).detach().numpy(), expected.numpy())])
        model.train()
        (model(inputs) ** 2).mean().div(2).backward()
        parameters = dict(model.named_parameters())
        ours = load_file(gradients)
        pairs = [(parameters[name].grad.numpy(), ours[name].numpy()) for name in ours]
        return outputs, share(pairs)
    """,
    .gluon: """
    import importlib.util, sys
    import mxnet as mx

    def figures(model, inputs, expected, gradients):
        outputs = share([(model(inputs).asnumpy(), expected.asnumpy())])
        with mx.autograd.record():
            loss = (model(inputs) ** 2).mean() / 2
        loss.backward()
        parameters = model._collect_params_with_prefix()
        ours = mx.nd.load(gradients)
        ours = ours if isinstance(ours, dict) else {}
        pairs = [((parameters[name].grad() * 1).asnumpy(), ours[name].asnumpy()) for name in ours]
        return outputs, share(pairs)
    """,
  ]

  @Test(
    "outputs agree to 1e-5 of their size, and gradients to 1e-4",
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
      python, ["-c", try #require(Self.drivers[framework]) + Self.driver] + files)
    #expect(answer.status == 0, "\(answer.output.suffix(2000))")
    var worst = (outputs: 0.0, gradients: 0.0)
    var compared = 0
    for line in answer.output.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count == 3, words[0].hasSuffix(".py"), let outputs = Double(words[1]),
        let gradients = Double(words[2])
      else { continue }
      #expect(outputs <= 1e-5 && gradients <= 1e-4, "\(line)")
      worst = (max(worst.outputs, outputs), max(worst.gradients, gradients))
      compared += 1
    }
    #expect(compared == files.count)
    print(
      "\(framework.title): \(compared) networks agree, outputs to \(worst.outputs), gradients to "
        + "\(worst.gradients) of their size; \(refused) refused")
  }
}

extension Session {
  /// Writes the gradients of the current network for the example that `export` stores.
  fileprivate func writeGradients(for framework: CodeFile.Framework, to path: String) throws {
    let network = try #require(state.current?.network)
    let file = try ExportedCode.file(of: self, for: framework)
    let gradients = try scope.exampleGradients(of: network, at: nil)
    try framework.write(file.gradients(gradients), to: path)
  }
}
