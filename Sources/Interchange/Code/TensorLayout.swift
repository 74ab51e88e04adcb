import Networks

/// How a parameter lies in the files of a framework.
enum TensorLayout: Equatable {
  /// Outputs, inputs, positions, as here.
  case ours

  /// Positions, inputs, outputs.
  case outputsLast

  /// Positions, channels.
  case channelsLast

  /// So many dimensions of one position, then the channels.
  case behindOnes(Int)

  /// A number without dimensions.
  case scalar

  /// A tensor as it is here, laid out so.
  func applied(to tensor: Tensor) -> Tensor {
    switch self {
    case .ours: return tensor
    case .outputsLast:
      return tensor.permuted(Array(tensor.shape.indices.dropFirst(2)) + [1, 0])
    case .channelsLast: return tensor.permuted(Array(tensor.shape.indices.dropFirst()) + [0])
    case .behindOnes(let count):
      return Tensor(
        shape: Array(repeating: 1, count: count) + tensor.shape, values: tensor.values)
    case .scalar: return tensor.count == 1 ? Tensor(shape: [], values: tensor.values) : tensor
    }
  }
}

extension Tensor {
  /// Examples whose channels lie behind their positions.
  package var withChannelsLast: Tensor {
    shape.count < 3 ? self : permuted([0] + Array(shape.indices.dropFirst(2)) + [1])
  }

  /// The same with its axes in another order; itself where that is no order of them.
  func permuted(_ axes: [Int]) -> Tensor {
    guard axes.sorted() == Array(shape.indices) else { return self }
    var strides = Array(repeating: 1, count: shape.count)
    for axis in shape.indices.dropLast().reversed() {
      strides[axis] = strides[axis + 1] * shape[axis + 1]
    }
    let (extents, steps) = (axes.map { shape[$0] }, axes.map { strides[$0] })
    var place = Array(repeating: 0, count: axes.count)
    var offset = 0
    var result: [Float] = []
    result.reserveCapacity(count)
    for _ in 0..<count {
      result.append(values[offset])
      for axis in axes.indices.reversed() {
        place[axis] += 1
        offset += steps[axis]
        if place[axis] < extents[axis] { break }
        offset -= steps[axis] * extents[axis]
        place[axis] = 0
      }
    }
    return Tensor(shape: extents, values: result)
  }
}
