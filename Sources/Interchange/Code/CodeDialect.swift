import Networks

/// How a framework is written: its names and modules.
///
/// What is the same in all of them lies in `CodeWriter` and `BlockText`.
protocol CodeDialect {
  /// What the framework is called where it is told to users.
  var name: String { get }

  /// How modules come to know the channels of their input.
  var inputChannels: InputChannels { get }

  /// What constructors are given besides numbers, and give to what they make.
  var handedOn: (parameters: [String], arguments: [String]) { get }

  /// The class that blocks with parts of their own are of, such as `nn.Module`.
  var blockClass: String { get }

  /// The class of chains, such as `nn.Sequential`.
  var sequential: String { get }

  /// The words that classes of blocks are made of.
  var words: BlockWords { get }

  /// The modules of a layer, in their order.
  ///
  /// - Throws: A problem where the framework has nothing that computes the same.
  mutating func modules(of layer: LayerPattern, at place: CodePlace) throws(CodeProblem)
    -> [CodeModule]

  /// The module of an activation.
  mutating func activation(_ activation: Activation) -> String

  /// What calls the activation of a module where no module is needed, such as `F.relu`.
  func function(of activation: String) -> String?

  /// The module that weighs channels by their means.
  mutating func squeezeExcite(channels: Formula, reduction: Formula, rank: Int)
    throws(CodeProblem) -> String

  /// What stands between the parentheses of a sequential.
  func items(of chain: ChainCode, indent: Int) -> String

  /// The lines of the class of a chain, behind its `class` line.
  func chainBody(parameters: String, chain: ChainCode, checks: [String]) -> [String]

  /// The lines that keep a chain as a part of a block.
  func assigning(_ chain: ChainCode, to part: String, indent: Int) -> [String]

  /// The lines that keep branches.
  func branches(_ chains: [ChainCode]) -> [String]

  /// The lines that set the bias of a highway's gate, where its layer is not told it.
  func gateStart(_ bias: Formula) -> [String]

  /// A value for each channel, spread over so many dimensions of positions.
  func spreading(_ value: String, over dimensions: Int) -> String

  /// Values multiplied one by one.
  func product(_ factors: [String]) -> String

  /// A value and the input, weighed by `gate`, whose positions may be fewer.
  func gated(_ value: String) -> String

  /// What a class calls a number that it keeps.
  func attribute(_ name: String) -> String

  /// The function that calls a body and has the backward pass compute its values again; nothing where a comment
  /// says how that is asked for.
  var checkpoint: CheckpointText { get }

  /// Texts of classes that the modules told so far need, by their names.
  var needed: [String: String] { get set }

  /// Where the two dense layers of a squeeze-excite gate lie in its class.
  var squeezeExciteLayers: [String] { get }

  /// Which scales and shifts that a normalization does not have its files hold.
  var fixedParameters: FixedParameters { get }

  /// Where a module lies in a chain: `3`.
  func child(_ index: Int) -> String

  /// The names of a layer's parameters in the framework's files.
  func parameterName(_ role: ParameterRole, of kind: Kind) -> String

  /// How a parameter lies in the framework's files.
  func layout(_ role: ParameterRole, of layer: LayerPattern) -> TensorLayout
}

extension CodeDialect {
  /// Notes that a module needs a class that the framework does not have.
  mutating func need(_ name: String, _ text: String) { needed[name] = text }

  /// What is said of `bn sync=yes` where a framework has it not for what it is written for here.
  static var synchronizedName: String { "sync" }
  static var synchronized: String {
    "# bn sync=yes took statistics over all processes; here each process takes its own."
  }

  /// The texts of those classes, in the order of their names.
  var helpers: [String] { needed.sorted { $0.key < $1.key }.map(\.value) }
}

/// How modules come to know the channels of their input.
enum InputChannels {
  /// Constructors are told them.
  case told

  /// Modules find them out; constructors are told them where they decide what is built.
  case toldWhereTheyDecide

  /// Modules find them out when they are built, before their first input is computed.
  case seenWhenBuilt
}

/// Which scales and shifts that a normalization does not have the files of a framework hold.
enum FixedParameters {
  case none

  /// One where there is the other.
  case besideOther
  case all
}

/// The words that classes of blocks are made of.
struct BlockWords {
  /// The lines with which a constructor begins.
  var constructor = ["super().__init__()"]

  /// The method that computes: `forward(self, x)`.
  let method: String

  /// What a shortcut is where shapes are the same: a module, or `None`.
  let noShortcut: String

  /// The branches along the channels.
  let concatenation: String

  /// The sum of the branches.
  let sum: String
}

/// How a body is called of which the backward pass computes the values again.
enum CheckpointText {
  /// By a function of this name and text, which is given the body and its input.
  case function(name: String, text: String)

  /// As any other, below a comment.
  case comment(String)
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

/// The parts of a residual, shared or parallel block, ready to be written.
struct BlockCode {
  var parameters = ""
  let chains: [ChainCode]
  let form: Form

  /// What is done with the parts.
  enum Form {
    /// Body, and shortcut where there is one; `condition` says when it is there.
    case residual(
      scale: Formula, activation: String?, condition: String?, hasShortcut: Bool)

    /// A body that is run through so many times, and whether its values are computed again.
    case shared(passes: Formula, isCheckpointed: Bool)

    /// Branches, each with the spatial dimensions of its output.
    case branches(Parallel.Join, ranks: [Int], rank: Int)

    /// A body and a gate whose bias starts at a number.
    case highway(bias: Formula)
  }

  /// Lines that come before all others.
  let checks: [String]

  /// Numbers that the class keeps.
  var kept: [(name: String, value: String)] = []

  /// Whether shortcut or gate are made when the block sees its first input.
  var isBuiltLater = false

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

  var isEmpty: Bool { lines.isEmpty && modules.isEmpty }

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
