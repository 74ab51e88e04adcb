import Networks

/// What there is to draw of a network or of a part of it, without places: boxes, frames, skips and
/// branches.
///
/// Copies of a repeat that are alike stand once, with their number; folded containers are boxes.
package struct NetworkDiagram: Sendable {
  let title: String
  let input: Shape
  let output: Shape

  /// Learnable values.
  let parameters: Int
  let chain: Chain

  /// Elements one after another; without any the values pass as they are.
  struct Chain: Sendable {
    var stations: [Station] = []
  }

  /// An element of a chain, and the shape that leaves it.
  struct Station: Sendable {
    let element: Element
    let output: Shape
  }

  indirect enum Element: Sendable {
    case box(Box)
    case frame(Frame)
    case skip(Skip)
    case fork(Fork)
    case tap(Box, name: String)
    case join(Join)
  }

  /// A layer or a folded container.
  struct Box: Sendable {
    let path: String

    /// What it is, as it would be typed; behind the name where it is folded.
    let text: String

    /// Shape and size of what is folded.
    var facts: String?
    let family: KindFamily

    /// Whether it stands for several copies.
    var isMany = false
  }

  /// A container of a chain, or copies of one that are alike.
  struct Frame: Sendable {
    let path: String
    let label: String

    /// The label behind the path of what it lies in.
    let fullLabel: String
    var isMany = false
    let chain: Chain
  }

  /// A residual: what is added to its body, and what is applied to the sum.
  struct Skip: Sendable {
    let path: String
    let body: Chain
    let shortcut: Chain
    let activation: Activation?
  }

  /// Branches that read the same values, and how theirs become one.
  struct Fork: Sendable {
    let path: String
    let branches: [Chain]
    let sign: String
  }
}

extension NetworkDiagram {
  /// Where a tapped value meets what comes in.
  struct Join: Sendable {
    let path: String

    /// The name of the tap, and the shape that it has there.
    let tap: String
    let tapped: Shape

    /// What the tapped value goes through.
    let way: Chain
    let sign: String
  }

  /// A line of facts on the whole: `1×8×8 → 10, 1,234 parameters`.
  var facts: String {
    "\(input.displayText) → \(output.displayText), \(Self.grouped(parameters)) parameters"
  }

  /// A whole number in groups of three.
  static func grouped(_ number: Int) -> String {
    let digits = Array(String(number))
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return result
  }
}

extension Activation {
  /// The activation by its name.
  var word: String { kind.rawValue }
}

extension NetworkDiagram.Chain {
  /// Whether a tapped value is joined somewhere inside.
  var hasJoins: Bool {
    stations.contains { station in
      switch station.element {
      case .box, .tap: false
      case .join: true
      case .frame(let frame): frame.chain.hasJoins
      case .skip(let skip): skip.body.hasJoins || skip.shortcut.hasJoins
      case .fork(let fork): fork.branches.contains(where: \.hasJoins)
      }
    }
  }
}
