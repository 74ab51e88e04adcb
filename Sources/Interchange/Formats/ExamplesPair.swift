import Networks

/// What a data file, or a pair of them, holds: examples to learn from and, maybe, to be tested on.
///
/// Both parts have the same shape and the same classes in the same order.
package struct ExamplesPair: Sendable {
  /// The name that the files share, without `_TRAIN` and extension.
  package let name: String
  package let train: Examples
  package let test: Examples?

  /// The files that were read, the training part's first.
  package let files: [String]

  /// Joins the parts.
  package init(name: String, train: Examples, test: Examples?, files: [String]) {
    self.name = name
    self.train = train
    self.test = test
    self.files = files
  }
}
