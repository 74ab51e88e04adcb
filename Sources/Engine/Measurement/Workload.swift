import Kernels

/// What an instruction has to do, by which its time is judged.
struct Workload {
  /// Multiplications with their additions, in products: convolutions, matrices, attention, recurrent layers.
  var multiplyAdds = 0.0

  /// Floats of weights and of their gradients that it reads or writes, which lie outside of the arena.
  var weights = 0

  /// Floats that it moves, where those are only parts of its buffers.
  var moved: Int?

  static func + (left: Workload, right: Workload) -> Workload {
    let moved = [left.moved, right.moved].compactMap { $0 }
    return Workload(
      multiplyAdds: left.multiplyAdds + right.multiplyAdds, weights: left.weights + right.weights,
      moved: moved.isEmpty ? nil : moved.reduce(0, +))
  }
}

extension Instruction.Work {
  /// What it has to do; calls of the library are known by their addresses.
  func load(_ calls: [OpaquePointer: LibraryConvolution]) -> Workload {
    switch self {
    case .libraryConvolution(let call):
      guard let known = calls[call] else { return Workload() }
      return Workload(
        multiplyAdds: Double(known.geometry.multiplyAdds),
        weights: known.isPlain ? known.geometry.weightCount : 0)
    case .libraryPack(let call), .libraryUnpack(let call):
      return Workload(weights: calls[call]?.geometry.weightCount ?? 0)
    case .directConvolution(let work): return work.load
    case .seriesConvolution(let work):
      let geometry = work.convolution.pointee.geometry
      return Workload(
        multiplyAdds: Double(geometry.multiplyAdds), weights: geometry.weightCount)
    case .product(let work): return work.load
    case .columns(let work):
      return Workload(moved: work.rows * work.channels * (work.accumulate ? 3 : 2))
    case .attention(let work): return work.load
    case .recurrent(let work):
      let products = Double(work.images * work.positions) * Double(work.width * work.units)
      return Workload(multiplyAdds: products)
    case .lookUp(let work): return Workload(weights: work.count * work.units)
    case .lookUpGradient(let work): return Workload(weights: work.vocabulary * work.units)
    case .addBias, .channelSums, .mergeSums, .statistics, .finishStatistics, .foldStatistics,
      .normalize, .gradientSums, .finishGradients, .normalizationGradient, .activation,
      .activationGradient, .softmax, .softmaxGradient, .sum, .copy, .zero, .pooling,
      .globalPooling, .subsample, .resampling, .stridedCopy, .transpose, .dropout, .scale,
      .parametricRelu, .exampleNormalization, .localResponse, .layerScale, .noise, .gatedLinear,
      .addTable, .imageSums, .classToken, .dot, .total, .multiply, .factorGradient, .highway,
      .crossEntropy, .softCrossEntropy, .binaryCrossEntropy, .multiLabel, .regression, .gatherRows,
      .mixRows, .average, .update, .squares, .clamp, .random, .orthonormal:
      return Workload()
    }
  }
}

extension DirectConvolutionWork {
  fileprivate var load: Workload {
    let geometry = convolution.pointee.geometry
    switch pass {
    case .pack, .packBackward, .unpackGradient: return Workload(weights: geometry.weightCount)
    case .forward, .backward, .weightGradient:
      return Workload(multiplyAdds: Double(geometry.multiplyAdds))
    }
  }
}

extension ProductWork {
  fileprivate var load: Workload {
    Workload(
      multiplyAdds: Double(m) * Double(n) * Double(k),
      weights: form == .transposedFirst ? m * n : n * k)
  }
}

extension AttentionWork {
  /// Scores and their use forward; backward the scores once more, and the gradients of four factors.
  fileprivate var load: Workload {
    let products =
      switch pass {
      case .forward: 2.0
      case .backward: 5.0
      }
    let positions = Double(kernel.positions)
    let keys = kernel.isCausal ? (positions + 1) / 2 : positions
    let values = Double(images * kernel.channels)
    return Workload(multiplyAdds: products * positions * keys * values)
  }
}
