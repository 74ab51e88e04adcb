/// A figure of how good a network is, besides loss and accuracy.
package enum Metric: String, CaseIterable, Sendable {
  case balanced
  case precision
  case recall
  case f1
  case top3
  case top5
  case iou
  case bits
  case mae
  case rmse
  case r2
  case psnr

  /// Whether it is about classes; otherwise it is about numbers.
  package var comparesClasses: Bool {
    switch self {
    case .balanced, .precision, .recall, .f1, .top3, .top5, .iou, .bits: true
    case .mae, .rmse, .r2, .psnr: false
    }
  }

  /// Whether more of it is better.
  package var prefersMore: Bool {
    switch self {
    case .balanced, .precision, .recall, .f1, .top3, .top5, .iou, .r2, .psnr: true
    case .bits, .mae, .rmse: false
    }
  }

  /// Whether it is a share from 0 to 1, which is read in per cent.
  package var isShare: Bool {
    switch self {
    case .balanced, .precision, .recall, .f1, .top3, .top5, .iou: true
    case .bits, .mae, .rmse, .r2, .psnr: false
    }
  }

  /// Whether each class has one of its own.
  package var isByClass: Bool {
    switch self {
    case .precision, .recall, .f1, .iou: true
    case .balanced, .top3, .top5, .bits, .mae, .rmse, .r2, .psnr: false
    }
  }

  /// Among how many classes the right one is looked for, where that is what it is about.
  package var top: Int? {
    switch self {
    case .top3: 3
    case .top5: 5
    case .balanced, .precision, .recall, .f1, .iou, .bits, .mae, .rmse, .r2, .psnr: nil
    }
  }

  /// Whether it says anything of so many classes: all of three are among any three.
  package func tells(ofClasses count: Int) -> Bool {
    comparesClasses && top.map { count > $0 } ?? true
  }
}
