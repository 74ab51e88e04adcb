import Networks

/// What one node, or a few together, compute of earlier steps.
struct OnnxStep {
  /// What is computed.
  enum Form {
    /// The graph's input.
    case input
    case layer(Layer, [ParameterRole: Tensor])

    /// The sum of two, which is a residual block.
    case sum
    case join(Parallel.Join)

    /// A part of something that takes several nodes.
    case part(Part)
  }

  /// Parts of what takes several nodes.
  enum Part: Equatable {
    /// 1 − x.
    case rest

    /// (1 − T) · x of T and x.
    case carried

    /// erf(x / √2), 1 more than that, and x times that.
    case errorFunction
    case errorFunctionAndOne
    case twiceGelu

    /// The mean of x² over the channels, that and a number, and the root of both.
    case meanSquare
    case meanSquareAnd(Double)
    case root(Double)

    /// So many groups of channels as channels of a series, and those normalized.
    case grouped(Int)
    case groupNormal(Int, Double)

    /// Dimensions taken apart, on the way to a layer that joins them in another order.
    case takenApart(Rearrangement)

    /// Half of the channels.
    case half(isSecond: Bool)
  }

  var form: Form
  var inputs: [Int]

  /// The shape of one example.
  let shape: Shape
  var name: String

  /// The node, or nothing for the input.
  let node: Int?

  /// Whether a factor is a number without extents.
  var isFixed = false
}

/// A value of the graph: the step that gives it, and how many extents of 1 follow those of its features.
struct OnnxValue: Equatable {
  let step: Int
  var ones = 0
}
