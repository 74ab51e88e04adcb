import Engine
import Networks

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Observation {
  /// Cross entropy is given what a softmax puts out, and takes the softmax of it once more.
  var needlessSoftmax: Finding? {
    guard kind == .crossEntropy, let labels, labels.names.count > 1,
      let last = network.lastFunction, last.activation == .softmax
    else { return nil }
    let least = log(1 + Double(labels.names.count - 1) / M_E)
    return Finding(
      symptom: .softmax, path: last.path,
      text: "\(last.path) ends in softmax before cross_entropy: the loss stays above "
        + Numbers.significant(least, digits: 3),
      meaning: "cross_entropy has a softmax in it; of a second one hardly any gradient is left",
      figures: ["least_loss": .number(least)], remedies: [last.removal])
  }
}
