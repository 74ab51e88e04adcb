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

  /// Loads each file, and prints the largest differences of outputs and gradients, in shares of the largest of each.
  private static let driver = """

    def share(pairs):
        worst = max((float(abs(a - b).max()) for a, b in pairs if a.size), default=0.0)
        return worst / max(max((float(abs(b).max()) for a, b in pairs if b.size), default=0.0), 1e-3)

    for path in sys.argv[1:]:
        spec = importlib.util.spec_from_file_location("exported", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        try:
            print(path, *figures(module, path.replace(".py", ".gradients")))
        except Exception as error:
            print("failed:", path, str(error).replace(chr(10), " ")[-200:])
    """

  /// PyTorch's own gradients in single precision are off where sums cancel, as those of a bias before a
  /// normalization; so ours are compared with those in double precision, and what theirs are off by is allowed
  /// four times.
  private static let drivers: [CodeFile.Framework: String] = [
    .pytorch: """
    import importlib.util, sys
    import torch
    from safetensors.torch import load_file

    def gradients_of(module, dtype):
        model, inputs, expected = module.load()
        model = model.to(dtype).train()
        loss = (model(inputs.to(dtype)) ** 2).mean() / 2
        if loss.requires_grad:
            loss.backward()
        return {name: p.grad for name, p in model.named_parameters() if p.grad is not None}

    def figures(module, gradients):
        model, inputs, expected = module.load()
        outputs = share([(model(inputs).detach().numpy(), expected.numpy())])
        ours = load_file(gradients)
        theirs, exact = (gradients_of(module, dtype) for dtype in (torch.float32, torch.float64))
        assert set(theirs) >= set(ours), "no gradient of a parameter that learns"
        largest = max((float(exact[name].abs().max()) for name in ours), default=0.0)
        worst = 0.0
        for name in ours:
            allowed = 4 * (theirs[name].double() - exact[name]).abs().max()
            off = (ours[name].double() - exact[name]).abs().max() - allowed
            worst = max(worst, float(off))
        return outputs, worst / max(largest, 1e-3)
    """,
    .gluon: """
    import importlib.util, sys
    import mxnet as mx

    def figures(module, gradients):
        model, inputs, expected = module.load()
        outputs = share([(model(inputs).asnumpy(), expected.asnumpy())])
        parameters = model._collect_params_with_prefix()
        ours = mx.nd.load(gradients)
        ours = ours if isinstance(ours, dict) else {}
        if not ours:
            return outputs, 0.0
        with mx.autograd.record():
            loss = (model(inputs) ** 2).mean() / 2
        loss.backward()
        pairs = [(parameters[name].grad().asnumpy(), ours[name].asnumpy()) for name in ours]
        return outputs, share(pairs)
    """,
  ]

  /// The share of their size by which gradients may differ.
  private static let tolerances: [CodeFile.Framework: Double] = [.pytorch: 1e-4, .gluon: 2e-3]

  @Test(
    "outputs agree to 1e-5 of their size, and gradients as far as rounding lets them",
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
    let tolerance = try #require(Self.tolerances[framework])
    var worst = (outputs: 0.0, gradients: 0.0)
    var compared = 0
    for line in answer.output.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count == 3, words[0].hasSuffix(".py"), let outputs = Double(words[1]),
        let gradients = Double(words[2])
      else { continue }
      #expect(outputs <= 1e-5 && gradients <= tolerance, "\(line)")
      worst = (max(worst.outputs, outputs), max(worst.gradients, gradients))
      compared += 1
    }
    let failures = answer.output.split(separator: "\n").filter { $0.hasPrefix("failed:") }
    #expect(compared == files.count, "\(failures)")
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
