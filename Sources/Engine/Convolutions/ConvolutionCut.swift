import Kernels

/// Into how many pieces a convolution of the library is cut; each is computed by one thread.
///
/// The pieces follow from the plan alone, so that bits do not hang on who computes them, nor when. Pieces of images
/// need no more memory than the whole; those of channels copy values, but read fewer weights.
struct ConvolutionCut: Hashable, Sendable {
  let images: Int
  let channels: Int

  /// Not cut at all.
  static let whole = ConvolutionCut(images: 1, channels: 1)

  /// So many pieces of the images by so many of the channels.
  init(images: Int, channels: Int) {
    (self.images, self.channels) = (images, channels)
  }

  /// The cut of a pass for so many threads.
  init(_ geometry: ConvolutionGeometry, _ pass: LibraryConvolution.Pass, threads: Int) {
    let pieces = Self.pieces(geometry.multiplyAdds, threads: threads)
    if pieces == 1 {
      self = .whole
      return
    }
    switch pass {
    case .backwardWeights: self = .ofWeights(geometry, pieces)
    case .forwardTraining, .forwardInference:
      self = .ofValues(geometry, pieces, threads, channels: geometry.output.channels)
    case .backwardData:
      self = .ofValues(geometry, pieces, threads, channels: geometry.input.channels)
    }
  }

  /// Multiply-adds of a piece that is worth a thread's while, and of all that are left to one thread.
  private static let (pieceWork, leastWork) = (1 << 20, 1 << 19)

  /// Pieces for products of so many multiply-adds.
  static func pieces(_ multiplyAdds: Int, threads: Int) -> Int {
    if threads == 1 || multiplyAdds < leastWork { return 1 }
    return min(max(multiplyAdds / pieceWork, threads), ThreadChoice.piecesPerThread * threads)
  }

  /// Gradients of weights: by channels, since pieces of images have whole gradients, which must be summed.
  private static func ofWeights(_ geometry: ConvolutionGeometry, _ pieces: Int) -> ConvolutionCut {
    let channels = min(pieces, slices(geometry, geometry.output.channels))
    let copies = heaviest * geometry.valueCount / max(geometry.weightCount, 1)
    let images = (pieces / 2 + channels - 1) / channels
    return ConvolutionCut(
      images: max(1, min(images, geometry.images, copies)), channels: channels)
  }

  /// Values or their gradients: by images, unless there are few, or each piece would read weights that are many
  /// more than its values.
  private static func ofValues(
    _ geometry: ConvolutionGeometry, _ pieces: Int, _ threads: Int, channels: Int
  ) -> ConvolutionCut {
    let images = min(pieces, geometry.images)
    let slices = slices(geometry, channels)
    let weights = Double(images) * Double(geometry.weightCount)
    if weights > Double(heaviest * geometry.valueCount), slices > 1 {
      let channels = min(pieces, slices)
      return ConvolutionCut(
        images: min(geometry.images, (pieces + channels - 1) / channels), channels: channels)
    }
    if images >= min(pieces, 2 * threads) { return ConvolutionCut(images: images, channels: 1) }
    return ConvolutionCut(
      images: images, channels: min((pieces + images - 1) / images, slices))
  }

  /// Whether a pass can be cut so.
  func fits(_ geometry: ConvolutionGeometry, _ pass: LibraryConvolution.Pass) -> Bool {
    let cut = pass == .backwardData ? geometry.input.channels : geometry.output.channels
    return (1...max(geometry.images, 1)).contains(images)
      && (1...Self.slices(geometry, cut)).contains(channels)
  }

  /// The cuts of a pass that are worth measuring, by powers of two.
  ///
  /// Several threads have at least two pieces each where there is work for them: fewer may be faster on an idle machine,
  /// and hold up all where another program has a core.
  static func candidates(
    _ geometry: ConvolutionGeometry, _ pass: LibraryConvolution.Pass, threads: Int
  ) -> [ConvolutionCut] {
    let most = max(geometry.multiplyAdds / pieceWork, 1)
    let least = threads == 1 ? 1 : min(2 * threads, most)
    let pieces = least...min(max(mostPieces, 2 * threads), max(most, threads))
    var result: [ConvolutionCut] = []
    for channels in powers where threads > 1 || geometry.weightCount >= heavyWeights * channels {
      for images in powers {
        let cut = ConvolutionCut(images: images, channels: channels)
        let copies = pass == .backwardWeights ? images * geometry.weightCount : 0
        guard pieces.contains(images * channels), cut.fits(geometry, pass),
          copies <= heaviest * geometry.valueCount
        else { continue }
        result.append(cut)
      }
    }
    return result
  }

  /// Pieces in one dimension that are tried, and the most of all.
  private static let (powers, mostPieces) = ([1, 2, 4, 8, 16, 32], 32)

  /// Weights from which channels are cut on one thread, too: more than its cache holds beside values.
  private static let heavyWeights = 1 << 17

  /// Into how many pieces channels can be cut: the library computes sixteen at a time, and is fast with twice as many.
  private static func slices(_ geometry: ConvolutionGeometry, _ channels: Int) -> Int {
    let canBeCut = geometry.groups == 1 && channels.isMultiple(of: 16)
    return canBeCut ? max(1, channels / 32) : 1
  }

  /// How many times more weights than values all pieces together may read or write.
  private static let heaviest = 4
}

extension ConvolutionGeometry {
  /// Floats of input and output of all images.
  fileprivate var valueCount: Int {
    images * (input.positions * input.channels + output.positions * output.channels)
  }
}
