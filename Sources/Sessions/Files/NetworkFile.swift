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
  @discardableResult
  static func write(
    _ network: Network, _ learned: LearnedState, _ normalization: Normalization?, to path: String,
    isPrivate: Bool = false
  ) throws(FileError) -> Int {
    let tensors = network.parameters.compactMap { specification in
      learned.parameters[specification.key].map {
        NamedTensor(name: specification.path, tensor: $0)
      }
    }
    var metadata = [
      "network": text(of: network), "steps": "\(learned.steps)", "epochs": "\(learned.epochs)",
    ]
    if let normalization, normalization.fits(network.input) {
      metadata.merge(NormalizationText.metadata(of: normalization)) { _, new in new }
    }
    try SafetensorsWriter.write(tensors, metadata: metadata, to: path, isPrivate: isPrivate)
    return tensors.count
  }
}
