/// The geometry of pooling over images `[images, height, width, channels]`; one dimension has height 1.
///
/// Output extents are given, so that rounding down or up is the caller's; with the padding of both
/// sides they decide which taps a window has.
package struct PoolingWindow: Equatable, Sendable {
  package var images: Int
  package var height: Int
  package var width: Int
  package var channels: Int
  package var kernelHeight: Int
  package var kernelWidth: Int
  package var strideHeight: Int
  package var strideWidth: Int
  package var padTop: Int
  package var padLeft: Int
  package var padBottom: Int
  package var padRight: Int
  package var outputHeight: Int
  package var outputWidth: Int

  /// Joins the numbers of a window, which must agree.
  package init(
    images: Int, height: Int, width: Int, channels: Int, kernelHeight: Int, kernelWidth: Int,
    strideHeight: Int, strideWidth: Int, padTop: Int = 0, padLeft: Int = 0, padBottom: Int = 0,
    padRight: Int = 0, outputHeight: Int, outputWidth: Int
  ) {
    self.images = images
    self.height = height
    self.width = width
    self.channels = channels
    self.kernelHeight = kernelHeight
    self.kernelWidth = kernelWidth
    self.strideHeight = strideHeight
    self.strideWidth = strideWidth
    self.padTop = padTop
    self.padLeft = padLeft
    self.padBottom = padBottom
    self.padRight = padRight
    self.outputHeight = outputHeight
    self.outputWidth = outputWidth
  }

  var inputCount: Int { images &* height &* width &* channels }

  var outputCount: Int { images &* outputHeight &* outputWidth &* channels }

  /// The taps of one window that lie on the image, and its size for an average that counts padding.
  struct Taps {
    /// Float offset of the output position.
    var output: Int
    /// Float offset of the image.
    var image: Int
    /// Rows and columns of the image.
    var rows: Range<Int>
    var columns: Range<Int>
    /// Where the kernel's first row and column would lie.
    var top: Int
    var left: Int
    /// Positions of the window within the padded image.
    var area: Int
  }

  /// Calls `body` for each output position in order of memory; false where it was stopped before the last.
  @inline(__always) func visit(until stop: StopCell, _ body: (Taps) -> Void) -> Bool {
    var output = 0
    // Between two looks lie some thousand taps, or one window.
    let turn = max(1, 8192 / max(kernelHeight &* kernelWidth, 1))
    var rest = 0
    for image in 0..<images {
      let base = image &* height &* width &* channels
      for y in 0..<outputHeight {
        let top = y &* strideHeight &- padTop
        let bottom = min(top &+ kernelHeight, height &+ padBottom)
        let firstRow = max(top, 0)
        let rows = firstRow..<max(min(bottom, height), firstRow)
        for x in 0..<outputWidth {
          if rest == 0 {
            if stop.isSet { return false }
            rest = turn
          }
          rest &-= 1
          let left = x &* strideWidth &- padLeft
          let right = min(left &+ kernelWidth, width &+ padRight)
          let firstColumn = max(left, 0)
          let columns = firstColumn..<max(min(right, width), firstColumn)
          body(
            Taps(
              output: output, image: base, rows: rows, columns: columns, top: top, left: left,
              area: (bottom &- top) &* (right &- left)))
          output &+= channels
        }
      }
    }
    return true
  }

  /// Whether sixteen floats may be read and written from every channel that is a multiple of sixteen.
  @inline(__always) func isInside(_ taps: Taps) -> Bool {
    let last = (taps.rows.upperBound &- 1) &* width &+ taps.columns.upperBound
    return taps.image &+ last &* channels &+ 15 <= inputCount
  }

  /// Calls `body` with the float offset of each tap on the image and with its number in the kernel.
  @inline(__always) func each(_ taps: Taps, _ channel: Int, _ body: (Int, Int) -> Void) {
    var row = taps.rows.lowerBound
    while row < taps.rows.upperBound {
      var index =
        taps.image &+ (row &* width &+ taps.columns.lowerBound) &* channels &+ channel
      var tap = (row &- taps.top) &* kernelWidth &+ taps.columns.lowerBound &- taps.left
      var rest = taps.columns.count
      while rest > 0 {
        body(index, tap)
        index &+= channels
        tap &+= 1
        rest &-= 1
      }
      row &+= 1
    }
  }
}
