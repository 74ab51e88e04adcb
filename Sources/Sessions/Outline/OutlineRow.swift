import Networks

/// One line of the architecture tree as a value: what it says and the rails that lead to it.
package struct OutlineRow: Sendable, Hashable {
  /// The identity of a block.
  package typealias ID = BlockID

  /// What a row stands for.
  package enum Part: Sendable, Hashable {
    /// A block: a layer, or the head of a container.
    case block

    /// What goes into the network.
    case input

    /// The place where the values of a container's branches meet.
    case join(OutlineJoin)
  }

  /// The block it stands for; a join carries its container's, the input the root's.
  package var id: ID
  package var part: Part

  /// Where the block is in the network, such as `res1.body.conv1`.
  package var path: String

  /// The lines left of the name, outermost first, each two columns wide.
  package var rails: [OutlineRail]

  package var name: String

  /// What it is as it would be typed, such as `conv 16 3 stride=2`.
  package var kind: String
  package var family: KindFamily

  /// How many copies a repeat folds, or passes a shared body has, where it is one.
  package var copies: Int?
  package var fold: OutlineFold

  /// The shape that leaves the block.
  package var output: Shape?

  /// Learnable values, running statistics not among them; nothing where the row has none of its own.
  package var parameters: Int?

  /// Whether training leaves all of them as they are.
  package var isFrozen: Bool

  /// Whether the backward pass computes again what the blocks inside have put out.
  package var isCheckpointed = false

  /// Multiplications with additions of one example.
  package var multiplyAdds: Int?

  /// How many input positions one output position sees, per spatial dimension.
  package var receptiveField: [Int]

  /// A row of plain facts.
  package init(
    id: ID, part: Part = .block, path: String, rails: [OutlineRail] = [], name: String,
    kind: String = "", family: KindFamily = .container, copies: Int? = nil,
    fold: OutlineFold = .leaf, output: Shape? = nil, parameters: Int? = nil,
    isFrozen: Bool = false, multiplyAdds: Int? = nil, receptiveField: [Int] = []
  ) {
    self.id = id
    self.part = part
    self.path = path
    self.rails = rails
    self.name = name
    self.kind = kind
    self.family = family
    self.copies = copies
    self.fold = fold
    self.output = output
    self.parameters = parameters
    self.isFrozen = isFrozen
    self.multiplyAdds = multiplyAdds
    self.receptiveField = receptiveField
  }
}

/// One step of the lines left of a name, two columns wide.
package enum OutlineRail: Sendable, Hashable {
  case blank

  /// A group's line going on below.
  case pass

  /// A child with others after it.
  case branch

  /// The last child.
  case last

  /// A value carried past the blocks beside it.
  case skip

  /// Where that value leaves the main line.
  case skipOpens

  /// Where a further branch of it begins.
  case skipTap

  /// Where it comes back.
  case skipCloses

  /// A folded container with a join inside.
  case skipFolded(OutlineJoin)
}

/// How values that meet become one.
package enum OutlineJoin: Sendable, Hashable {
  case add
  case multiply
  case highway
  case concatenate
}

/// Whether a row has rows beneath it and whether they are shown.
package enum OutlineFold: Sendable, Hashable {
  case leaf
  case open
  case closed
}
