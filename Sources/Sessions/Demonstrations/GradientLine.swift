import Engine
import Networks
import Training

/// Inputs along a straight line, and the gradients of a network's outputs there.
///
/// After Balduzzi et al. 2017, who look at a grid of inputs between -2 and 2.
struct GradientLine: Sendable {
  /// The component of each gradient along the line.
  let series: [Double]

  /// The correlation of gradients at neighbouring inputs: of their products, each less the mean gradient, to their
  /// squares.
  let correlation: Double

  /// Inputs on the line.
  static let count = 256

  /// The inputs `start + t · way` for t from -2 to 2, with start and way drawn from N(0, 1).
  static func inputs(_ shape: Shape, seed: UInt64) -> (inputs: Tensor, way: [Float]) {
    var generator = SeededGenerator(seed: seed, stream: 0x5a7)
    let start = (0..<shape.count).map { _ in Float(generator.normal()) }
    let way = (0..<shape.count).map { _ in Float(generator.normal()) }
    var values: [Float] = []
    values.reserveCapacity(count * shape.count)
    for place in 0..<count {
      let t = Float(-2 + 4 * Double(place) / Double(count - 1))
      for index in start.indices { values.append(start[index] + t * way[index]) }
    }
    return (Tensor(shape: [count] + shape.extents, values: values), way)
  }

  /// Targets so far below or above all outputs that the gradient of the L1 loss is a sum of the outputs, each with
  /// a sign drawn by the seed.
  static func targets(_ output: Shape, seed: UInt64) -> Tensor {
    var generator = SeededGenerator(seed: seed, stream: 0x51)
    let signs = (0..<output.count).map { _ in generator.unit() < 0.5 ? Float(-1e30) : 1e30 }
    return Tensor(
      shape: [count] + output.extents, values: (0..<count).flatMap { _ in signs })
  }

  /// What gradients `[count, input…]` come to.
  init(gradients: Tensor, way: [Float]) {
    let width = way.count
    let count = width > 0 ? gradients.values.count / width : 0
    var mean = [Double](repeating: 0, count: width)
    for (index, value) in gradients.values.enumerated() {
      mean[index % width] += Double(value) / Double(count)
    }
    var (products, squares) = (0.0, 0.0)
    var series: [Double] = []
    for row in 0..<count {
      var along = 0.0
      for index in 0..<width {
        let value = Double(gradients.values[row * width + index])
        let distance = value - mean[index]
        along += value * Double(way[index])
        squares += distance * distance
        if row + 1 < count {
          products += distance * (Double(gradients.values[(row + 1) * width + index]) - mean[index])
        }
      }
      series.append(along)
    }
    self.series = series
    correlation = squares > 0 ? products / squares : 1
  }

  /// The series as bars of growing height in so many columns, from its least to its greatest value.
  func picture(columns: Int, _ glyphs: Glyphs) -> String {
    let heights = glyphs.heights.dropFirst()
    let sampled = (0..<columns).map { series[$0 * max(series.count - 1, 0) / max(columns - 1, 1)] }
    guard let least = sampled.min(), let most = sampled.max(), most > least, most.isFinite,
      least.isFinite
    else { return "" }
    return String(
      sampled.map { value in
        let place = Int((value - least) / (most - least) * Double(heights.count - 1) + 0.5)
        return heights[heights.startIndex + place]
      })
  }
}
