/// Adds one table to every image; images are shared out.
package struct AddTableWork {
  let x: UnsafePointer<Float>
  let table: UnsafePointer<Float>
  let y: UnsafeMutablePointer<Float>
  let images: Int
  let size: Int

  /// The work on this memory, which a plan owns.
  package init(
    x: UnsafePointer<Float>, table: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>,
    images: Int, size: Int
  ) {
    self.x = x
    self.table = table
    self.y = y
    self.images = images
    self.size = size
  }

  func run(_ part: Part) {
    for image in part.range(of: images) {
      let offset = image &* size
      Elementwise.add(x + offset, table, into: y + offset, count: size)
    }
  }
}

/// The sum of the first values of all images, in their order; the values are shared out.
package struct ImageSumsWork {
  let x: UnsafePointer<Float>
  let images: Int

  /// Floats from one image to the next.
  let stride: Int
  let y: UnsafeMutablePointer<Float>
  let count: Int

  /// The work on this memory, which a plan owns.
  package init(
    x: UnsafePointer<Float>, images: Int, stride: Int, y: UnsafeMutablePointer<Float>, count: Int
  ) {
    self.x = x
    self.images = images
    self.stride = stride
    self.y = y
    self.count = count
  }

  func run(_ part: Part) {
    let range = part.range(of: count, unit: 16)
    let target = y + range.lowerBound
    Elementwise.copy(x + range.lowerBound, into: target, count: range.count)
    for image in 1..<max(images, 1) {
      Elementwise.accumulate(
        x + (image &* stride &+ range.lowerBound), into: target, count: range.count)
    }
  }
}
