import Networks

/// How a framework is written: its names and modules.
///
/// What is the same in all of them lies in `CodeWriter`.
protocol CodeDialect {
  /// What the framework is called where it is told to users.
  var name: String { get }

  /// Whether modules are told the channels of their input.
  var takesInputChannels: Bool { get }

  /// The class that blocks with parts of their own are of, such as `nn.Module`.
  var blockClass: String { get }

  /// The class of chains, such as `nn.Sequential`.
  var sequential: String { get }

  /// The modules of a layer, in their order.
  ///
  /// - Throws: A problem where the framework has nothing that computes the same.
  mutating func modules(of layer: LayerPattern, at place: CodePlace) throws(CodeProblem)
    -> [CodeModule]

  /// The module of an activation.
  mutating func activation(_ activation: Activation) -> String

  /// The module that weighs channels by their means.
  mutating func squeezeExcite(channels: Formula, reduction: Formula, rank: Int)
    throws(CodeProblem) -> String

  /// The lines of the class of a residual or parallel block, behind its `class` line.
  mutating func blockBody(_ block: BlockCode) throws(CodeProblem) -> [String]

  /// The lines of the class of a chain, behind its `class` line.
  func chainBody(parameters: String, chain: ChainCode, checks: [String]) -> [String]

  /// Texts of classes that the modules told so far need, in the order of their names.
  var helpers: [String] { get }

  /// Where the two dense layers of a squeeze-excite gate lie in its class.
  var squeezeExciteLayers: [String] { get }

  /// Whether its files hold scale and shift of a normalization that has neither.
  var keepsFixedParameters: Bool { get }

  /// The names of a layer's parameters in the framework's files.
  func parameterName(_ role: ParameterRole, of kind: Kind) -> String
}

/// Where a layer stands: what is known of its input and its class.
struct CodePlace {
  /// The channels of the input.
  let channels: Formula

  /// The numbers that the class is made of in the network, one dictionary for each block.
  let uses: [[String: Double]]

  /// The values that a formula has in the blocks of the class.
  func values(_ formula: Formula) -> [Double] {
    uses.isEmpty ? [formula.number].compactMap { $0 } : uses.compactMap { formula.value($0) }
  }
}

/// An expression that makes a module.
struct CodeModule {
  let text: String

  /// Whether it holds the parameters of its layer.
  var isLearned = false
}

/// The parts of a residual or parallel block, ready to be written.
struct BlockCode {
  var parameters = ""
  let chains: [ChainCode]
  let form: Form

  /// What is done with the parts.
  enum Form {
    /// Body, and shortcut where there is one; `condition` says when it is there.
    case residual(
      scale: Formula, activation: String?, condition: String?, hasShortcut: Bool)

    /// Branches, each with the spatial dimensions of its output.
    case branches(Parallel.Join, ranks: [Int], rank: Int)

    /// A body and a gate whose bias starts at a number.
    case highway(bias: Formula)
  }

  /// Lines that come before all others.
  let checks: [String]

  /// Whether the code asks for the channels of the input, but for the condition of a shortcut.
  var asksForInput: Bool { chains.contains { $0.asksForInput } }

  /// Whether the channels of the input decide what is built.
  var decidesByInput: Bool {
    if case .residual(_, _, let condition?, _) = form {
      condition.contains("in_channels")
    } else {
      false
    }
  }
}

/// A chain as code: lines that fill a list called `layers`, or one expression for each module.
struct ChainCode {
  let lines: [String]
  let modules: [String]

  /// The one module of a chain that has no parameters, so that it need not stand in a sequential.
  var bareModule: String?

  /// Whether the code asks for the channels of the input.
  var asksForInput: Bool {
    (lines + modules).contains { $0.contains("in_channels") }
  }

  /// What stands between the parentheses of a sequential, over several lines where it is long.
  func items(indent: Int) -> String {
    if !lines.isEmpty { return "*layers" }
    let joined = modules.joined(separator: ", ")
    if modules.count < 2, indent + joined.count <= 88 { return joined }
    let blanks = String(repeating: " ", count: indent)
    return "\n" + modules.map { "\(blanks)    \($0),\n" }.joined() + blanks
  }
}

/// What a framework cannot write.
package enum CodeProblem: Error, Hashable, Sendable {
  /// Nothing there computes what a layer does.
  case unsupported(what: String, framework: String, instead: String)

  /// The code and the network do not have the same layers.
  case misplaced
}
