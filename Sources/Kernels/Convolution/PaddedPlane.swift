/// One image with zeros around it, so that every tap of every window exists.
struct PaddedPlane: Sendable {
  let image: ConvolutionGeometry.Plane

  /// Rows and columns of zeros before the image, and the extents with those after it.
  let top: Int
  let left: Int
  let height: Int
  let width: Int

  /// A plane that holds what the taps of two axes touch.
  init(_ image: ConvolutionGeometry.Plane, vertical: ConvolutionTaps, horizontal: ConvolutionTaps) {
    self.image = image
    top = vertical.reach.before
    left = horizontal.reach.before
    height = top &+ image.height &+ vertical.reach.after
    width = left &+ image.width &+ horizontal.reach.after
  }

  /// Floats of the padded image.
  var count: Int { height &* width &* image.channels }

  /// Whether there are no zeros around, so that the image can be read where it is.
  var isBare: Bool { height == image.height && width == image.width }

  /// Floats of a row.
  var row: Int { width &* image.channels }

  /// Clears a plane once, before images are put into it.
  func clear(_ plane: UnsafeMutablePointer<Float>) { plane.update(repeating: 0, count: count) }

  /// Puts an image into a cleared plane.
  func fill(_ plane: UnsafeMutablePointer<Float>, from source: UnsafePointer<Float>) {
    let line = image.width &* image.channels
    var target = plane + (top &* width &+ left) &* image.channels
    var from = source
    for _ in 0..<image.height {
      target.update(from: from, count: line)
      target += row
      from += line
    }
  }
}
