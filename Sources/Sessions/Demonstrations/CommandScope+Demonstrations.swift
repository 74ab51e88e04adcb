import Interchange
import Language
import Networks
import Training

/// What demonstrations share.
extension CommandScope {
  /// The data to learn from; where there is none, `data digits` before the command is offered.
  mutating func dataToDemonstrate(_ invocation: Invocation, offering command: String) throws
    -> Dataset
  {
    do { return try currentData(at: invocation.range) } catch let diagnostic as Diagnostic {
      throw Diagnostic(
        diagnostic.code, "\(invocation.row.verb) trains on data, and there is none yet",
        at: invocation.range, offers: ["data digits; \(command)"])
    }
  }

  /// Does what needs a network or data; where there is none, commands that lead to both are offered.
  func leading<Result>(to command: String, _ body: () throws -> Result) throws -> Result {
    do { return try body() } catch var diagnostic as Diagnostic {
      let isEmpty = state.current?.network.isEmpty ?? true
      if isEmpty { diagnostic.offers = ["data digits; add resnet8; \(command)"] }
      throw diagnostic
    }
  }

  /// The outputs that a network for some data needs: classes, or numbers to predict.
  func outputs(of data: Dataset, at range: SourceRange) throws(Diagnostic) -> Int {
    if data.train.hasPositions {
      throw Diagnostic(
        .state,
        "\(data.name) has a target at each position, and what is built for this answers once for an example",
        at: range, offers: ["data digits"])
    }
    switch data.train.targets {
    case .classes(_, let names): return max(names.count, 1)
    case .maps(let maps): return max(maps.names.count, 1)
    case .values(let values): return max(values.shape.dropFirst().reduce(1, *), 1)
    case .none:
      throw Diagnostic(
        .state, "\(data.name) has no targets to learn", at: range, offers: ["data digits"])
    }
  }

  /// Refuses to begin while training runs.
  func checkNothingRuns(at range: SourceRange) throws(Diagnostic) {
    if context.runs.isRunning {
      throw Diagnostic(.state, "training runs already", at: range, offers: ["stop", "wait"])
    }
  }

  /// The depths that words list, `8,20,56`, `8 20 56` or `8, 20, 56`, each once.
  func depths(
    of invocation: Invocation, each allowed: (isRight: @Sendable (Int) -> Bool, words: String)
  ) throws(Diagnostic) -> [Int] {
    let verb = invocation.row.verb
    if invocation.words.isEmpty {
      let lead = state.data == nil ? "data digits; " : ""
      throw Diagnostic(
        .argument, "\(verb) needs depths, such as 8,20", at: invocation.range,
        offers: ["\(lead)\(verb) 8,20", "help \(verb)"])
    }
    var depths: [Int] = []
    for word in invocation.words {
      let parts = word.text.split(separator: ",")
      for part in parts.isEmpty ? [word.text[...]] : parts {
        guard let depth = Int(part), allowed.isRight(depth) else {
          throw Diagnostic(
            .argument, "depths of \(verb) are \(allowed.words), found \(part)", at: word.range,
            offers: ["\(verb) 8,20"])
        }
        if !depths.contains(depth) { depths.append(depth) }
      }
    }
    return depths
  }

  /// A whole demonstration of the current network is computed apart from its run, on what it has learned so far.
  func requestApart(_ network: Network, _ data: Dataset, at range: SourceRange) throws -> RunRequest
  {
    var request = runRequestForWeights(network, data: data)
    request.learned = try computing(at: range) { try context.calculator.copy(of: request).learned }
    request.learned.touch()
    request.name = "demonstration of \(state.currentName)"
    return request
  }
}

extension CommandScope {
  /// The answer, or where a table or text is to be written what becomes of that; JSON is written like all answers.
  mutating func answer(_ report: Report, or table: CSVText, of invocation: Invocation) -> Report {
    guard let redirect = invocation.redirect, !invocation.writesData else { return report }
    let isTable = Path.fileExtension(of: redirect.text) == "csv"
    return written(isTable ? table.text : report.text + "\n", to: redirect)
  }

  /// The answer to `shown(NAME)`.
  func shown(_ argument: FactProvider.Argument?, at range: SourceRange) throws(Diagnostic) -> Value
  {
    if state.shown.isEmpty {
      throw Diagnostic(
        .state, "nothing was demonstrated yet, so there is nothing shown", at: range,
        offers: ["help degrade", "help lesion"])
    }
    let names = state.shown.keys.sorted()
    let name = argument?.text ?? ""
    if let value = state.shown[name] { return .real(value) }
    throw Diagnostic(
      .name,
      "the last demonstration has no figure \(name); it has "
        + names.prefix(8).joined(separator: ", ") + (names.count > 8 ? " and others" : ""),
      at: argument?.range ?? range, guessing: DidYouMean.nearest(name, among: names),
      offers: ["help expect"])
  }
}

extension Invocation {
  /// The whole number of a key, at least 1.
  func count(_ key: String, preset: Int, most: Int) throws(Diagnostic) -> Int {
    guard let option = option(key) else { return preset }
    return try option.value.integer(key, in: 1...most)
  }
}
