import Engine
import Language
import Networks
import Training

/// Outputs beside targets of which there is one at each position.
extension CommandScope {
  /// Refuses an output that has not a score of each class at each position.
  func checkMaps(_ maps: ClassMaps, _ network: Network, loss: Loss, at range: SourceRange?)
    throws(Diagnostic)
  {
    let classes = maps.names.count
    let scores = loss == .binaryCrossEntropy ? 1 : classes
    let wanted = Shape(channels: scores, spatial: maps.extents)
    if network.output.spatial != maps.extents {
      throw Diagnostic(
        .shape,
        "the data has a class at each of \(maps.displayText) positions, the network's output is "
          + network.output.displayText, at: range,
        offers: offers(leadingTo: wanted, from: network) { $0.channels >= scores })
    }
    if loss == .binaryCrossEntropy {
      return try checkBinary(network, classes: classes, at: range)
    }
    if network.output.channels < classes {
      throw Diagnostic(
        .shape,
        "the data has \(classes) classes at each position, the network's output is "
          + network.output.displayText, at: range,
        offers: offers(leadingTo: wanted, from: network) { $0.channels >= scores })
    }
  }

  /// Refuses an output of another shape than the numbers to predict, which lie at positions.
  func checkPositions(_ wanted: Shape, _ network: Network, at range: SourceRange?)
    throws(Diagnostic)
  {
    if network.output == wanted { return }
    var diagnostic = Diagnostic(
      EngineError.targetShape(expected: network.output, found: wanted.extents), at: range)
    diagnostic.offers = offers(leadingTo: wanted, from: network) { $0 == wanted }
    throw diagnostic
  }

  /// Commands that lead to an output at the positions of the wanted one, each tried.
  private func offers(
    leadingTo wanted: Shape, from network: Network, _ fits: (Shape) -> Bool
  ) -> [String] {
    let last = "conv \(wanted.channels) 1"
    var commands = ["add \(last)"]
    let children = network.root.children
    if let end = children.last, end.kind == .convolution {
      commands.insert("set \(end.name) channels=\(wanted.channels)", at: 0)
    }
    if let factor = Self.factor(from: network.output.spatial, to: wanted.spatial) {
      commands.append("add upsample \(factor); add \(last)")
    }
    func leads(_ command: String) -> Bool {
      guard let output = outcome(of: command)?.current?.network.output else { return false }
      return output.spatial == wanted.spatial && fits(output)
    }
    let found = commands.filter(leads)
    if !found.isEmpty { return Array(found.prefix(2)) }
    var removals = ""
    for block in children.suffix(Self.mostRemoved).reversed() {
      removals += "remove \(block.name); "
      if leads(removals + "add \(last)") { return [removals + "add \(last)"] }
    }
    return ["summary"]
  }

  /// Blocks at the end that an offer takes away, at most.
  private static let mostRemoved = 4

  /// The whole factor by which all of some extents are smaller than others, where there is one.
  private static func factor(from small: [Int], to large: [Int]) -> Int? {
    guard small.count == large.count, let first = small.first, first > 0 else { return nil }
    let factor = large[0] / first
    let agrees = zip(small, large).allSatisfy { $0 * factor == $1 }
    return factor > 1 && agrees ? factor : nil
  }
}
