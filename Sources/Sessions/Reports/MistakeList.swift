import Engine
import Networks
import Training

/// The examples that a network gets most wrong, beside what it makes of them.
struct MistakeList: Sendable {
  let network: String
  let part: DataPart
  let examples: Examples
  let loss: Loss
  let mistakes: Mistakes?

  /// The inputs of the worst mistakes, the worst first.
  let inputs: Tensor

  private var worst: [Mistake] { mistakes?.worst ?? [] }

  /// Each example under a line that says what is wrong.
  func lines(_ glyphs: Glyphs) -> [StyledText] {
    let all = Numbers.count(examples.count, "\(part.rawValue) example")
    if worst.isEmpty { return [StyledText("none of \(all) is wrong")] }
    var lines: [StyledText] = []
    if examples.classNames != nil, let count = mistakes?.count {
      let verb = count == 1 ? "is" : "are"
      let place = examples.hasPositions ? " somewhere" : ""
      lines.append(StyledText("\(Numbers.grouped(count)) of \(all) \(verb) wrong\(place)", .dim))
    }
    for (place, mistake) in worst.enumerated() {
      lines.append(head(mistake))
      lines += drawing(place, glyphs).map { StyledText("  " + $0) }
      lines += targetLines(mistake, glyphs)
    }
    return lines
  }

  private func head(_ mistake: Mistake) -> StyledText {
    var head = StyledText("\(part.rawValue) \(Numbers.grouped(mistake.example))", .emphasis)
    switch examples.targets {
    case .classes(let labels, let names):
      let label = Int(labels[mistake.example])
      head.append("  class \(Self.told(label, mistake, names, loss))")
      if let predicted = mistake.predicted {
        head.append("  taken for \(Self.told(predicted, mistake, names, loss))", .bad)
      } else {
        head.append("  taken for none", .bad)
      }
    case .maps(let maps):
      let (target, predicted) = classes(mistake, maps)
      let (right, all) = (predicted.agreement(with: target), maps.positions)
      head.append(
        "  \(Numbers.grouped(all - right)) of \(Numbers.count(all, "position")) wrong", .bad)
    case .values(let targets) where targets.shape.count > 2: break
    case .values(let targets):
      head.append("  target \(ExampleDrawing.numbers(own(targets, mistake)))")
      head.append("  predicted \(ExampleDrawing.numbers(mistake.outputs[...]))", .bad)
    case .none: break
    }
    head.append("  loss \(Numbers.loss(mistake.loss))", .dim)
    return head
  }

  private func drawing(_ place: Int, _ glyphs: Glyphs) -> [String] {
    if let vocabulary = examples.vocabulary {
      return [vocabulary.text(of: values(place).map { Int32(exactly: $0) ?? -1 })]
    }
    return ExampleDrawing(shape: examples.shape, values: values(place)).lines(glyphs)
  }

  /// What should be at the positions of an example, and what is predicted.
  private func classes(_ mistake: Mistake, _ maps: ClassMaps) -> (
    target: PositionClasses, predicted: PositionClasses
  ) {
    let target = PositionClasses(maps, example: mistake.example)
    let predicted = PositionClasses(
      outputs: mistake.outputs[...], extents: maps.extents, names: maps.names,
      isText: target.isText)
    return (target, predicted)
  }

  /// Both, or the numbers, under their titles, where there is a target at each position.
  private func targetLines(_ mistake: Mistake, _ glyphs: Glyphs) -> [StyledText] {
    var title = StyledText("  target")
    let drawings: (target: [String], predicted: [String])
    switch examples.targets {
    case .maps(let maps):
      let (target, predicted) = classes(mistake, maps)
      if let legend = target.legend { title.append("  " + legend, .dim) }
      drawings = (target.lines, predicted.lines)
    case .values(let targets) where targets.shape.count > 2:
      let shape = Shape(Array(targets.shape.dropFirst()))
      let draw = { ExampleDrawing(shape: shape, values: $0).lines(glyphs) }
      drawings = (draw(own(targets, mistake)), draw(mistake.outputs[...]))
    case .classes, .values, .none: return []
    }
    return [title] + drawings.target.map { StyledText("  " + $0) }
      + [StyledText("  predicted", .bad)] + drawings.predicted.map { StyledText("  " + $0) }
  }

  /// `3 at 97.2 %`.
  private static func told(_ label: Int, _ mistake: Mistake, _ names: [String], _ loss: Loss)
    -> String
  {
    let share = ExampleLoss.share(of: label, loss, mistake.outputs)
    return "\(ClassNames.shown(label, among: names)) at \(Numbers.percent(share))"
  }

  private func values(_ place: Int) -> ArraySlice<Float> {
    let size = examples.shape.count
    return inputs.values[place * size..<(place + 1) * size]
  }

  private func own(_ targets: Tensor, _ mistake: Mistake) -> ArraySlice<Float> {
    let width = examples.targetSize
    return targets.values[mistake.example * width..<(mistake.example + 1) * width]
  }

  /// The mistakes for programs, with what the network puts out; `wrong` counts all of them, of classes.
  var data: JSON {
    let wrong = examples.classNames == nil ? nil : mistakes?.count ?? 0
    return [
      "network": .text(network), "part": .text(part.rawValue),
      "examples": .integer(examples.count), "wrong": .optional(wrong),
      "shape": .shape(examples.shape),
      "mistakes": .array(worst.enumerated().map { value($1, at: $0) }),
    ]
  }

  private func value(_ mistake: Mistake, at place: Int) -> JSON {
    var members: [JSON.Member] = [.init("example", .integer(mistake.example))]
    switch examples.targets {
    case .classes(let labels, let names):
      let label = Int(labels[mistake.example])
      let shares = [label, mistake.predicted].map { label in
        label.map { ExampleLoss.share(of: $0, loss, mistake.outputs) }
      }
      members += [
        .init("target", .text(ClassNames.name(label, among: names))),
        .init("target_share", .optional(shares[0])),
        .init(
          "predicted",
          .optional(mistake.predicted.map { ClassNames.name($0, among: names) })),
        .init("predicted_share", .optional(shares[1])),
      ]
    case .maps(let maps):
      let (target, predicted) = classes(mistake, maps)
      members += [.init("target", target.data), .init("predicted", predicted.data)]
    case .values(let targets): members.append(.init("target", .singles(own(targets, mistake))))
    case .none: break
    }
    members += [
      .init("loss", .number(mistake.loss)), .init("outputs", .singles(mistake.outputs)),
      .init("values", .singles(values(place))),
    ]
    return .object(members)
  }
}
