import Language
import Networks
import Training

extension CommandTable {
  /// The command that has examples changed at random.
  static let augmentRow = CommandRow(
    "augment", .data, usage: "augment [off] [key=value …]",
    "changes the examples to train on at random, anew in each epoch",
    details: [
      "crop moves images and series by so many positions at most, and 0 comes in; cutout sets a square or a stretch to 0.",
      "jitter adds to each channel as a whole, scale multiplies the example, noise adds to each value; normal numbers.",
      "flip=yes mirrors images, flip=time series; warp changes the speed of time in series by such a share.",
      "They are done in the order warp, crop, flip, scale, jitter, noise, cutout, after normalize; the seed decides.",
      "Targets at positions, such as masks, move with crop, flip and warp; where no class comes in, only flip is taken.",
      "Examples to test on stay as they are. example 0 augment=3 shows three epochs; a key of 0, or off, ends it.",
    ],
    examples: ["augment crop=1 noise=0.05", "augment", "augment off"],
    slots: [.words(["off"])],
    keys: [
      .init("crop", default: "0", "positions at most, along each axis"),
      .init("flip", default: "no", among: ["yes", "time", "no"], "mirrors images, or series"),
      .init("jitter", default: "0", "deviation of what is added to a channel"),
      .init("scale", default: "0", "deviation of the factor about 1"),
      .init("noise", default: "0", "deviation of what is added to a value"),
      .init("warp", default: "0", "how far the speed of time deviates from 1, up to 0.9"),
      .init("cutout", default: "0", "side of the square, or length of the stretch"),
    ],
    words: 1,
    run: { try $0.augment($1) })
}

extension CommandScope {
  /// Answers `augment [off] [key=value …]`.
  mutating func augment(_ invocation: Invocation) throws -> Report {
    var augmentation = state.recipe.augmentation
    if let word = invocation.words.first {
      _ = try word.choice("augment", among: ["off"])
      augmentation = Augmentation()
    }
    for option in invocation.options { try Self.set(option, of: &augmentation) }
    if let data = state.data {
      do throws(Augmentation.Misfit) { try augmentation.check(data.train) } catch {
        let place = invocation.options.first { error.key.hasPrefix($0.name) }
        throw Diagnostic(error, of: data.shape, at: place?.value.range ?? invocation.range)
      }
    }
    let isNew = augmentation != state.recipe.augmentation
    state.recipe.augmentation = augmentation
    let line = Self.text(of: augmentation)
    return Report(line + (isNew && context.runs.isRunning ? " from the next run on" : ""))
  }

  private static func set(
    _ option: Option, of augmentation: inout Augmentation
  ) throws(Diagnostic) {
    let (name, value) = (option.name, option.value)
    switch name {
    case "crop": augmentation.crop = try value.integer(name, in: 0...4096)
    case "cutout": augmentation.cutout = try value.integer(name, in: 0...4096)
    case "jitter": augmentation.jitter = try value.number(name, in: 0...100)
    case "scale": augmentation.scale = try value.number(name, in: 0...100)
    case "noise": augmentation.noise = try value.number(name, in: 0...100)
    case "warp": augmentation.warp = try value.number(name, in: 0...0.9)
    case _:
      augmentation.flip = Augmentation.Flip(
        rawValue: try value.choice(name, among: ["yes", "time", "no"]))
    }
  }

  /// The command that sets an augmentation.
  static func text(of augmentation: Augmentation) -> String {
    let numbers = [
      ("jitter", augmentation.jitter), ("scale", augmentation.scale),
      ("noise", augmentation.noise), ("warp", augmentation.warp),
    ]
    var keys: [String] = []
    if augmentation.crop > 0 { keys.append("crop=\(augmentation.crop)") }
    if let flip = augmentation.flip { keys.append("flip=\(flip.rawValue)") }
    for (name, value) in numbers where value > 0 {
      keys.append("\(name)=\(Numbers.typed(value))")
    }
    if augmentation.cutout > 0 { keys.append("cutout=\(augmentation.cutout)") }
    return "augment " + (keys.isEmpty ? "off" : keys.joined(separator: " "))
  }

  /// Refuses to train on examples that cannot be changed as the recipe says.
  func checkAugmentation(_ data: Dataset, at range: SourceRange?) throws(Diagnostic) {
    do throws(Augmentation.Misfit) { try state.recipe.augmentation.check(data.train) } catch {
      throw Diagnostic(error, of: data.shape, at: range)
    }
  }
}

extension Augmentation.Misfit {
  /// The key that it is about.
  fileprivate var key: String {
    switch self {
    case .noPositions(let key), .notASeries(let key), .tooLarge(let key, _, _),
      .classAtPosition(let key), .otherPositions(let key), .text(let key):
      key
    case .flipOfSeries: "flip"
    }
  }
}

extension Diagnostic {
  /// What keeps examples of a shape from being changed at random.
  fileprivate init(_ misfit: Augmentation.Misfit, of shape: Shape, at range: SourceRange?) {
    let words: String
    let offer: String
    switch misfit {
    case .noPositions(let key):
      words = "augment \(key) needs images or series, the data has inputs of \(shape.displayText)"
      offer = "augment off noise=0.05"
    case .notASeries(let key):
      words = "augment \(key) needs series, the data has images of \(shape.displayText)"
      offer = key == "warp" ? "augment warp=0" : "augment flip=yes"
    case .flipOfSeries:
      words =
        "augment flip=yes mirrors images, the data has series of \(shape.displayText); "
        + "flip=time runs them backwards"
      offer = "augment flip=time"
    case .tooLarge(let key, let found, let limit):
      words =
        "augment \(key) of inputs of \(shape.displayText) is at most \(limit), found \(found)"
      offer = "augment \(key)=\(limit)"
    case .classAtPosition(let key):
      words =
        "augment \(key) moves positions, and those that come in have no class; flip moves classes, too"
      offer = "augment \(key)=0"
    case .otherPositions(let key):
      words =
        "augment \(key) moves positions, and the targets have others than inputs of "
        + shape.displayText
      offer = "augment \(key)=\(key == "flip" ? "no" : "0")"
    case .text(let key):
      words = "augment \(key) changes values, and the inputs are the numbers of characters"
      offer = "augment off"
    }
    self.init(.argument, words, at: range, offers: [offer])
  }
}
