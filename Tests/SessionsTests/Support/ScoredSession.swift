import Networks
import Training

@testable import Sessions

extension Session {
  /// A session whose network puts out its inputs, so that scores can be said; without a test part unless one is
  /// given.
  static func scored(
    _ train: (scores: [[Float]], targets: Examples.Targets),
    test: (scores: [[Float]], targets: Examples.Targets)? = nil, name: String = "own"
  ) -> Session {
    let part = { (part: (scores: [[Float]], targets: Examples.Targets)) in
      let width = part.scores.first?.count ?? 1
      return Examples(
        inputs: Tensor(shape: [part.scores.count, width], values: Array(part.scores.joined())),
        targets: part.targets)
    }
    var options = Session.Options()
    options.threads = 1
    let session = Session(options)
    session.state.data = Dataset(
      name: name, description: "", train: part(train), test: test.map(part))
    let width = train.scores.first?.count ?? 1
    session.answer("input \(width); add dense \(width) bias=no")
    guard let network = session.state.current?.network, let weight = network.parameters.first
    else { return session }
    var learned = LearnedState()
    learned.parameters[weight.key] = Tensor(
      shape: weight.shape,
      values: (0..<width * width).map { $0 % (width + 1) == 0 ? 1 : 0 })
    session.state.current?.weights = learned
    return session
  }

  /// Examples of classes whose greatest score is that of the class that they are taken for.
  static func confused(_ counts: [[Int]], names: [String]) -> (
    scores: [[Float]], targets: Examples.Targets
  ) {
    var scores: [[Float]] = []
    var labels: [Int32] = []
    for (label, row) in counts.enumerated() {
      for (predicted, count) in row.enumerated() {
        for _ in 0..<count {
          scores.append(row.indices.map { $0 == predicted ? 2 : $0 == label ? 1 : 0 })
          labels.append(Int32(label))
        }
      }
    }
    return (scores, .classes(labels, names: names))
  }
}

/// A shell of some columns.
final class NarrowRenderer: ScreenRenderer {
  func screenPicture() -> String { "" }

  let columns: Int

  init(columns: Int) { self.columns = columns }

  func screenLines() -> [String] { [] }
  func chartLines() -> [StyledText] { [] }
}
