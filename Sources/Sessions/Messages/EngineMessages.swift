import Engine
import Language
import Networks

extension Diagnostic {
  /// What the engine refuses, with what may be typed instead.
  init(_ error: EngineError, at range: SourceRange?) {
    switch error {
    case .interrupted: self = .stopped()
    case .ranks(let fault): self.init(fault, at: range)
    case .rows(let fault):
      self.init(.file, fault.message, at: range, offers: [fault.nextStep])
    case .stray(let stray):
      self.init(.state, stray.message, at: range, offers: [stray.nextStep])
    case .singleValueNormalization(let path, _):
      self.init(
        .state, "\(path) normalizes one value per channel, which has no variance", at: range,
        offers: ["batch 32", "remove \(path)"])
    case .memory(let needed, let available, let batch):
      self.init(
        .memory,
        "this needs \(ByteCount.text(needed)) of memory, \(ByteCount.text(available)) can be had",
        at: range, offers: batch.map { ["batch \($0)"] } ?? ["memory"])
    case .batchSize(let count):
      self.init(
        .state, "a batch of \(Numbers.count(count, "example")) is out of bounds", at: range,
        offers: ["batch 32"])
    case .inputShape(let expected, let found):
      self.init(
        .shape,
        "the data has inputs of \(found.displayText), the network takes \(expected.displayText)",
        at: range, offers: ["input \(found)"])
    case .outputHasPositions(_, let output):
      self.init(
        .shape,
        "the output \(output.displayText) still has positions; classes need one score each",
        at: range, offers: ["add gap; add dense 10"])
    case .targetPositions(let expected, let found):
      self.init(
        .shape,
        "the data has a class at each of \(found.map(String.init).joined(separator: "×")) positions, "
          + "the network's output is \(expected.displayText)",
        at: range, offers: ["summary"])
    case .severalOutputs(let count):
      self.init(
        .shape, "bce takes one output, the network has \(count)", at: range,
        offers: ["loss cross_entropy"])
    case .label(let label, let outputs):
      self.init(
        .shape,
        "label \(label) needs at least \(label + 1) outputs, the network has \(outputs)",
        at: range, offers: ["add dense \(label + 1)"])
    case .targetKind(let loss):
      self.init(
        .state,
        loss.comparesClasses
          ? "loss \(loss.name) compares classes, the data has numbers as targets"
          : "loss \(loss.name) compares numbers, the data has classes as targets",
        at: range, offers: ["loss \(loss.comparesClasses ? "l2" : "cross_entropy")", "loss auto"])
    case .targetShape(let expected, let found):
      self.init(
        .shape,
        "the data has targets of \(found.map(String.init).joined(separator: "×")), the network's "
          + "output is \(expected.displayText)",
        at: range, offers: ["add dense \(found.reduce(1, *))"])
    case .noTargets:
      self.init(.state, "the data has nothing to predict", at: range, offers: ["help data"])
    case .kernel, .unshaped:
      self.init(.state, error.description, at: range)
    }
  }
}
