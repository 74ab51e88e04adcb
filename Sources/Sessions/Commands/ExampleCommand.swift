import Language
import Networks
import Training

extension CommandTable {
  /// The command that shows what networks learn from.
  static let exampleRow = CommandRow(
    "example", .data, usage: "example [N] [train|test] [augment=COUNT]",
    "shows an example of the data, drawn in characters",
    details: [
      "Examples are counted from 0, as by predict. Values are those that networks get, after normalize.",
      "With augment=3 it is shown in the first three epochs as well, changed as augment says.",
      "Images are the mean of their channels, from the least value (blank) to the greatest (@).",
    ],
    examples: ["example", "example 3", "example 0 test"],
    slots: [.anything, .words(["train", "test"])],
    keys: [.init("augment", default: "0", "how many epochs it is shown in as augment changes it")],
    words: 2, traits: [.redirect],
    endings: CommandRow.answerEndings,
    run: { try $0.example($1) })
}

extension CommandScope {
  /// Answers `example [N] [train|test]`.
  mutating func example(_ invocation: Invocation) throws -> Report {
    let data = try currentData(at: invocation.range)
    let isPartFirst = invocation.words.first.map { $0.number == nil } ?? false
    let words = isPartFirst ? invocation.words.reversed() : invocation.words
    let part =
      try isPartFirst || words.count > 1
      ? words[words.count - 1].choice("the part", among: ["train", "test"]) : "train"
    let examples = try examples(part, of: data, at: invocation.range)
    if examples.count == 0 { return Report("\(part) has no examples") }
    let number = isPartFirst && words.count == 1 ? nil : words.first
    let index = try number?.integer("example", in: 0...examples.count - 1) ?? 0
    let values = try computing(at: invocation.range) {
      try examples.rows.gathered(at: CollectionOfOne(index)).values[...]
    }
    var head = StyledText("\(part) \(Numbers.grouped(index))", .emphasis)
    head.append("  \(examples.shape.displayText)", .dim)
    if let answer = Self.answer(of: examples, at: index) { head.append("  " + answer) }
    let drawing = drawing(of: examples, values)
    let changed = try augmented(examples, at: index, part: part, invocation)
    var lines = [head] + drawing.map { StyledText("  " + $0) }
    lines += targetLines(of: examples, at: index)
    for (epoch, values) in changed.enumerated() {
      lines.append(StyledText("epoch \(epoch + 1)", .emphasis))
      lines += ExampleDrawing(shape: examples.shape, values: values[...]).lines(context.glyphs)
        .map { StyledText("  " + $0) }
    }
    return Report(lines) {
      [
        "data": .text(data.name), "part": .text(part), "example": .integer(index),
        "shape": .shape(examples.shape), "target": Self.target(of: examples, at: index),
        "values": .singles(values),
      ]
    }
  }

  /// An example in characters: those of a text, or a drawing of its values.
  func drawing(of examples: Examples, _ values: ArraySlice<Float>) -> [String] {
    if let vocabulary = examples.vocabulary {
      return [vocabulary.text(of: values.map { Int32(exactly: $0) ?? -1 })]
    }
    return ExampleDrawing(shape: examples.shape, values: values).lines(context.glyphs)
  }

  /// The targets at the positions of an example under a title, where there is one at each.
  private func targetLines(of examples: Examples, at index: Int) -> [StyledText] {
    switch examples.targets {
    case .maps(let maps):
      let classes = PositionClasses(maps, example: index)
      var title = StyledText(classes.isText ? "next" : "classes", .emphasis)
      if let legend = classes.legend { title.append("  " + legend, .dim) }
      return [title] + classes.lines.map { StyledText("  " + $0) }
    case .values(let targets) where targets.shape.count > 2:
      let shape = Shape(Array(targets.shape.dropFirst()))
      let values = targets.values[index * shape.count..<(index + 1) * shape.count]
      return [StyledText("target", .emphasis)]
        + ExampleDrawing(shape: shape, values: values).lines(context.glyphs)
        .map { StyledText("  " + $0) }
    case .classes, .values, .none: return []
    }
  }

  /// The values of an example in the first epochs, as many as are asked for.
  private func augmented(
    _ examples: Examples, at index: Int, part: String, _ invocation: Invocation
  ) throws -> [[Float]] {
    guard let value = invocation.option("augment")?.value else { return [] }
    let count = try value.integer("augment", in: 0...100)
    let augmentation = state.recipe.augmentation
    if augmentation.isNone {
      throw Diagnostic(
        .state, "augment is off", at: value.range, offers: ["augment noise=0.05"])
    }
    if part == "test" {
      throw Diagnostic(
        .argument, "examples to test on stay as they are", at: value.range,
        offers: ["example \(index) test", "example augment=\(count)"])
    }
    try checkAugmentation(Dataset(name: "", description: "", train: examples), at: value.range)
    return try computing(at: value.range) {
      try (0..<count).map { epoch in
        let changed = try augmentation.applied(
          to: examples, at: CollectionOfOne(index), epoch: epoch, seed: state.recipe.seed)
        return changed.rows.tensor?.values ?? []
      }
    }
  }

  /// The name of an example's class, or the numbers to predict.
  private static func target(of examples: Examples, at index: Int) -> JSON {
    switch examples.targets {
    case .classes(let labels, let names): return .text(names[Int(labels[index])])
    case .maps(let maps): return PositionClasses(maps, example: index).data
    case .values(let targets):
      let width = targets.shape.dropFirst().reduce(1, *)
      return .singles(targets.values[index * width..<(index + 1) * width])
    case .none: return .null
    }
  }

  /// The class of an example, or the numbers to predict.
  private static func answer(of examples: Examples, at index: Int) -> String? {
    switch examples.targets {
    case .classes(let labels, let names): return "class \(BriefText.of(names[Int(labels[index])]))"
    case .maps: return nil
    case .values(let targets) where targets.shape.count > 2: return nil
    case .values(let targets):
      let width = targets.shape.dropFirst().reduce(1, *)
      return "target "
        + ExampleDrawing.numbers(targets.values[index * width..<(index + 1) * width])
    case .none: return nil
    }
  }
}
