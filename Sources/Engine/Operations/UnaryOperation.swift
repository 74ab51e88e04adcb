import Networks

/// An operation from one value to another, with its forward and backward steps beside what they compute.
protocol UnaryOperation {
  /// The parameters that training may change.
  var parameters: [ParameterKey] { get }

  /// Whether its steps treat values as well whose channels come first.
  var canHaveChannelsFirst: Bool { get }

  /// Emits the forward step of a node.
  func emitForward(_ node: Node, to plan: PlanBuilder)

  /// Emits the backward steps of a node, for the gradient of its output.
  func emitBackward(_ node: Node, dy: BufferID, to plan: PlanBuilder)
}

extension UnaryOperation {
  var parameters: [ParameterKey] { [] }

  var canHaveChannelsFirst: Bool { false }
}
