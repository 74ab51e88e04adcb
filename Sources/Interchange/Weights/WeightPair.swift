import Networks

/// A parameter of a network and the tensor of a file that is meant for it.
package struct WeightPair: Sendable {
  package let parameter: ParameterSpecification
  package let array: StoredArray

  /// Whether the tensor has the parameter's shape.
  var fits: Bool { parameter.shape == array.shape }
}
