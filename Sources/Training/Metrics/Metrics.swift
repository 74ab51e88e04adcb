/// All that is measured of a network besides its loss.
package enum Metrics: Hashable, Sendable {
  case classes(ClassMetrics)
  case labels(LabelMetrics)
  case numbers(NumberMetrics)

  /// A figure, of one class where one is told; nothing where the targets have no such figure.
  package func value(of metric: Metric, class label: Int? = nil) -> Double? {
    switch self {
    case .classes(let metrics):
      let tally = label.flatMap {
        metrics.tallies.indices.contains($0) ? metrics.tallies[$0] : nil
      }
      return switch metric {
      case .balanced: metrics.balancedAccuracy
      case .precision: label == nil ? metrics.precision : tally?.precision
      case .recall: label == nil ? metrics.recall : tally?.recall
      case .f1: label == nil ? metrics.f1 : tally?.f1
      case .top3: metrics.accuracy(amongTop: 3)
      case .top5: metrics.accuracy(amongTop: 5)
      case .iou: label == nil ? metrics.intersectionOverUnion : tally?.intersectionOverUnion
      case .bits: metrics.bits
      case .mae, .rmse, .r2, .psnr: nil
      }
    case .labels(let metrics):
      return switch metric {
      case .precision: metrics.precision
      case .recall: metrics.recall
      case .f1: metrics.f1
      case .balanced, .top3, .top5, .iou, .bits, .mae, .rmse, .r2, .psnr: nil
      }
    case .numbers(let metrics):
      return switch metric {
      case .mae: metrics.meanAbsoluteError
      case .rmse: metrics.rootMeanSquaredError
      case .r2: metrics.r2
      case .psnr: metrics.peakSignalToNoiseRatio
      case .balanced, .precision, .recall, .f1, .top3, .top5, .iou, .bits: nil
      }
    }
  }
}
