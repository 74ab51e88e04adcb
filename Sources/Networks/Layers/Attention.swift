/// Multi-head self-attention: every position becomes a mean of values of all positions, weighed by how well its query
/// and their keys agree.
///
/// y = softmax(Q·Kᵀ / √(C / heads)) · V · Wₒᵀ + bₒ for each head (Vaswani et al. 2017), where Q, K and V are the input
/// times the three matrices of `in_proj_weight`, `[3 · channels, channels]`, and Wₒ is `out_proj.weight`,
/// `[channels, channels]`, as in PyTorch's `MultiheadAttention`. Two dimensions are read row by row.
package struct Attention: Hashable, Sendable {
  /// Parts of the channels, each with a softmax of its own; they divide the channels.
  package var heads: Int

  /// Whether a position sees only itself and those before it.
  package var isCausal = false

  /// The share of the softmax that training zeroes.
  package var dropout = 0.0
  package var hasBias = true

  /// An attention with so many heads.
  package init(heads: Int) { self.heads = heads }
}

extension Attention: LayerDefinition {
  static let row = KindRow(
    "self-attention: each position a weighed mean of all positions, for each head",
    .dense, aliases: ["mha"],
    [
      .positional(
        "heads", .count, "parts of the channels with a softmax of their own", also: ["num_heads"]),
      .keyed(
        "causal", .flag, default: "no", "see only what comes before", also: ["is_causal"]),
      .keyed("dropout", .share, default: "0", "share of the softmax that is zeroed"),
      .keyed("bias", .flag, default: "yes", "learnable biases", also: ["use_bias"]),
    ]
  ) { arguments in
    var attention = Attention(heads: arguments.count("heads"))
    attention.isCausal = arguments.flag("causal")
    attention.dropout = arguments.number("dropout")
    attention.hasBias = arguments.flag("bias")
    return .attention(attention)
  }

  func write(to arguments: inout Arguments) {
    arguments["heads"] = .count(heads)
    arguments["causal"] = .flag(isCausal)
    arguments["dropout"] = .number(dropout)
    arguments["bias"] = .flag(hasBias)
  }

  var kind: Kind { .attention }

  func output(for input: Shape, windows: Windows?) throws(ShapeFault) -> Shape {
    if input.spatialRank == 0 { throw .rank(kind: kind.rawValue, wanted: [1, 2], input: input) }
    if heads < 1 || input.channels % heads != 0 {
      throw .heads(heads, channels: input.channels)
    }
    return input
  }

  /// Everything; what is causal sees as far back as there is, and of two dimensions the rows above whole.
  func receptiveField(_ field: ReceptiveField, input: Shape, windows: Windows?) -> ReceptiveField {
    guard isCausal else { return .whole }
    let extents = input.spatial
    let sides = extents.enumerated().map { axis, extent in
      Padding.Sides(before: extent - 1, after: axis == 0 ? 0 : extent - 1)
    }
    let ones = extents.map { _ in 1 }
    return field.through(
      kernel: sides.map { $0.total + 1 }, stride: ones, dilation: ones, padding: sides)
  }

  var learns: Bool { true }

  func parameterNeeds(for input: Shape) -> [ParameterNeed] {
    let channels = input.channels
    let triple = saturatingProduct(3, channels)
    let inputs = ParameterNeed(
      role: .inputWeight, shape: [triple, channels],
      purpose: .projection(fanIn: channels, fanOut: triple))
    let outputs = ParameterNeed(
      role: .outputWeight, shape: [channels, channels],
      purpose: .kernel(fanIn: channels, fanOut: channels))
    if !hasBias { return [inputs, outputs] }
    return [
      inputs, ParameterNeed(role: .inputBias, shape: [triple], purpose: .given(start: 0)),
      outputs, ParameterNeed(role: .outputBias, shape: [channels], purpose: .given(start: 0)),
    ]
  }

  /// Four products with matrices of channels at each position, and two for each pair of positions.
  func multiplyAdds(input: Shape, output: Shape) -> Int? {
    let positions = input.spatial.reduce(1, *)
    let factors = saturatingSum(
      saturatingProduct(4, input.channels), saturatingProduct(2, positions))
    return boundedProduct([input.count, factors], limit: NetworkLimits.multiplyAdds)
  }

  func channelFlow(path: String) -> ChannelFlow { .refuses(.mixing(path: path, kind: kind)) }
}
