import Testing

@testable import Networks

/// What layers tell about themselves agrees, so that what one forgets to say does not pass for the usual.
struct LayerDefinitionTests {
  private static let layers: [Layer] = Kind.allCases.compactMap { kind in
    var arguments = Arguments(kind)
    for parameter in kind.row.parameters where parameter.defaultText == nil {
      arguments[parameter.name] = parameter.type == .activation ? .activation(.relu) : nil
    }
    return Layer(arguments)
  }

  /// Layers that are no plain kind: one for each argument that changes what they learn.
  private static let others: [Layer] = {
    var shared = ParametricRelu()
    shared.isShared = false
    var plain = BatchNormalization()
    (plain.hasScale, plain.hasCenter) = (false, false)
    var affine = ExampleNormalization(over: .positions)
    affine.isAffine = true
    var bare = ExampleNormalization(over: .channels)
    bare.isAffine = false
    var mute = Attention(heads: 3)
    mute.hasBias = false
    return [
      .attention(mute), .positions(Positions(.sinusoidal)), .parametricRelu(shared),
      .batchNormalization(plain), .exampleNormalization(affine),
      .exampleNormalization(bare),
      .exampleNormalization(ExampleNormalization(over: .example)),
      .transposedConvolution(TransposedConvolution(channels: 4, kernel: Extents(3))),
      .rearrangement(.slice(Slicing([SliceRange(from: 1)]))),
      .rearrangement(.slice(Slicing([SliceRange(to: -1)], of: .positions))),
      .rearrangement(.reshape(Reshape([nil, 3]))),
    ]
  }()

  private static let shapes = [[6, 5, 5], [6, 5], [6]].map { Shape($0) }

  private func inputs(of layer: LayerDefinition) -> [Shape] {
    Self.shapes.filter { shape in
      (try? layer.output(for: shape, windows: layer.slidingWindows(over: shape))) != nil
    }
  }

  @Test("arguments make the layer again", arguments: layers + others)
  func arguments(layer: Layer) {
    #expect(Layer(layer.arguments) == layer)
    #expect(layer.arguments.kind == layer.kind)
  }

  @Test("a layer learns where it has parameters to learn", arguments: layers + others)
  func learning(layer: Layer) {
    let definition = layer.definition
    let inputs = inputs(of: definition)
    #expect(!inputs.isEmpty || [.subsample, .embedding].contains(layer.kind))
    for input in inputs {
      let needs = definition.parameterNeeds(for: input)
      #expect(definition.learns == needs.contains { $0.role.isLearnable }, "\(input)")
    }
  }

  @Test("parameters of each channel go with the channels", arguments: layers + others)
  func channels(layer: Layer) {
    let definition = layer.definition
    for input in inputs(of: definition) {
      let needs = definition.parameterNeeds(for: input)
      let isPerChannel = !needs.isEmpty && needs.allSatisfy { $0.shape[0] == input.channels }
      switch definition.channelFlow(path: "") {
      case .passesWithParameters: #expect(isPerChannel, "\(input)")
      case .passes, .flattens: #expect(!isPerChannel, "\(input)")
      case .refuses: break
      case .ends, .endsTransposed: #expect(definition.widthParameter != nil)
      }
    }
  }
}
