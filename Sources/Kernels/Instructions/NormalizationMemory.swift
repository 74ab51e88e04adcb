/// Memory of one batch normalization that lives from its forward to its backward pass, `channels` floats each.
package struct NormalizationMemory {
  /// How many rows of channels this is.
  package static let rows = 5

  package let mean: UnsafeMutablePointer<Float>
  package let inverseDeviation: UnsafeMutablePointer<Float>
  package let scale: UnsafeMutablePointer<Float>
  package let shift: UnsafeMutablePointer<Float>

  /// What the batch's mean is beyond its rounding.
  package let meanRest: UnsafeMutablePointer<Float>

  var results: BatchNorm.Results {
    BatchNorm.Results(
      mean: mean, meanRest: meanRest, inverseDeviation: inverseDeviation, scale: scale,
      shift: shift)
  }

  var factors: BatchNorm.Factors {
    BatchNorm.Factors(mean: mean, scale: scale, shift: shift)
  }

  /// Pieces of one buffer of so many rows.
  package init(_ start: UnsafeMutablePointer<Float>, channels: Int) {
    mean = start
    inverseDeviation = start + channels
    scale = start + channels &* 2
    shift = start + channels &* 3
    meanRest = start + channels &* 4
  }
}
