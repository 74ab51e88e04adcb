/// Values of parameters beside the tree, kept by block identity.
///
/// A value: copies share storage until one of them is changed, so keeping an old store for undo costs little.
package struct ParameterStore: Equatable, Sendable {
  private var tensors: [ParameterKey: Tensor] = [:]

  /// An empty store.
  package init() {}

  /// The tensor of a parameter, or nothing where it has no values yet.
  package subscript(key: ParameterKey) -> Tensor? {
    get { tensors[key] }
    set { tensors[key] = newValue }
  }

  /// The number of tensors.
  package var count: Int { tensors.count }

  /// Whether there is no tensor.
  package var isEmpty: Bool { tensors.isEmpty }

  /// All keys, in no order.
  package var keys: Dictionary<ParameterKey, Tensor>.Keys { tensors.keys }

  /// The tensors whose parameters a network still has, in the shapes it needs.
  package func kept(for specifications: [ParameterSpecification]) -> ParameterStore {
    var result = ParameterStore()
    for specification in specifications {
      if let tensor = tensors[specification.key], tensor.shape == specification.shape {
        result.tensors[specification.key] = tensor
      }
    }
    return result
  }
}
