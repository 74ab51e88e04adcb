import Engine
import Networks
import Training

/// Which positions of the input change the middle of each block's output, found out by changing them one by one.
///
/// All weights are made positive and the input zero, so that nothing that reaches an output can cancel out, be
/// cut off by a relu or lose a maximum: what the input at one position adds is all that there is. Along each
/// dimension one position is changed at a time, together with all that lie beside it in the other dimensions.
struct FieldProof {
  private let network: Network
  private let request: RunRequest

  /// The positions along each dimension that change the middle of a block's output.
  private(set) var counted: [BlockID: [Set<Int>]] = [:]

  /// A proof on a network; `data` and `recipe` are those that a request needs.
  init(_ network: Network, seed: UInt64, name: String) {
    self.network = network
    var learned = LearnedState()
    for specification in network.parameters {
      learned.parameters[specification.key] = Self.values(for: specification)
    }
    var recipe = Recipe()
    recipe.seed = seed
    recipe.loss = .l1
    let shape = network.input
    let none = Examples(
      inputs: Tensor(shape: [1] + shape.extents), targets: .none)
    request = RunRequest(
      name: name, network: network, learned: learned,
      data: Dataset(name: "", description: "", train: none), recipe: recipe, length: .steps(0))
  }

  /// Positive weights by which sums neither grow nor fade much along the edge of the field.
  private static func values(for specification: ParameterSpecification) -> Tensor {
    var start: Float = 0
    switch specification.purpose {
    case .kernel, .projection, .recurrent:
      let taps = specification.shape.dropFirst(2)
      // A changed position reaches the edge of a window by one tap of a dimension, its middle by all.
      var scale = 1 / Double(max(specification.shape.dropFirst().first ?? 1, 1))
      if let side = taps.first {
        scale /= Double(taps.reduce(1, *)) / Double(side) * Double(side).squareRoot()
      }
      return Tensor(
        shape: specification.shape,
        values: (0..<specification.count).map { index -> Float in
          let share = (Double(index) * 0.618034).truncatingRemainder(dividingBy: 1)
          return Float(scale * (0.75 + 0.5 * share))
        })
    case .gamma, .runningVariance: start = 1
    case .given: start = specification.key.role == .weight ? 1 : 0
    case .table:
      return Tensor(
        shape: specification.shape,
        values: (0..<specification.count).map { 1 + Float($0) / Float(specification.count) })
    case .bias, .beta, .runningMean: break
    }
    return Tensor(shape: specification.shape, filledWith: start)
  }

  /// Changes position after position.
  ///
  /// - Throws: `EngineError`, `interrupted` among them.
  mutating func run(_ calculator: any Calculator) throws {
    let spatial = network.input.spatial
    let channels = network.input.channels
    let positions = spatial.reduce(1, *)
    let places = spatial.enumerated().flatMap { axis, extent in
      (0..<extent).map { (axis: axis, index: $0) }
    }
    let most = max(1, Self.valuesAtOnce / max(valuesOfOne, 1) - 1)
    for start in stride(from: 0, to: places.count, by: min(most, 64)) {
      let chunk = places[start..<min(start + min(most, 64), places.count)]
      var inputs = Tensor(shape: [chunk.count + 1] + network.input.extents)
      for (row, place) in chunk.enumerated() {
        let inner = spatial.dropFirst(place.axis + 1).reduce(1, *)
        for position in 0..<positions where position / inner % spatial[place.axis] == place.index {
          for channel in 0..<channels {
            inputs.values[((row + 1) * channels + channel) * positions + position] = 1
          }
        }
      }
      let found = try calculator.differences(request, inputs: inputs, at: Self.middle)
      for (block, rows) in found {
        for row in rows {
          let place = chunk[chunk.startIndex + row - 1]
          counted[block, default: spatial.map { _ in [] }][place.axis].insert(place.index)
        }
      }
    }
  }

  /// Values of all blocks for one example.
  private var valuesOfOne: Int {
    network.facts.reduce(network.input.count) { $0 + $1.value.output.count }
  }

  /// Values that are kept at once.
  private static let valuesAtOnce = 1 << 25

  /// The middle of an output.
  private static let middle: @Sendable (Shape) -> Int = { shape in
    shape.spatial.reduce(0) { $0 * $1 + $1 / 2 }
  }

  /// How many positions along each dimension of the input the middle of an output can see.
  static func expected(_ field: ReceptiveField, output: Shape, input: Shape) -> [Int]? {
    guard let spans = field.spans, spans.count == output.spatialRank,
      spans.count == input.spatialRank
    else { return nil }
    return spans.indices.map { axis in
      let span = spans[axis]
      let middle = output.spatial[axis] / 2
      let first = span.first(of: middle)
      return max(
        0, min(first + span.size(of: middle), input.spatial[axis]) - max(first, 0))
    }
  }
}
