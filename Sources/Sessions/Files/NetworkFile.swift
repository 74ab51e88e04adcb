import Interchange
import Networks
import Training

/// Networks as files: text alone, or weights with the text beside them.
enum NetworkFile {
  /// The text of a network as `load` reads it.
  static func text(of network: Network) -> String {
    NetworkScript.lines(of: network).joined(separator: "\n") + "\n"
  }

  /// Writes a network's weights with its text beside them, and how its inputs were normalized; gives the number
  /// of tensors.
  ///
  /// - Parameter names: Those of the tensors, where they are not the paths.
  @discardableResult
  static func write(
    _ network: Network, _ learned: LearnedState, _ normalization: Normalization?,
    names: [ParameterKey: String]? = nil, to path: String, isPrivate: Bool = false
  ) throws(FileError) -> Int {
    let tensors = tensors(of: network, learned.parameters, names: names)
    var metadata = [
      "network": text(of: network), "steps": "\(learned.steps)", "epochs": "\(learned.epochs)",
    ]
    if let normalization, normalization.fits(network.input) {
      metadata.merge(NormalizationText.metadata(of: normalization)) { _, new in new }
    }
    try SafetensorsWriter.write(tensors, metadata: metadata, to: path, isPrivate: isPrivate)
    return tensors.count
  }

  /// The parameters of a network that have values, under their paths or other names.
  static func tensors(
    of network: Network, _ values: ParameterStore, names: [ParameterKey: String]? = nil
  ) -> [NamedTensor] {
    network.parameters.compactMap { parameter in
      values[parameter.key].map {
        NamedTensor(name: names?[parameter.key] ?? parameter.path, tensor: $0)
      }
    }
  }
}
