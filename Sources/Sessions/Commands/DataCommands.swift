import Interchange
import Language
import Networks
import Training

extension CommandTable {
  /// Commands about the data to learn from.
  static let dataRows: [CommandRow] = [
    CommandRow(
      "data", .data, usage: "data [NAME|FORMAT FILE|FILE] [key=value …]",
      "takes data in hand, or describes it",
      details: [
        "Built in: digits and the generators waves spirals moons rings xor.",
        "Formats: csv ucr safetensors; a file's ending tells its format.",
        "Without a network the data sets the input.",
      ],
      slots: [.data, .file], run: { session, invocation, _ in try session.data(invocation) }),
    CommandRow(
      "split", .data, usage: "split SHARE", "splits the data at random into train and test",
      details: ["split 0.8 trains on 80 % and tests on the rest; the seed decides which."],
      run: { session, invocation, _ in try session.split(invocation) }),
    CommandRow(
      "normalize", .data, usage: "normalize",
      "subtracts the training part's mean and divides by its standard deviation",
      run: { session, invocation, _ in try session.normalize(invocation) }),
    CommandRow(
      "batch", .data, usage: "batch N", "sets how many examples one step takes",
      run: { session, invocation, _ in try session.batch(invocation) }),
  ]
}

extension Session {
  /// Answers `data [NAME|FORMAT FILE|FILE] [key=value …]`.
  func data(_ invocation: Invocation) throws -> Report {
    let row = invocation.row
    try invocation.expectNoBlocks(row)
    guard let word = invocation.words.first else {
      return Report(try dataInHand(at: invocation.range).lines.map { StyledText($0) })
    }
    let data: Dataset
    let settings = Dictionary(
      invocation.options.map { ($0.name, $0.value.text) }, uniquingKeysWith: { _, last in last })
    if let source = DataSource.named(word.text) {
      try invocation.expectWords(atMost: 1, row)
      data = try made(by: source, settings: settings, invocation)
    } else {
      data = try file(invocation, settings: settings)
    }
    return try take(data, at: word.range)
  }

  /// Built-in data; generators draw by the session's seed unless they are given one.
  private func made(
    by source: DataSource, settings: [String: String], _ invocation: Invocation
  ) throws(Diagnostic) -> Dataset {
    var settings = settings
    if settings["seed"] == nil, source.settings.contains(where: { $0.name == "seed" }) {
      settings["seed"] = "\(state.recipe.seed)"
    }
    do throws(DataError) { return try source.make(settings) } catch {
      let range =
        switch error {
        case .unknownSetting(let name, _, _), .badValue(_, let name, _, _, _):
          invocation.option(name)?.range
        case .tooManyValues, .splitFraction, .splitTooSmall: invocation.words.first?.range
        }
      throw Diagnostic(.argument, error.message, at: range, offers: [error.nextStep])
    }
  }

  private func file(_ invocation: Invocation, settings: [String: String]) throws -> Dataset {
    let first = invocation.words[0]
    var settings = settings
    let format: FileFormat
    let word: Word
    if let named = FileFormat.named(first.text) {
      try invocation.expectWords(atMost: 3, invocation.row)
      format = named
      word = try invocation.word(1, "FILE", invocation.row)
      if invocation.words.count > 2 { settings["test"] = resolved(invocation.words[2].text) }
    } else {
      try invocation.expectWords(atMost: 2, invocation.row)
      let ending = Path.fileExtension(of: first.text)
      guard let known = FileFormat.all.first(where: { $0.extensions.contains(ending) }) else {
        throw unknownData(first)
      }
      format = known
      word = first
      if invocation.words.count > 1 { settings["test"] = resolved(invocation.words[1].text) }
    }
    let typed = settings
    let pair = try filing(at: word.range) { () throws(FileError) in
      try format.read(resolved(word.text), settings: typed)
    }
    let files = pair.files.map { Path.name(of: $0) }.joined(separator: ", ")
    return Dataset(
      name: pair.name, description: "\(format.name) from \(files)", train: pair.train,
      test: pair.test)
  }

  private func unknownData(_ word: Word) -> Diagnostic {
    let known = DataSource.all.map(\.name) + FileFormat.all.map(\.name)
    let near = DidYouMean.nearest(word.text, among: known)
    return Diagnostic(
      .name,
      "no data is called \(word.text)" + (near.map { "; did you mean \($0)?" } ?? ""),
      at: word.range,
      notes: [.init("known: \(known.joined(separator: " ")); files by their ending")],
      offers: ["data digits", "help data"])
  }

  /// Takes data in hand; an empty network takes its shape as input.
  private func take(_ data: Dataset, at range: SourceRange) throws -> Report {
    state.data = data
    state.revision += 1
    var lines = data.lines.map { StyledText($0) }
    if state.current?.network.isEmpty ?? true,
      state.current?.network.input != data.train.shape,
      let network = try? Network(input: data.train.shape)
    {
      adopt(network)
      lines.append(StyledText("input \(data.train.shape.displayText)", .dim))
    }
    return Report(lines)
  }

  /// Answers `split SHARE`.
  func split(_ invocation: Invocation) throws -> Report {
    let row = invocation.row
    try invocation.expectWords(atMost: 1, row)
    try invocation.expectKeys([], row)
    let word = try invocation.word(0, "SHARE", row)
    let data = try dataInHand(at: invocation.range)
    let split: Dataset
    do throws(DataError) {
      split = try data.split(word.number ?? .nan, seed: state.recipe.seed)
    } catch {
      throw Diagnostic(.argument, error.message, at: word.range, offers: [error.nextStep])
    }
    state.data = split
    state.revision += 1
    return Report(
      "\(data.name): \(Numbers.count(split.train.count, "example")) to train on, "
        + "\(Numbers.grouped(split.test?.count ?? 0)) to test on")
  }

  /// Answers `normalize`.
  func normalize(_ invocation: Invocation) throws -> Report {
    try invocation.expectWords(atMost: 0, invocation.row)
    let data = try dataInHand(at: invocation.range)
    state.data = data.normalized()
    state.revision += 1
    return Report("\(data.name): mean 0 and standard deviation 1 over the training part")
  }

  /// Answers `batch N`.
  func batch(_ invocation: Invocation) throws -> Report {
    let row = invocation.row
    try invocation.expectWords(atMost: 1, row)
    try invocation.expectKeys([], row)
    guard let word = invocation.words.first else {
      return Report("batch \(state.recipe.batchSize)")
    }
    state.recipe.batchSize = try word.integer("batch", in: 1...1_000_000)
    state.revision += 1
    return Report("batch \(state.recipe.batchSize)")
  }
}
