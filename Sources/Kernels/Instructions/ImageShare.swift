/// The images of one part, and where they begin among activations and among factors.
struct ImageShare {
  let images: Int
  let large: Int
  let small: Int

  init(_ extent: Extent, _ part: Part) {
    let range = part.range(of: extent.images)
    images = range.count
    large = range.lowerBound &* extent.positions &* extent.channels
    small = range.lowerBound &* extent.channels
  }
}
