/// y = activation(scale · body(x) + shortcut(x)).
///
/// After He et al. 2015.
package struct Residual: Hashable, Sendable {
  /// A sequential named `body`.
  package var body: Block

  /// A sequential named `shortcut`: empty where the input is added as it is.
  ///
  /// Its layers follow from the kind and the shapes, unless they are given.
  package var shortcut: Block

  /// What was asked for.
  package var kind: ShortcutKind

  /// Applied to the sum.
  package var activation: Activation?

  /// A fixed factor on the body.
  package var scale: Double

  /// A residual whose shortcut is given.
  package init(body: [Block], shortcut: [Block]) {
    self.init(body: body, kind: .given)
    self.shortcut = self.shortcut.with(children: shortcut)
  }

  /// A residual whose shortcut is still to be resolved by a `Network`.
  package init(
    body: [Block], kind: ShortcutKind = .automatic, activation: Activation? = nil,
    scale: Double = 1
  ) {
    self.body = Block(name: "body", form: .sequential(BlockList(body)))
    shortcut = Block(name: "shortcut", form: .sequential([]))
    self.kind = kind
    self.activation = activation
    self.scale = scale
  }
}

/// How the input reaches the sum of a residual block.
///
/// A, B and C are the options of He et al. 2015.
package enum ShortcutKind: String, CaseIterable, Hashable, Sendable {
  /// Identity where shapes agree, else a projection.
  case automatic = "auto"

  /// The input as it is; shapes that differ are an error.
  case identity

  /// Subsampling and channels of zeros where shapes differ.
  case zeroPadded = "A"

  /// A 1×1 convolution and batch normalization where shapes differ.
  case projection = "B"

  /// A 1×1 convolution and batch normalization always.
  case projectionAlways = "C"

  /// Average pooling before a 1×1 convolution of stride 1 (ResNet-D, He T. et al. 2018) where shapes differ.
  case pooled = "pool"

  /// The layers of a second `{ … }`, as they are.
  case given

  /// The kinds that `shortcut=` takes.
  package static let choices = allCases.filter { $0 != .given }

  /// The words that `shortcut=` takes: the kinds, and `project` for B.
  package static let words = choices.map(\.rawValue) + [projectionWord]

  private static let projectionWord = "project"

  /// The kind of a word that `shortcut=` takes.
  package init?(word: String) {
    guard Self.words.contains(word) else { return nil }
    self.init(rawValue: word == Self.projectionWord ? Self.projection.rawValue : word)
  }
}
