import Interchange
import Language
import Networks
import Training

extension CommandTable {
  /// The command that measures the loss around weights.
  static let landscapeRow = CommandRow(
    "landscape", aliases: ["loss_landscape"], .train,
    usage: "landscape [NETS] [1d|2d] [n=N] [range=R] [seed=N] [> FILE.svg|FILE.csv|FILE.json]",
    "draws the loss around the weights, along one random direction or two",
    details: [
      "Directions are filter-normalised (Li et al. 2018): normal random numbers, each filter of the direction as",
      "long as that of the weights; biases and batch normalization stay. The middle is what evaluate says.",
      "Measured is on training examples, in evaluation mode, bn with its running statistics as they are. Networks",
      "with commas between them are drawn beside each other on one scale. Nothing of a network changes.",
      "It goes from the middle outwards; Ctrl-C, or the end of its seconds, leaves what is measured by then.",
    ],
    examples: ["landscape", "landscape 2d n=11 range=0.5", "landscape 2d > landscape.svg"],
    slots: [.network, .words(LandscapeWish.dimensions)],
    keys: [
      .init("n", default: "51, 21 for 2d", "places along a direction, an odd number"),
      .init("range", default: "1", "how far to go; 1 is the norm of each filter"),
      .init("seed", default: "1", "which directions"),
      .init("examples", default: "2000", "the most training examples that are measured"),
      .init("seconds", default: "300", "the most time it takes"),
    ],
    words: nil, traits: [.ownRedirect], endings: CommandScope.landscapeWriters.endings + ["json"],
    writing: "landscape > FILE", run: { try $0.landscape($1) })
}

/// What `landscape` is asked for.
struct LandscapeWish {
  static let dimensions = ["1d", "2d"]

  var names: [String] = []
  var directions = 1
  var places: [Double] = []
  var seed: UInt64 = 1
  var examples = 2000
  var seconds = 300.0

  /// Reads the words and keys of a command.
  ///
  /// - Parameter working: Of commands those that can be offered.
  /// - Throws: A diagnostic of what it does not take.
  init(
    _ invocation: Invocation, _ state: SessionState, working: ([String]) -> [String]
  ) throws {
    var words = invocation.words[...]
    if let last = words.last, Self.dimensions.contains(last.text) {
      directions = last.text == "2d" ? 2 : 1
      words.removeLast()
    }
    names = try Self.names(words, invocation, state)
    let most = directions == 1 ? 1001 : 101
    var count = directions == 1 ? 51 : 21
    if let option = invocation.option("n") {
      count = try option.value.integer("n", in: 3...most)
      if count.isMultiple(of: 2) {
        throw Diagnostic(
          .argument,
          "n expects an odd number, so that the network is in the middle, found \(count)",
          at: option.value.range, offers: working([invocation.typed(with: ("n", "\(count + 1)"))]))
      }
    }
    let range = try invocation.option("range")?.value.number("range", in: 0.001...1000) ?? 1
    // Multiples of the whole, so that both halves are alike and the middle is zero.
    let half = count / 2
    places = (-half...half).map { Double($0) / Double(half) * range }
    if let option = invocation.option("seed") {
      seed = UInt64(try option.value.integer("seed", in: 0...Int.max))
    }
    if let option = invocation.option("examples") {
      examples = try option.value.integer("examples", in: 1...Int.max)
    }
    if let option = invocation.option("seconds") {
      seconds = try option.value.number("seconds", in: 0.1...1e6)
    }
  }

  /// The networks of a list with commas, each once; the current one where none is named.
  private static func names(
    _ words: ArraySlice<Word>, _ invocation: Invocation, _ state: SessionState
  ) throws -> [String] {
    if words.count > 1, !words.dropLast().allSatisfy({ $0.text.hasSuffix(",") }) {
      throw invocation.row.refusal(
        "landscape takes networks with commas between them, and 1d or 2d after them",
        at: words[words.startIndex + 1].range)
    }
    let names = try state.names(ofNetworks: words, or: dimensions)
    return names.isEmpty ? [state.currentName] : names
  }
}

