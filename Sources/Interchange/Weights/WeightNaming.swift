import Networks

/// Who named the tensors of a file.
package enum WeightNaming: CaseIterable, Equatable, Sendable {
  /// This program: the paths of the blocks.
  case own

  /// The residual networks of torchvision and timm, and those for CIFAR that are written like them:
  /// `layer1.0.conv1.weight`.
  case pytorch

  /// The model zoo of Gluon, version 1, as `save_parameters` writes it: `features.4.0.body.0.weight`.
  case gluon

  /// The same networks as MXNet named them at first, without what begins all names: `stage1_conv0_weight`.
  case gluonPrefix

  /// The names that a parameter may have, the usual one first; none where there is no place for it.
  func names(of parameter: ParameterSpecification, at place: LayerPlace?) -> [String] {
    if self == .own { return [parameter.path] }
    guard let place else { return [] }
    let roles = roleWords(parameter.key.role, of: place.kind)
    return layerNames(at: place).flatMap { layer in roles.map { layer + separator + $0 } }
  }

  /// The usual name of each parameter of a network.
  ///
  /// - Throws: The first parameter for which there is no place among the names.
  package func usualNames(of network: Network) throws(ParameterWithoutPlace) -> [ParameterKey:
    String]
  {
    let places = LayerPlaces(network).places
    var result: [ParameterKey: String] = [:]
    for parameter in network.parameters {
      guard let name = names(of: parameter, at: places[parameter.key.block]).first else {
        throw ParameterWithoutPlace(parameter: parameter)
      }
      result[parameter.key] = name
    }
    return result
  }

  private var separator: String { self == .gluonPrefix ? "_" : "." }

  /// The names that a layer may have, the usual one first.
  private func layerNames(at place: LayerPlace) -> [String] {
    switch self {
    case .own: []
    case .pytorch: Self.pytorchNames(at: place)
    case .gluon: Self.gluonNames(at: place)
    case .gluonPrefix: Self.gluonPrefixNames(at: place)
    }
  }

  private static func pytorchNames(at place: LayerPlace) -> [String] {
    let word =
      switch place.kind {
      case .convolution: "conv\(place.ordinal + 1)"
      case .normalization: "bn\(place.ordinal + 1)"
      case .dense: "fc\(place.ordinal + 1)"
      }
    switch place.chain {
    case .stem: return place.isFirstDense ? [word] + pytorchHeads : [word]
    case .body(let stage, let block): return ["layer\(stage.number).\(block).\(word)"]
    case .shortcut(let stage, let block):
      return ["downsample", "shortcut"].map {
        "layer\(stage.number).\(block).\($0).\(place.position)"
      }
    case .head: return place.isFirstDense ? pytorchHeads : []
    }
  }

  private static let pytorchHeads = ["fc", "linear", "classifier"]

  private static func gluonNames(at place: LayerPlace) -> [String] {
    switch place.chain {
    case .stem: ["features.\(place.position)"]
    case .body(let stage, let block):
      ["features.\(stage.position).\(block).body.\(place.position)"]
    case .shortcut(let stage, let block):
      ["features.\(stage.position).\(block).downsample.\(place.position)"]
    case .head: place.isFirstDense ? ["output"] : []
    }
  }

  private static func gluonPrefixNames(at place: LayerPlace) -> [String] {
    let word =
      switch place.kind {
      case .convolution: "conv\(place.ordinalInStage)"
      case .normalization: "batchnorm\(place.ordinalInStage)"
      case .dense: "dense\(place.ordinalInStage)"
      }
    return switch place.chain {
    case .stem, .head: [word]
    case .body(let stage, block: _), .shortcut(let stage, block: _):
      ["stage\(stage.number)_\(word)"]
    }
  }

  /// The words for a role, those of the naming's framework first.
  private func roleWords(_ role: ParameterRole, of kind: LayerPlace.Kind) -> [String] {
    let words = kind == .normalization ? RoleWord.normalization(role) : [role.rawValue]
    return self == .gluon || self == .gluonPrefix ? words.reversed() : words
  }
}

/// A parameter that others have no name for.
package struct ParameterWithoutPlace: Error {
  package let parameter: ParameterSpecification
}
