/// Why shapes do not fit, where, and what would repair it.
package struct ShapeError: Error, Hashable, Sendable {
  /// The path of the block at fault, such as `res1.body.conv2`.
  package let path: String
  package let block: BlockID
  package let fault: ShapeFault

  /// Changes that were tried and make the network well-shaped.
  package var offers: [Offer]

  /// A fault at a block.
  package init(path: String, block: BlockID, fault: ShapeFault, offers: [Offer] = []) {
    self.path = path
    self.block = block
    self.fault = fault
    self.offers = offers
  }
}

/// What does not fit, as facts.
package enum ShapeFault: Error, Hashable, Sendable {
  /// A layer wants other spatial dimensions than the input has.
  case rank(kind: String, wanted: [Int], input: Shape)

  /// A parameter gives sizes for more or fewer dimensions than the input has, or a size that is too small.
  case dimensions(parameter: String, given: String, input: Shape)

  /// Causal padding over another number of spatial dimensions than one.
  case causalPadding(input: Shape)

  /// A window, dilated, is wider than the padded extent it slides over.
  case window(kernel: Int, dilation: Int, extent: Int, padding: Padding.Sides, input: Shape)

  /// More padding than the window is wide, so windows would see padding alone.
  case paddingWidth(kernel: Int, padding: Padding.Sides)

  /// Channels that groups do not divide.
  case groups(groups: Int, inputChannels: Int, outputChannels: Int)

  /// Channels that the groups of a normalization do not divide.
  case normalizationGroups(groups: Int, channels: Int)

  /// Channels that the heads of an attention do not divide.
  case heads(Int, channels: Int)

  /// Several channels where each position has one whole number.
  case severalIndices(kind: String, input: Shape)

  /// Channels that cannot be halved.
  case oddChannels(kind: String, input: Shape)

  /// The body's output and the shortcut's output cannot be added.
  case sum(body: Shape, shortcut: Shape, input: Shape, kind: ShortcutKind)

  /// A body that is run through again, but does not keep the shape of its input.
  case pass(input: Shape, output: Shape)

  /// A sum or join of branches whose shapes disagree.
  case branches(join: Parallel.Join, first: Shape, ordinal: Int, other: Shape)

  /// A join of a name under which nothing was tapped before; `known` are the names that were.
  case tap(name: String, known: [String])

  /// A tapped value, behind its layers, that does not agree with the value it is joined with.
  case join(tap: String, join: Parallel.Join, tapped: Shape, input: Shape)

  /// Branches that cannot be multiplied with each other.
  case factors(ordinal: Int, shape: Shape, otherOrdinal: Int, other: Shape)

  /// A highway's transform or gate that does not agree with the input.
  case highway(isGate: Bool, output: Shape, input: Shape)

  /// A highway of more or fewer branches than transform and gate.
  case highwayBranches(count: Int)

  /// Fewer channels out than in, which dropping channels would need.
  case subsampleChannels(input: Shape, channels: Int)

  /// Mirrored positions that the input does not have.
  case mirroredWidth(extent: Int, padding: Padding.Sides)

  /// Positions added behind a transposed convolution, as many as stride and dilation leave no room for.
  case outputPadding(outpad: Int, stride: Int, dilation: Int)

  /// More positions left out of a transposed convolution than its windows cover.
  case nothingLeft(extent: Int, padding: Padding.Sides)

  /// Channels that cannot be put into so many groups, or into groups of so many.
  case undivided(kind: String, channels: Int, by: Int)

  /// A range without a place, or with places that the input does not have.
  case slice(range: String, extent: Int, unit: Slicing.Unit)

  /// A shape of another number of values than the input has.
  case reshape(shape: String, input: Shape)

  /// Numbers that are no order of an input's dimensions.
  case order(order: String, input: Shape)

  /// A size beyond what a network may have.
  case tooLarge(quantity: Quantity, limit: Int)

  /// What may be too large.
  package enum Quantity: Hashable, Sendable {
    case extent
    case valuesPerExample
    case parameters
    case multiplyAdds
    case nesting
    case blocks
  }
}
