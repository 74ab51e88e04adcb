/// A word of the field or of the program in a few lines: why it is there, its formula, and commands
/// that show it.
struct Explanation: Sendable {
  /// Words that belong together, in the order in which `explain` lists them.
  enum Group: String, CaseIterable, Sendable {
    case residual = "Residual"
    case layers = "Layers"
    case activations = "Activation"
    case shapes = "Shapes"
    case weights = "Weights"
    case training = "Training"
    case figures = "Figures"
    case commands = "Commands"
    case frameworks = "Frameworks"
    case errors = "Errors"
  }

  /// What it is asked for by; the first is the one that is listed.
  let names: [String]
  let group: Group
  let lines: [String]

  /// Commands that make what the others need, empty where they need nothing.
  let start: String

  /// Commands that show it, each after those before it.
  let commands: [String]

  /// A text of lines, under some names.
  init(
    _ names: [String], _ group: Group, _ text: String, start: String = "", _ commands: [String]
  ) {
    self.names = names
    self.group = group
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    self.start = start
    self.commands = commands
  }

  /// The lines as they are shown: sentences may be joined and broken anew, what is drawn stays as it is.
  func styledLines(_ glyphs: Glyphs) -> [StyledText] {
    lines.indices.map { index in
      var line = StyledText(glyphs.spelledFormula(lines[index]))
      line.isSetInColumns = lines[index].hasPrefix(" ")
      let next = index + 1 < lines.count ? lines[index + 1] : ""
      line.goesOn = Self.isProse(lines[index]) && Self.isProse(next)
      return line
    }
  }

  private static func isProse(_ line: String) -> Bool {
    !line.isEmpty && !line.hasPrefix(" ") && !line.contains("   ")
  }

  /// The name that it is listed under.
  var name: String { names.first ?? "" }
}

extension Glyphs {
  /// A text with formulas in signs that this set has: in ASCII the point of a product is a star.
  func spelledFormula(_ text: String) -> String {
    switch self {
    case .unicode: text
    case .ascii: spell(text.replacing("·", with: "*"))
    }
  }
}
