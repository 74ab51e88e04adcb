/// Pieces of Python that the files of all frameworks have.
enum PythonText {
  /// A text in quotes.
  static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  /// `python FILE.py train 5` trains for 5 epochs.
  static let callOfTraining = """
        if "train" in sys.argv:
            sys.exit(train(epochs=int(sys.argv[2]) if sys.argv[2:] else 1))

    """
}
