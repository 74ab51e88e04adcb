/// What was asked for on the command line as to how answers are printed.
package struct PrinterOptions: Sendable {
  /// No colour and no bar, whatever the terminal.
  package var isBatch = false

  /// JSON on standard output, for programs.
  package var isJSON = false

  /// No word of how far a run is.
  package var isQuiet = false

  /// Whether answers in files and pipes, too, tell how long something took.
  package var tellsTimes = false

  /// Nothing asked for.
  package init() {}
}
