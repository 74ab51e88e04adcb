import Interchange
import Networks

/// Networks as text, and their parameters as tensors with names.
enum NetworkFile {
  /// The text of a network as `load` reads it, behind the definitions that were in force.
  static func text(of network: Network, behind definitions: [String] = []) -> String {
    (definitions + NetworkScript.lines(of: network)).joined(separator: "\n") + "\n"
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
