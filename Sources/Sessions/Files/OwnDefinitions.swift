import Language

extension Environment {
  /// The definitions that do not come with the program, as they could be typed again, in alphabetical order.
  var ownDefinitions: [String] {
    definitionNames.compactMap { definitions[$0] }.filter { !Library.owns($0.range.source) }
      .map { definition in
        let comment = (definition.documentation ?? "").split(separator: "\n")
        // One that the body begins with is in its text already.
        let isAbove = comment.first.map { !definition.text.contains($0) } ?? false
        return ((isAbove ? comment.map { "# \($0)" } : []) + [definition.text])
          .joined(separator: "\n")
      }
  }
}
