import Interchange
import Language
import Networks
import Training

extension CommandTable {
  /// Commands about the data to learn from.
  static let dataRows: [CommandRow] = [
    CommandRow(
      "data", .data, usage: "data [NAME|FORMAT FILE …|FILE …] [key=value …]",
      "loads data, or describes it",
      details: [
        "Built in: \(DataSource.all.map(\.name).joined(separator: " ")).",
        "Formats: \(FileFormat.all.map(\.name).joined(separator: " ")); a file's ending tells its format,",
        "a folder what is in it. Files may be packed by gzip, such as FILE.csv.gz. Several files, or a pattern",
        "in quotes, are one set; test=FILE names what is tested on.",
        "Arrays beyond 256 MB of memory, or a quarter of what is free, stay in their files and are read by the",
        "batch, with the same results; so do tables, of which large ones are kept so that they are read once.",
        "data text alone makes a text, data text FILE … reads one; data shapes, data text and data waves target=clean",
        "have a target at each position. Without a network the data sets the input.",
      ],
      examples: ["data digits", "data waves length=128 noise=0.2", "data"], slots: [.data],
      repeats: .file, words: nil, traits: [.anyKeys, .redirect, .makesData],
      endings: CommandRow.answerEndings,
      run: { try $0.data($1) }),
    CommandRow(
      "split", .data, usage: "split SHARE", "splits the data at random into train and test",
      details: ["split 0.8 trains on 80 % and tests on the rest; the seed decides which."],
      examples: ["split 0.8"], words: 1,
      run: { try $0.split($1) }),
    CommandRow(
      "normalize", .data, usage: "normalize [by=value|channel|series|all]",
      "subtracts means and divides by standard deviations of the training part",
      details: [
        "by=value takes each column of a table for itself, by=channel each channel over all positions,",
        "by=series each example by itself, by=all one mean for everything. Deviations are over N, as in NumPy.",
        "What a network learned from is kept with it and saved: after load, normalize alone applies the same.",
        "Where data is not normalized, evaluate, predict, confusion and mistakes do that by themselves and say so.",
      ],
      examples: ["normalize", "normalize by=series"],
      keys: [
        .init("by", default: "by the data", "value for tables, channel for series and images")
      ],
      words: 0,
      run: { try $0.normalize($1) }),
    batchRow,
  ]
}

