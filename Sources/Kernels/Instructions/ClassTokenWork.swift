/// Puts a position before those of each image, or takes it away from gradients; images are shared out.
package struct ClassTokenWork {
  /// Which pass, with what it reads and writes.
  package enum Pass {
    case forward(
      x: UnsafePointer<Float>, token: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>)
    case gradient(
      dy: UnsafePointer<Float>, dx: UnsafeMutablePointer<Float>, accumulate: Bool)
  }

  let pass: Pass
  let images: Int

  /// Values of an image without the position.
  let size: Int
  let channels: Int

  /// The work of a pass.
  package init(
    pass: Pass, images: Int, size: Int, channels: Int
  ) {
    self.pass = pass
    self.images = images
    self.size = size
    self.channels = channels
  }

  func run(_ part: Part) {
    let longer = size &+ channels
    for image in part.range(of: images) {
      switch pass {
      case .forward(let x, let token, let y):
        Elementwise.copy(token, into: y + image &* longer, count: channels)
        Elementwise.copy(
          x + image &* size, into: y + (image &* longer &+ channels), count: size)
      case .gradient(let dy, let dx, let accumulate):
        let (source, target) = (dy + (image &* longer &+ channels), dx + image &* size)
        if accumulate {
          Elementwise.accumulate(source, into: target, count: size)
        } else {
          Elementwise.copy(source, into: target, count: size)
        }
      }
    }
  }
}
