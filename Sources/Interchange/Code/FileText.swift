import Networks

/// What the files of all frameworks have round their classes.
struct FileText {
  let framework: CodeFile.Framework
  let network: Network
  let names: CodeFile.Names

  /// The text of a file.
  ///
  /// - Parameters:
  ///   - standard: Modules of Python that it imports, but for those of recipes and weights.
  ///   - imports: Lines behind them.
  ///   - parts: Classes and functions.
  ///   - ending: What loads the network, and what the file does when it is run.
  func text(
    standard: [String] = [], imports: [String], parts: [String], ending: String
  ) -> String {
    let modules =
      standard + (names.recipe == nil ? [] : ["import sys"])
      + (names.weights == nil ? [] : ["from pathlib import Path"])
    let sorted = modules.filter { $0.hasPrefix("import") } + modules.filter { $0.hasPrefix("from") }
    let head = """
      \"""\(names.network) for \(framework.title): input \(network.input), output \(network.output), \
      \(network.learnableCount) parameters.\"""
      """
    return [
      head, (sorted + (sorted.isEmpty ? [] : [""]) + imports).joined(separator: "\n") + "\n",
      parts.joined(separator: "\n\n\n") + "\n", ending + "\n",
    ].joined(separator: "\n\n")
  }

  /// The shape of one example, channels first.
  var shape: String { ([1] + network.input.extents).map(String.init).joined(separator: ", ") }

  /// The parameters of the function that loads the network, where there are weights.
  var weights: String? {
    names.weights.map { "path=Path(__file__).with_name(\(PythonText.quoted($0)))" }
  }

  /// The functions of a recipe, with blank lines round them.
  func training(_ text: (CodeRecipe) -> String) -> String {
    names.recipe.map { "\n" + text($0) + "\n\n" } ?? ""
  }

  /// What calls them: `python FILE.py train 5` trains for 5 epochs.
  var callOfTraining: String {
    names.recipe == nil
      ? ""
      : """
          if "train" in sys.argv:
              sys.exit(train(epochs=int(sys.argv[2]) if sys.argv[2:] else 1))

      """
  }

  /// What a function says that loads the network.
  static let aboutLoading =
    "\"\"\"The network with its weights, an example, and the outputs it had where it was made.\"\"\""
}