extension CommandScope {
  /// Answers `data [NAME|FORMAT FILE|FILE] [key=value …]`.
  mutating func data(_ invocation: Invocation) throws -> Report {
    let row = invocation.row
    guard let word = invocation.words.first else {
      let data = try currentData(at: invocation.range)
      return Report(data.lines.map { StyledText($0) }) { data.facts }
    }
    let settings = Dictionary(
      invocation.options.map { ($0.name, $0.value.text) }, uniquingKeysWith: { _, last in last })
    if let source = DataSource.named(word.text),
      invocation.words.count == 1 || FileFormat.named(word.text) == nil
    {
      if invocation.words.count > 1 {
        throw row.refusal(
          "\(source.name) is built in and takes keys only, found \(invocation.words[1].text)",
          at: invocation.words[1].range)
      }
      return try take(made(by: source, settings: settings, invocation))
    }
    return try file(invocation, settings: settings)
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
      let offers = [error.nextStep]
      switch error {
      case .interrupted: throw .stopped()
      case .unknownSetting(let name, _, let known):
        let option = invocation.option(name)
        let lead = option.flatMap { BroughtKey.lead(from: $0, of: invocation) }
        throw Diagnostic(
          .argument, error.message + (lead.map { "; \($0.says)" } ?? ""), at: option?.nameRange,
          guessing: lead == nil ? DidYouMean.nearest(name, among: known) : nil,
          offers: lead?.offers ?? offers)
      case .badValue(_, let name, _, let preset, _):
        throw Diagnostic(
          .argument, error.message, at: invocation.option(name)?.value.range, offers: offers,
          replacement: preset)
      case .memory(_, _, _, let count):
        throw Diagnostic(
          .memory, error.message, at: invocation.words.first?.range,
          offers: count.map { ["\(typed(invocation, count: $0))"] } ?? ["help data"])
      case .tooManyValues, .shortText, .splitFraction, .splitTooSmall, .rows:
        throw Diagnostic(
          .argument, error.message, at: invocation.words.first?.range, offers: offers)
      }
    }
  }

  /// A command for built-in data as it was typed, with fewer examples, all of them to train.
  private func typed(_ invocation: Invocation, count: Int) -> String {
    var scale = 1
    while count / scale >= 10 { scale *= 10 }
    let kept = invocation.options.filter { !["count", "test"].contains($0.name) }
    let words = invocation.words.map(\.text) + kept.map { "\($0.name)=\($0.value.text)" }
    let verb = invocation.verb.text
    return ([verb] + words + ["count=\(count / scale * scale)", "test=0"]).joined(separator: " ")
  }

  private mutating func file(_ invocation: Invocation, settings: [String: String]) throws -> Report
  {
    let first = invocation.words[0]
    let named = FileFormat.named(first.text)
    if named != nil { _ = try invocation.word(1, "FILE", invocation.row) }
    let words = Array(invocation.words.dropFirst(named == nil ? 0 : 1))
    let paths = words.map { resolved($0.text) }
    let place = words[0].range.extended(to: words[words.count - 1].range)
    guard
      let format = named
        ?? (context.checksOnly ? FileFormat.told(by: paths[0]) : FileFormat.found(at: paths[0]))
    else {
      if context.checksOnly, first.text.contains("/") { return unread(first.text) }
      throw unknownData(first)
    }
    let known = format.settings.map(\.name)
    for option in invocation.options where !known.contains(option.name) {
      let lead = BroughtKey.lead(from: option, of: invocation)
      throw Diagnostic(
        .argument, "\(format.name) has no key \(option.name)" + (lead.map { "; \($0.says)" } ?? ""),
        at: option.nameRange,
        guessing: lead == nil ? DidYouMean.nearest(option.name, among: known) : nil,
        notes: [.init("known: \(known.map { $0 + "=" }.joined(separator: " "))")],
        offers: lead?.offers ?? ["help data"])
    }
    if let test = invocation.option("test"), let share = test.value.number, share > 0, share < 1 {
      throw Diagnostic(
        .argument,
        "test= names a file; a share of the examples is what split takes, found \(test.value.text)",
        at: test.value.range, offers: ["help split"])
    }
    if context.checksOnly { return unread(words.map(\.text).joined(separator: " ")) }
    var settings = settings
    for setting in format.settings where ["FILE", "FOLDER"].contains(setting.form) {
      settings[setting.name] = settings[setting.name].map(resolved)
    }
    let typed = settings
    let pair = try filing(at: place) { () throws(FileError) in
      try format.read(paths, settings: typed, storage: context.storage)
    }
    let names = pair.files.map { Path.name(of: $0.hasSuffix("/") ? String($0.dropLast()) : $0) }
    let files =
      names.prefix(4).joined(separator: ", ")
      + (names.count > 4 ? ", … (\(Numbers.grouped(names.count)) files)" : "")
    let remark = pair.remark.map { "; \($0)" } ?? ""
    return try take(
      Dataset(
        name: pair.name, description: "\(format.name) from \(files)\(remark)", train: pair.train,
        test: pair.test), folding: format.name == "csv" ? invocation : nil,
      note: known.contains("channels") && settings["channels"] == nil
        ? Self.channelNote(pair.train.shape, invocation) : nil)
  }

  /// How to read arrays whose channels are last, where none of them seems to have more than one position.
  private static func channelNote(_ shape: Shape, _ invocation: Invocation) -> StyledText? {
    guard shape.spatialRank > 0, shape.channels > 1, shape.spatial.allSatisfy({ $0 == 1 }) else {
      return nil
    }
    let channels = Numbers.count(shape.channels, "channel")
    var line = StyledText("  \(channels) at one position; if they are positions: ", .warning)
    line.append(invocation.typed(with: ("channels", "last")), .typable)
    return line
  }

  /// Notes that a check does not know the data of a file.
  private mutating func unread(_ file: String) -> Report {
    state.data = nil
    state.unread[""] = file
    return Report("would read \(file)")
  }

  private func unknownData(_ word: Word) -> Diagnostic {
    if ["png", "jpg", "jpeg"].contains(Path.fileExtension(of: word.text)) {
      return Diagnostic(
        .name, "no data is called \(word.text)", at: word.range,
        notes: [.init("images are read from a folder for each class: data images FOLDER")],
        offers: ["help data"])
    }
    let built = DataSource.all.map(\.name)
    let known = built + FileFormat.all.map(\.name).filter { !built.contains($0) }
    let file =
      context.checksOnly
      ? nil : Self.nearestFile(to: word.text, endings: FileFormat.all.flatMap(\.extensions))
    return Diagnostic(
      .name, "no data is called \(word.text)", at: word.range,
      guessing: DidYouMean.nearest(word.text, among: known) ?? file,
      notes: [.init("known: \(known.joined(separator: " ")); files by their ending")],
      offers: ["data digits", "help data"])
  }

  /// Makes data the current one; an empty network takes its shape as input.
  ///
  /// - Parameters:
  ///   - table: the command that read a table, whose columns another shape would fold.
  ///   - note: what to look at in the data.
  private mutating func take(
    _ data: Dataset, folding table: Invocation? = nil, note: StyledText? = nil
  ) throws -> Report {
    state.data = data
    state.unread[""] = nil
    var lines = data.lines.map { StyledText($0) } + (note.map { [$0] } ?? [])
    if state.current?.network.isEmpty ?? true,
      state.current?.network.input != data.train.shape,
      let network = try? Network(input: data.train.shape)
    {
      replaceNetwork(with: network)
      lines.append(StyledText("input \(data.train.shape.displayText)", .dim))
    } else if let input = state.current?.network.input, input != data.train.shape {
      var line = StyledText(
        "\(state.currentName) takes \(input.displayText), so it cannot learn this yet: ", .warning)
      if let table, input.count == data.train.shape.count {
        line.append(table.typed(with: ("shape", "\(input)")), .typable)
      } else {
        line.append("input \(data.train.shape)", .typable)
      }
      lines.append(line)
    }
    return Report(lines) { data.facts }
  }

  /// Data made from other data; what refuses it stands at a place of the command.
  func changed<Made>(
    at range: SourceRange?, _ make: () throws(DataError) -> Made
  ) throws(Diagnostic) -> Made {
    do throws(DataError) { return try make() } catch {
      if error == .interrupted { throw .stopped() }
      throw Diagnostic(error.code, error.message, at: range, offers: [error.nextStep])
    }
  }

  /// Answers `split SHARE`.
  mutating func split(_ invocation: Invocation) throws -> Report {
    let row = invocation.row
    let word = try invocation.word(0, "SHARE", row)
    let data = try currentData(at: invocation.range)
    let share = try word.number("split", in: 0...1)
    let seed = state.recipe.seed
    let split = try changed(at: word.range) { () throws(DataError) in
      try data.split(share, seed: seed)
    }
    state.data = split
    var line = StyledText(
      "\(data.name): \(Numbers.count(split.train.count, "example")) to train on, "
        + "\(Numbers.grouped(split.test?.count ?? 0)) to test on")
    if share > 0, share < 0.5 {
      line.append("; the share is what trains: ", .warning)
      line.append("split \(Numbers.typed(1 - share))", .typable)
      line.append(" for the rest", .warning)
    }
    return Report([line])
  }

  /// Answers `normalize [by=SCOPE]`: by the statistics that the current network learned from, where it keeps any
  /// and no scope is asked for.
  mutating func normalize(_ invocation: Invocation) throws -> Report {
    let data = try currentData(at: invocation.range)
    let word = try invocation.option("by")?.value.choice(
      "by", among: Normalization.Scope.allCases.map(\.rawValue))
    let scope = word.flatMap { Normalization.Scope(rawValue: $0) }
    if let known = data.normalization {
      throw Diagnostic(
        .state,
        "\(data.name) is normalized by \(known.scope.rawValue) already; it is read anew by data",
        at: invocation.range, offers: ["data"])
    }
    if data.train.vocabulary != nil {
      throw Diagnostic(
        .state, "the inputs of \(data.name) are the numbers of characters, which stay as they are",
        at: invocation.range, offers: ["data"])
    }
    if scope == nil, let kept = state.current?.normalization, kept.fits(data.shape) {
      state.data = try changed(at: invocation.range) { () throws(DataError) in
        try data.normalized(by: kept)
      }
      return Report(
        "\(data.name): normalized by \(kept.scope.rawValue) as what \(state.currentName) learned from"
      )
    }
    let chosen = scope ?? .natural(for: data.shape)
    state.data = try changed(at: invocation.range) { () throws(DataError) in
      try data.normalized(by: chosen)
    }
    let part = chosen == .series ? "of each example" : "over the training part"
    return Report(
      "\(data.name): normalized by \(chosen.rawValue), mean 0 and standard deviation 1 \(part)")
  }
}

extension DataError {
  /// The code of a mistake that is none of settings.
  fileprivate var code: DiagnosticCode {
    if case .memory = self { .memory } else { .argument }
  }
}
