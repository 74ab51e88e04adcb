/// What a cell means; which colour that is, the palette decides.
package enum Role: UInt8, Sendable, CaseIterable {
  case plain
  case faint
  case strong
  case border
  case focus
  case title
  case convolution
  case dense
  case normalization
  case activation
  case pooling
  case shaping
  case regularization
  case container
  case skip
  case good
  case warning
  case bad
  case changed
  case selection
  case mark
  case prompt
  case key
  case series0
  case series1
  case series2
  case series3
  case series4
  case series5

  /// The colour of the n-th of several curves.
  package static func series(_ index: Int) -> Role {
    let all: [Role] = [.series0, .series1, .series2, .series3, .series4, .series5]
    return all[((index % all.count) + all.count) % all.count]
  }
}

/// The look of a cell: a role and how it is stressed.
package struct Style: Hashable, Sendable {
  /// Stress beyond the role's colour.
  package struct Emphasis: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    /// From the raw bits.
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let bold = Emphasis(rawValue: 1)
    package static let dim = Emphasis(rawValue: 2)
    package static let reverse = Emphasis(rawValue: 4)
    package static let underline = Emphasis(rawValue: 8)
  }

  package var role: Role
  package var emphasis: Emphasis

  /// A role, stressed or not.
  package init(_ role: Role, _ emphasis: Emphasis = []) {
    self.role = role
    self.emphasis = emphasis
  }

  package static let plain = Style(.plain)
  package static let faint = Style(.faint)
  package static let strong = Style(.strong, .bold)
  package static let border = Style(.border)

  /// The same role, stressed further.
  package func adding(_ more: Emphasis) -> Style { Style(role, emphasis.union(more)) }
}
