import Kernels
import Networks

/// How the channels of values with positions lie in the memory of a plan.
enum ChannelOrder: String {
  /// `[images, height, width, channels]`.
  case last

  /// `[examples, channels, positions]`, as data are outside.
  case first
}

extension Graph {
  /// The order in which a plan is fastest: channels come first where all of it are convolutions of series with few
  /// channels, and what has a kernel for that order.
  ///
  /// The plans that people look into, and whose gradients of inputs they ask for, have channels last always.
  func order(for options: PlanOptions) -> ChannelOrder {
    guard options.mode == .training, !options.keepsValues, !options.isLook,
      !options.wantsInputGradient, !options.sharesStatistics, input.height == 1,
      outputExtent.positions == 1
    else { return .last }
    var hasConvolution = false
    for node in nodes {
      switch node.operation {
      case .convolution(let operation):
        if !operation.isFastestAsSeries(options) { return .last }
        hasConvolution = true
      case .normalization(let operation):
        if !operation.extent.hasRowsOfVectors { return .last }
      case .activation(let activation, let extent):
        if extent.positions > 1, ActivationKernel(activation) == nil { return .last }
      case .unary(let operation): if !operation.canHaveChannelsFirst { return .last }
      case .dense, .sum: break
      case .concatenation, .product, .highway: return .last
      }
    }
    return hasConvolution ? .first : .last
  }

  /// How many values of a channel lie side by side in values of an extent.
  func span(of extent: Extent) -> Int {
    switch order {
    case .last: 1
    case .first: extent.positions
    }
  }

  /// The extent of the input by which rows of data are put in the plan's order: where channels come first they are in
  /// that order already.
  var inputOfRows: Extent {
    switch order {
    case .last: input
    case .first:
      Extent(images: input.images, height: 1, width: input.channels * input.positions, channels: 1)
    }
  }
}

extension Extent {
  /// Whether a row of each channel is whole vectors, or a single value.
  var hasRowsOfVectors: Bool { positions == 1 || (height == 1 && width.isMultiple(of: 16)) }

  /// The same memory where channels come first: a row of positions for each channel of each image.
  var channelRows: Extent {
    Extent(images: images * channels, height: 1, width: positions, channels: 1)
  }
}

extension ConvolutionOperation {
  /// Most channels of a side with which lanes of positions are faster than lanes of channels: with more, those are
  /// nearly full, and sums for the weights' gradient too many to stay at hand.
  private static let fewChannels = 12

  /// Whether our own convolution is fastest with channels first; the library fills up channels to sixteen.
  fileprivate func isFastestAsSeries(_ options: PlanOptions) -> Bool {
    !isTransposed && SeriesConvolution.canDo(geometry)
      && max(geometry.input.channels, geometry.output.channels) <= Self.fewChannels
      && (options.prefersDirect || ConvolutionChoice.prefersDirect(geometry, options))
  }
}
