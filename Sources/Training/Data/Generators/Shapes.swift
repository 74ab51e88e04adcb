import Networks

/// Images of circles, squares and triangles with the class of each position: what stands there, or the background.
///
/// A later shape covers an earlier one. All kinds are of the same area where they have the same radius, and brightness
/// says nothing of the kind.
enum Shapes {
  private static let classes = ["background", "circle", "square", "triangle"]

  static let source = DataSource(
    name: "shapes", summary: "images of circles, squares and triangles, a class at each position",
    settings: Generator.settings([
      DataSource.Setting(
        name: "size", bounds: .whole(8...512), preset: "32",
        summary: "height and width of an image")
    ])
  ) { settings throws(DataError) in
    let size = settings.whole("size")
    let noise = settings.real("noise")
    return try Generator.dataset(
      settings, description: "circles, squares and triangles, made at random",
      valuesPerExample: 2 * size * size
    ) { generator, count throws(DataError) in
      var values: [Float] = []
      var labels: [Int32] = []
      values.reserveCapacity(count * size * size)
      labels.reserveCapacity(count * size * size)
      for index in 0..<count {
        if index % 256 == 0 { try DataError.checkInterruption() }
        let image = image(size, &generator)
        labels.append(contentsOf: image.labels)
        for value in image.values {
          values.append(noise > 0 ? value + Float(noise * generator.normal()) : value)
        }
      }
      return Examples(
        inputs: Tensor(shape: [count, 1, size, size], values: values),
        targets: .maps(ClassMaps(labels: labels, extents: [size, size], names: classes)))
    }
  }

  /// One to three shapes on a background, row by row.
  private static func image(
    _ size: Int, _ generator: inout SeededGenerator
  ) -> (values: [Float], labels: [Int32]) {
    let background = Float(generator.uniform(0, 0.3))
    var values = Array(repeating: background, count: size * size)
    var labels = Array(repeating: Int32(0), count: size * size)
    for _ in 0...generator.below(3) {
      let kind = 1 + generator.below(3)
      let radius = generator.uniform(0.12, 0.25) * Double(size)
      let margin = reach * radius
      let across = generator.uniform(margin, Double(size) - margin)
      let down = generator.uniform(margin, Double(size) - margin)
      let brightness = Float(generator.uniform(0.5, 1))
      for row in 0..<size {
        for column in 0..<size
        where isInside(kind, Double(column) + 0.5 - across, Double(row) + 0.5 - down, radius) {
          values[row * size + column] = brightness
          labels[row * size + column] = Int32(kind)
        }
      }
    }
    return (values, labels)
  }

  /// From the centre of a triangle to its corners, in radii of the circle with the same area.
  private static let reach = 1.5551

  /// Whether a place, seen from the centre, is in a shape.
  private static func isInside(_ kind: Int, _ x: Double, _ y: Double, _ radius: Double) -> Bool {
    switch kind {
    case 1: return x * x + y * y <= radius * radius
    case 2:
      let half = Double.pi.squareRoot() / 2 * radius
      return abs(x) <= half && abs(y) <= half
    default:
      let corner = reach * radius
      return y <= corner / 2 && abs(x) <= (y + corner) / 3.0.squareRoot()
    }
  }
}
