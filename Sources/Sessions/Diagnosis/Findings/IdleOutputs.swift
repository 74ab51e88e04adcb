import Engine
import Networks

extension Observation {
  /// There are more outputs than classes.
  var idleOutputs: Finding? {
    guard kind == .crossEntropy, let labels, network.output.channels > labels.names.count,
      let last = network.root.children.last
    else { return nil }
    let (outputs, classes) = (network.output.channels, labels.names.count)
    let isDense = last.kind == .dense
    return Finding(
      symptom: .outputs, path: last.name,
      text: "\(last.name) has \(outputs) outputs, the data \(classes) classes",
      meaning: "\(Numbers.count(outputs - classes, "output")) that no example asks for take their "
        + "share of each prediction until they have unlearned it",
      figures: ["outputs": .integer(outputs), "classes": .integer(classes)],
      remedies: isDense ? ["set \(last.name) units=\(classes)"] : [], share: 0.98)
  }
}