extension CommandScope {
  /// Answers `landscape [NETS] [1d|2d] [n=N] [range=R] [seed=N] [> FILE.svg|FILE.csv|FILE.json]`.
  mutating func landscape(_ invocation: Invocation) throws -> Report {
    let wish = try LandscapeWish(invocation, state) { working($0) }
    let current = state.currentName
    defer { state.currentName = current }
    for name in wish.names {
      state.currentName = name
      _ = try examplesToSurvey(wish.examples, at: invocation.range)
    }
    if context.checksOnly {
      if let file = invocation.redirect { return Report("would write \(file.text)") }
      return Report("would measure the loss around \(wish.names.joined(separator: ", "))")
    }
    var landscapes: [Landscape] = []
    var notes: [StyledText] = []
    var left = wish.seconds
    for (index, name) in wish.names.enumerated() where !context.isCancelled() {
      state.currentName = name
      let start = ContinuousClock.now
      landscapes.append(
        try surveyed(wish, seconds: left / Double(wish.names.count - index), at: invocation.range))
      left -= start.duration(to: .now) / .seconds(1)
      if let data = state.data, let note = normalizationNote(for: data) { notes.append(note) }
    }
    let report = LandscapeReport(landscapes: landscapes, ending: ending(of: landscapes, wish))
    if let redirect = invocation.redirect, let text = Self.landscapeWriters[redirect.text] {
      var answer = written(text(report), to: redirect)
      if let ending = report.ending { answer.lines.append(StyledText(ending, .warning)) }
      answer.lines += landscapes.map(\.summary) + notes
      return answer
    }
    let lines = report.lines(columns: context.columns, context.glyphs)
    return Report(lines + notes) { report.data }
  }

  /// What `landscape` writes.
  static let landscapeWriters: WriterTable<@Sendable (LandscapeReport) -> String> = [
    "svg": { $0.picture.svg }, "csv": { $0.table.text },
  ]

  /// A fixed part of the training examples, spread evenly over all of them.
  private mutating func examplesToSurvey(_ most: Int, at range: SourceRange) throws -> Examples {
    let network = try currentNetwork(at: range)
    let data = try currentData(at: range)
    try checkTrainable(network, data: data, at: range)
    if context.checksOnly { return data.train }
    let count = data.train.count
    if count <= most { return try asLearned(data.train, of: data, at: range) }
    try computing(at: range) {
      try AvailableMemory.require { () throws(AvailableMemory.Shortage) in
        try AvailableMemory.check(bytes: AvailableMemory.bytes(most, data.shape.count, 8))
      }
    }
    let positions = (0..<most).map { count / most * $0 + count % most * $0 / most }
    return try asLearned(data.train.selecting(positions), of: data, at: range)
  }

  /// The landscape of the current network, as far as it can be measured in so many seconds.
  private mutating func surveyed(_ wish: LandscapeWish, seconds: Double, at range: SourceRange)
    throws -> Landscape
  {
    let network = try currentNetwork(at: range)
    let data = try currentData(at: range)
    let examples = try examplesToSurvey(wish.examples, at: range)
    var landscape = Landscape(
      network: state.currentName, places: wish.places, directions: wish.directions,
      seed: wish.seed, examples: examples.count, allExamples: data.train.count)
    let order = landscape.order
    let survey = LossSurvey(
      directions: wish.directions, seed: wish.seed, places: order.map(landscape.distances))
    let start = ContinuousClock.now
    let request = runRequestForWeights(network, data: data)
    let name = state.currentName
    let (learned, cosine) = try computing(at: range) { [context] in
      try context.calculator.survey(request, survey, on: examples) { index, loss in
        landscape.set(loss, at: order[index])
        let done = index + 1
        let spent = start.duration(to: .now) / .seconds(1)
        let rest = Numbers.duration(spent / Double(done) * Double(order.count - done))
        context.note(
          "landscape of \(name)  \(Numbers.grouped(done))/\(Numbers.grouped(order.count)) losses"
            + "  \(rest) left")
        return spent < seconds
      }
    }
    state.current?.weights = learned
    landscape.cosine = cosine
    return landscape
  }

  /// Why less was measured than was asked for; nothing where all was.
  private func ending(of landscapes: [Landscape], _ wish: LandscapeWish) -> String? {
    let measured = landscapes.reduce(0) { $0 + $1.known.count }
    let wanted = (landscapes.first?.count ?? 0) * wish.names.count
    if measured == wanted { return nil }
    let part = "after \(Numbers.grouped(measured)) of \(Numbers.count(wanted, "loss", "losses"))"
    if context.isCancelled() { return "stopped by Ctrl-C \(part); the rest is left out" }
    return "\(Numbers.typed(wish.seconds)) s are over \(part); seconds=N gives it more"
  }
}
