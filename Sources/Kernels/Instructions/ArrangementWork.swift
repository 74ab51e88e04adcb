/// Transposes each image: between plain order and channels-last.
package struct TransposeWork {
  let x: UnsafePointer<Float>
  let images: Int
  let rows: Int
  let columns: Int
  let y: UnsafeMutablePointer<Float>
  let accumulate: Bool

  /// The work on this memory, which a plan owns.
  package init(
    x: UnsafePointer<Float>, images: Int, rows: Int, columns: Int, y: UnsafeMutablePointer<Float>,
    accumulate: Bool
  ) {
    self.x = x
    self.images = images
    self.rows = rows
    self.columns = columns
    self.y = y
    self.accumulate = accumulate
  }

  func run(_ part: Part) {
    let size = rows &* columns
    for image in part.range(of: images) {
      Transposition.transpose(
        x + image &* size, rows: rows, columns: columns, into: y + image &* size,
        accumulate: accumulate)
    }
  }
}

/// Values moved within each image; images are shared out.
package struct StridedCopyWork {
  let copy: StridedCopy
  let x: UnsafePointer<Float>
  let y: UnsafeMutablePointer<Float>
  let accumulate: Bool

  /// The work on this memory, which a plan owns.
  package init(
    copy: StridedCopy, x: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>, accumulate: Bool
  ) {
    self.copy = copy
    self.x = x
    self.y = y
    self.accumulate = accumulate
  }

  func run(_ part: Part) {
    let images = part.range(of: copy.images)
    var share = copy
    share.images = images.count
    share.run(
      x + images.lowerBound &* share.source.image,
      into: y + images.lowerBound &* share.target.image,
      accumulate: accumulate)
  }
}
