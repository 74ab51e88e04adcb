import Training

/// What expressions can ask a session.
enum Fact: String, CaseIterable {
  case params
  case trainable
  case running
  case macs
  case input = "in"
  case out
  case field
  case blocks
  case loss
  case accuracy
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
  case epochs
  case steps
  case rate
  case processes
  case shown

  /// The names of some facts, as help lists them.
  static func names(_ isListed: (Fact) -> Bool) -> String {
    allCases.filter(isListed).map(\.rawValue).joined(separator: " ")
  }

  /// Whether training makes it, so that a check has no answer and says 1.
  var isLearned: Bool {
    switch self {
    case .params, .trainable, .running, .macs, .input, .out, .field, .blocks, .processes: false
    case .loss, .accuracy, .balanced, .precision, .recall, .f1, .top3, .top5, .iou, .bits, .mae,
      .rmse, .r2, .psnr, .epochs, .steps, .rate, .shown:
      true
    }
  }

  /// The metric that it asks for, where it does.
  var metric: Metric? { Metric(rawValue: rawValue) }

  /// What the answer is, in one line.
  var summary: String {
    switch self {
    case .params: "learnable parameters of net, a network or a path"
    case .trainable: "those of them that are not frozen"
    case .running: "running statistics of net, a network or a path"
    case .macs: "multiply-adds per example of net, a network or a path"
    case .input: "shape of the input of net, a network or a path"
    case .out: "shape of the output of net, a network or a path"
    case .field: "receptive field of net, a network or a path; none where it is the whole input"
    case .blocks: "number of layers of net, a network or a path"
    case .loss: "loss on train or test, or of a network's last epoch"
    case .accuracy: "accuracy on train or test, or of a network's last epoch"
    case .balanced: "mean recall of the classes of train or test that occur"
    case .precision:
      "mean precision of the classes on train or test, or of one: precision(test, cat)"
    case .recall: "mean recall of the classes on train or test, or of one: recall(test, cat)"
    case .f1: "mean F1 of the classes on train or test, or of one: f1(test, cat)"
    case .top3: "share of train or test whose class has one of the three greatest outputs"
    case .top5: "share of train or test whose class has one of the five greatest outputs"
    case .iou:
      "mean intersection over union of the classes on train or test, or of one: iou(test, circle)"
    case .bits: "loss on train or test in bits, loss / ln 2, where classes are predicted"
    case .mae: "mean absolute error on train or test, where numbers are predicted"
    case .rmse: "root of the mean squared error on train or test, where numbers are predicted"
    case .r2: "R² on train or test, the share of the variance that is explained"
    case .psnr: "peak signal-to-noise ratio on train or test in decibels, by the targets' range"
    case .epochs: "epochs finished by net or a network"
    case .steps: "steps taken by net or a network"
    case .shown: "a figure of the last demonstration: shown(plain20.loss)"
    case .rate: "steps a second in the last run of net or a network"
    case .processes: "processes that learn together under mpirun; 1 without it"
    }
  }
}
