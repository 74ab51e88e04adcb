/// Bounds on what a hostile or mistaken input can use up; each has a diagnostic of its own.
package struct LanguageLimits: Sendable {
  /// Bytes of a source text.
  package var fileSize = 4 << 20
  /// Bytes of a line.
  package var lineLength = 64 << 10
  /// Statements in a source text.
  package var statements = 200_000
  /// Braces and parentheses within each other.
  package var nesting = 64
  /// Calls of definitions within each other.
  package var recursion = 64
  /// Blocks, loops and calls within each other while a command is expanded.
  package var expansionDepth = 256
  /// Blocks and command files within each other while commands run.
  package var runDepth = 160
  /// Layers and containers that one command may expand to.
  package var specifications = 200_000
  /// Passes through loops per command.
  package var iterations = 1_000_000
  /// Statements executed per command.
  package var steps = 4_000_000
  /// Bytes of one word after substitution.
  package var wordLength = 64 << 10
  /// Bytes that substitution may make per command.
  package var substitutedText = 64 << 20
  /// Bytes of all names and texts that `let` keeps.
  package var keptText = 64 << 20

  /// The limits that hold everywhere.
  package init() {}
}
