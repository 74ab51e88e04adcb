/// The values of an image, a plane for each channel.
struct ImagePlanes: Equatable {
  let channels: Int
  let height: Int
  let width: Int

  /// `[channels, height, width]`, row-major.
  let values: [Float]

  /// The image with one channel, its luma (ITU-R BT.601), or with three that are alike.
  func with(channels wanted: Int) -> ImagePlanes {
    let size = height * width
    switch (channels, wanted) {
    case (1, 3):
      return ImagePlanes(
        channels: 3, height: height, width: width, values: values + values + values)
    case (3, 1):
      let luma = (0..<size).map { place -> Float in
        0.299 * values[place] + 0.587 * values[size + place] + 0.114 * values[2 * size + place]
      }
      return ImagePlanes(channels: 1, height: height, width: width, values: luma)
    case _: return self
    }
  }

  /// The image stretched to another size: along an axis that shrinks each value is the mean of the area that it
  /// covers, along one that grows values lie on lines between their neighbours.
  func resized(height newHeight: Int, width newWidth: Int) -> ImagePlanes {
    if (newHeight, newWidth) == (height, width) { return self }
    let columns = Self.weights(from: width, to: newWidth)
    let rows = Self.weights(from: height, to: newHeight)
    var result: [Float] = []
    result.reserveCapacity(channels * newHeight * newWidth)
    for channel in 0..<channels {
      let plane = values[channel * height * width..<(channel + 1) * height * width]
      var narrow: [Float] = []
      narrow.reserveCapacity(height * newWidth)
      for row in 0..<height {
        let start = plane.startIndex + row * width
        for column in columns {
          var sum: Float = 0
          for (place, weight) in zip(column.first..., column.weights) {
            sum += plane[start + place] * weight
          }
          narrow.append(sum)
        }
      }
      for row in rows {
        for column in 0..<newWidth {
          var sum: Float = 0
          for (place, weight) in zip(row.first..., row.weights) {
            sum += narrow[place * newWidth + column] * weight
          }
          result.append(sum)
        }
      }
    }
    return ImagePlanes(channels: channels, height: newHeight, width: newWidth, values: result)
  }

  /// The places that a value of an axis is made of, and what each of them weighs.
  private struct Weights {
    let first: Int
    let weights: [Float]
  }

  private static func weights(from size: Int, to newSize: Int) -> [Weights] {
    let step = Double(size) / Double(newSize)
    return (0..<newSize).map { index in
      if newSize >= size {
        let center = max(0, (Double(index) + 0.5) * step - 0.5)
        let first = min(Int(center), size - 1)
        let share = Float(center - Double(first))
        return first == size - 1
          ? Weights(first: first, weights: [1])
          : Weights(first: first, weights: [1 - share, share])
      }
      let (low, high) = (Double(index) * step, Double(index + 1) * step)
      let first = Int(low)
      let last = min(size - 1, Int(high.rounded(.up)) - 1)
      let covered = (first...max(first, last)).map { place in
        min(high, Double(place + 1)) - max(low, Double(place))
      }
      let sum = covered.reduce(0, +)
      return Weights(first: first, weights: covered.map { Float($0 / sum) })
    }
  }
}
