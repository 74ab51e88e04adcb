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

  /// What was found by looking at the files, where it had not been said.
  package let remark: String?

  /// Joins the parts.
  package init(
    name: String, train: Examples, test: Examples?, files: [String], remark: String? = nil
  ) {
    self.remark = remark
    self.name = name
    self.train = train
    self.test = test
    self.files = files
  }
}
