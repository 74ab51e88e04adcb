import Interchange
import Networks
import Training

/// A network as a file of weights keeps it: text, tensors, figures, and what it needs to learn on.
struct SavedNetwork {
  let network: Network
  let learned: LearnedState

  /// How its inputs were normalized, if they were.
  let normalization: Normalization?

  /// The names of the classes that it tells apart, if they are known.
  var classNames: [String] = []

  /// The session's definitions, as they could be typed again.
  var definitions: [String] = []

  /// The names of the tensors, where they are not the paths.
  var names: [ParameterKey: String]?

  /// What it needs to learn on; nothing where the file is for others.
  var learning: SavedLearning?

  /// A network with its weights.
  init(_ network: Network, _ learned: LearnedState, _ normalization: Normalization?) {
    (self.network, self.learned, self.normalization) = (network, learned, normalization)
  }

  /// Writes it, whole or not at all, and gives the number of its own tensors.
  @discardableResult
  func write(to path: String, isPrivate: Bool = false) throws(FileError) -> Int {
    let tensors = NetworkFile.tensors(of: network, learned.parameters, names: names)
    var metadata = [
      "network": NetworkFile.text(of: network, behind: definitions), "steps": "\(learned.steps)",
      "epochs": "\(learned.epochs)",
    ]
    if let normalization, normalization.fits(network.input) {
      metadata.merge(NormalizationText.metadata(of: normalization)) { _, new in new }
    }
    if let text = ClassNamesText.text(of: classNames, for: network) {
      metadata[ClassNamesText.key] = text
    }
    var more: [NamedTensor] = []
    if let learning {
      metadata.merge(learning.metadata(of: network)) { _, new in new }
      more = learning.tensors(of: network)
    }
    try SafetensorsWriter.write(tensors + more, metadata: metadata, to: path, isPrivate: isPrivate)
    return tensors.count
  }
}
