/// What a kind of layer tells about itself, in its own file.
///
/// Where nothing is said, it is that of a layer that treats each value by itself and learns nothing.
protocol LayerDefinition {
  /// The kind under which the layer is listed.
  var kind: Kind { get }

  /// Writes the arguments that make the layer again.
  func write(to arguments: inout Arguments)

  /// The windows that slide over an input, or nothing for a layer without.
  ///
  /// - Throws: A fault where their sizes do not suit the input.
  func slidingWindows(over input: Shape) throws(ShapeFault) -> Windows?

  /// The shape of the output for an input, over which the layer's windows slide.
  ///
  /// - Throws: A fault where the layer cannot take the input.
  func output(for input: Shape, windows: Windows?) throws(ShapeFault) -> Shape

  /// The strides of the layer's windows, 1 where each position goes through, nothing where positions are
  /// gone.
  func strides(over input: Shape, windows: Windows?) -> [Int]?

  /// What is seen of the network's input through the layer and its windows.
  func receptiveField(_ field: ReceptiveField, input: Shape, windows: Windows?) -> ReceptiveField

  /// Whether the layer learns anything, whatever its input.
  var learns: Bool { get }

  /// Whether the layer brings values to a mean and a variance, or to a mean square.
  var isNormalization: Bool { get }

  /// The parameters for an input that the layer takes, weight first.
  func parameterNeeds(for input: Shape) -> [ParameterNeed]

  /// Multiply-adds of one example: those of convolutions and dense layers; the rest counts as none.
  func multiplyAdds(input: Shape, output: Shape) -> Int?

  /// The activation argument of a layer that has one.
  var ownActivation: Activation? { get }

  /// The parameter that says how many outputs there are, of a layer that can be given any number of them.
  var widthParameter: String? { get }

  /// The window before it meets an input, of a layer whose positions depend on one.
  var window: LayerWindow? { get }

  /// What becomes of channels that enter when a layer before has been given more of them.
  func channelFlow(path: String) -> ChannelFlow

  /// Arguments with which the layer may take an input that it refused; each is tried before it is offered.
  func repairs(of fault: ShapeFault) -> [[Setting.Value]]

  /// A layer of the same form, over so many spatial dimensions, that can be an identity.
  func identity(rank: Int) -> Layer?
}

extension LayerDefinition {
  func write(to arguments: inout Arguments) {}
  func slidingWindows(over input: Shape) throws(ShapeFault) -> Windows? { nil }
  func output(for input: Shape, windows: Windows?) throws(ShapeFault) -> Shape { input }

  func strides(over input: Shape, windows: Windows?) -> [Int]? {
    windows?.stride ?? Array(repeating: 1, count: input.spatialRank)
  }

  func receptiveField(_ field: ReceptiveField, input: Shape, windows: Windows?) -> ReceptiveField {
    windows.map { field.through($0) } ?? field
  }

  var learns: Bool { false }
  var isNormalization: Bool { false }
  func parameterNeeds(for input: Shape) -> [ParameterNeed] { [] }
  func multiplyAdds(input: Shape, output: Shape) -> Int? { 0 }
  var ownActivation: Activation? { nil }
  var widthParameter: String? { nil }
  var window: LayerWindow? { nil }
  func channelFlow(path: String) -> ChannelFlow { .passes }
  func repairs(of fault: ShapeFault) -> [[Setting.Value]] { [] }
  func identity(rank: Int) -> Layer? { nil }
}

/// A sliding window as it was typed, for any number of spatial dimensions.
struct LayerWindow {
  let kernel: Extents
  let stride: Extents
  let padding: Padding
  let dilation: Extents
}
