import Networks

extension EngineError: CustomStringConvertible {
  /// What is wrong, what was expected and found, and what to type next.
  package var description: String {
    switch self {
    case .singleValueNormalization(let path, _):
      """
      batch normalization \(path) sees one value per channel, which has no variance: \
      take a larger batch (batch 32), or remove \(path)
      """
    case .memory(let needed, let available, let batch):
      """
      this needs \(ByteCount.text(needed)) of memory, \(ByteCount.text(available)) can be had: \
      \(batch.map { "take a smaller batch (batch \($0)) or" } ?? "take") fewer channels
      """
    case .batchSize(let count):
      count < 1
        ? "a batch has at least one example, not \(count): batch 32"
        : "a batch of \(count) examples is too large: batch 32"
    case .inputShape(let expected, let found):
      """
      the network takes inputs of \(expected.displayText), the data has \(found.displayText): \
      input \(found)
      """
    case .outputHasPositions(let loss, let output):
      """
      \(loss.name) compares one score per class, but the output is \(output.displayText): \
      add gap, then add dense 10 with as many units as classes
      """
    case .targetPositions(let expected, let found):
      """
      the output is \(expected.displayText), the data has a class at each of \
      \(found.map(String.init).joined(separator: "×")) positions: their positions must agree
      """
    case .severalOutputs(let count):
      "bce takes one output, the network has \(count): loss cross_entropy"
    case .label(let label, _) where label < 0: "label \(label) is no class: labels count from 0"
    case .label(let label, let outputs):
      """
      label \(label) needs at least \(label + 1) outputs, the network has \(outputs): \
      add dense \(label + 1)
      """
    case .targetKind(let loss):
      loss.comparesClasses
        ? "\(loss.name) needs classes, the data has numbers as targets: loss l2"
        : "\(loss.name) needs numbers as targets, the data has classes: loss cross_entropy"
    case .noTargets: "the data has no targets to compare with: predict needs none"
    case .targetShape(let expected, let found):
      """
      the output is \(expected.displayText), the data has targets of \
      \(found.map(String.init).joined(separator: "×")): \
      \(found.count == 1 ? "add dense \(found[0])" : "their numbers must agree")
      """
    case .stray(let stray): "\(stray.message): \(stray.nextStep)"
    case .kernel(let path, let status):
      "the kernel of \(path) failed with status \(status): ESPALIER_NO_ONEDNN=1 runs without oneDNN"
    case .rows(let fault): "\(fault.message): \(fault.nextStep)"
    case .ranks(.lost):
      "a process of mpirun is gone; what was learned until its last step is kept: recover"
    case .ranks(.apart(let rank)):
      "process \(rank) has come to something else than process 0: begin with the same files everywhere"
    case .ranks(.refused(let rank, let reason)): "process \(rank) refuses: \(reason)"
    case .interrupted: "stopped by Ctrl-C"
    case .unshaped(let path):
      "block \(path) has no shape"
    }
  }
}
