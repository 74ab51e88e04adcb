import Engine
import Training

/// Why the targets of some data have no figure of a metric.
struct MetricLack {
  let message: String

  /// What they have a figure of.
  let instead: String

  /// What is missing, or nothing where there is such a figure.
  init?(_ metric: Metric, of data: Dataset, loss: Loss) {
    let name = metric.rawValue
    if loss == .multiLabel {
      switch metric {
      case .precision, .recall, .f1: return nil
      case .balanced, .top3, .top5, .iou, .bits, .mae, .rmse, .r2, .psnr:
        message = "labels have no \(name): accuracy, precision, recall and f1 are for those"
        instead = "f1"
      }
      return
    }
    guard let classes = data.train.classNames?.count else {
      if !metric.comparesClasses { return nil }
      message =
        "\(name) compares classes, the targets of \(data.name) are numbers: mae, rmse, r2 "
        + "and psnr are for those"
      instead = "r2"
      return
    }
    if metric.tells(ofClasses: classes) { return nil }
    instead = "accuracy"
    message =
      metric.comparesClasses
      ? "\(name) is 1 whatever the network, since \(data.name) has \(classes) classes"
      : "\(name) compares numbers, the targets of \(data.name) are classes: accuracy, balanced "
        + "and f1 are for those"
  }
}
