/// What a piece of a plan's memory is for.
enum BufferRole: Hashable {
  /// The examples that go in and what they are compared with.
  case batch

  /// What a block puts out, and what of it the backward pass needs.
  case value

  /// The gradient of a value.
  case gradient

  /// Weights in another order, as kernels want them.
  case packed

  /// Sums by thread, statistics of a batch, and whatever else lives for some steps only.
  case workspace
}
