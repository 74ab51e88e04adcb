/// A shortcut without parameters: every `stride`-th position, and zeros in the channels to add.
///
/// Option A of He and others (2015).
package struct SubsampleKernel: Sendable {
  package var images: Int
  package var height: Int
  package var width: Int
  package var channels: Int
  package var strideHeight: Int
  package var strideWidth: Int
  /// At least `channels`.
  package var outputChannels: Int
  /// Channels of zeros before the input's.
  package var leadingZeros: Int

  /// A subsampling of so many images of one size.
  package init(
    images: Int, height: Int, width: Int, channels: Int, strideHeight: Int, strideWidth: Int,
    outputChannels: Int, leadingZeros: Int = 0
  ) {
    self.images = images
    self.height = height
    self.width = width
    self.channels = channels
    self.strideHeight = strideHeight
    self.strideWidth = strideWidth
    self.outputChannels = outputChannels
    self.leadingZeros = leadingZeros
  }

  package var outputHeight: Int { (height &+ strideHeight &- 1) / strideHeight }

  package var outputWidth: Int { (width &+ strideWidth &- 1) / strideWidth }

  /// Writes y `[images, outputHeight, outputWidth, outputChannels]`.
  package func forward(_ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>) {
    let trailing = outputChannels &- leadingZeros &- channels
    visit { input, output in
      let target = y + output
      target.update(repeating: 0, count: leadingZeros)
      (target + leadingZeros).update(from: x + input, count: channels)
      (target + leadingZeros + channels).update(repeating: 0, count: trailing)
    }
  }

  /// Writes dx `[images, height, width, channels]`, or adds to it.
  package func backward(
    _ dy: UnsafePointer<Float>, into dx: UnsafeMutablePointer<Float>, accumulate: Bool
  ) {
    if accumulate {
      visit { input, output in
        Elementwise.accumulate(dy + output + leadingZeros, into: dx + input, count: channels)
      }
    } else {
      dx.update(repeating: 0, count: images &* height &* width &* channels)
      visit { input, output in
        (dx + input).update(from: dy + output + leadingZeros, count: channels)
      }
    }
  }

  /// Calls `body` with the offsets of each kept input position and of its output position.
  @inline(__always) private func visit(_ body: (Int, Int) -> Void) {
    var output = 0
    for image in 0..<images {
      for row in 0..<outputHeight {
        for column in 0..<outputWidth {
          let position =
            (image &* height &+ row &* strideHeight) &* width &+ column &* strideWidth
          body(position &* channels, output)
          output &+= outputChannels
        }
      }
    }
  }
}
