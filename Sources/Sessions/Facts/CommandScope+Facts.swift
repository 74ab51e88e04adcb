import Language
import Networks
import Training

extension Session {
  /// The answers to names and calls in expressions, as of now.
  var facts: FactProvider {
    FactProvider(names: Fact.allCases.map(\.rawValue)) { [self] query in
      var scope = scope
      defer { state = scope.state }
      return try scope.answer(query)
    }
  }
}

extension CommandScope {
  /// Does work that asks for facts of the state.
  mutating func withFacts<Result>(_ work: (FactProvider) throws -> Result) rethrows -> Result {
    let desk = FactDesk(self)
    defer { self = desk.scope }
    return try work(desk.provider)
  }

  /// The answers as of now, which change nothing.
  var facts: FactProvider { FactDesk(self).provider }

  /// The answer to a name or a call; nothing where there is no such fact.
  fileprivate mutating func answer(_ query: FactProvider.Query) throws -> Value? {
    guard let fact = Fact(rawValue: query.name) else { return nil }
    if let metric = fact.metric { return try measured(metric, query) }
    return try answer(fact, query)
  }

  private mutating func answer(_ fact: Fact, _ query: FactProvider.Query) throws -> Value {
    if query.arguments.count > 1 {
      throw Diagnostic(
        .argument, "\(fact.rawValue) asks about one thing, found \(query.arguments.count)",
        at: query.range, offers: ["help expect"])
    }
    let argument = query.arguments.first
    if context.checksOnly, fact.isLearned {
      hasInvented = true
      return .integer(1)
    }
    switch fact {
    case .loss, .accuracy: return try measured(fact, argument, at: query.range)
    case .epochs: return .integer(try networkState(argument, at: query.range).weights.epochs)
    case .steps: return .integer(try networkState(argument, at: query.range).weights.steps)
    case .rate:
      let rate = try networkState(argument, at: query.range).stepsPerSecond
      return rate.map { .real($0) } ?? .none
    case .shown: return try shown(argument, at: query.range)
    case .processes:
      if let argument {
        throw Diagnostic(
          .argument, "processes asks about nothing, found \(argument.text)", at: argument.range,
          offers: ["print $(processes)"])
      }
      return .integer(context.processes)
    case .params, .trainable, .running, .macs, .input, .out, .field, .blocks:
      return try structural(fact, argument, at: query.range)
    case .balanced, .precision, .recall, .f1, .top3, .top5, .iou, .bits, .mae, .rmse, .r2, .psnr:
      return .none
    }
  }

  /// The network that an argument names: `net`, a network's name, or nothing for the current one.
  private mutating func networkState(_ argument: FactProvider.Argument?, at range: SourceRange)
    throws
    -> NetworkState
  {
    let name = argument?.text ?? "net"
    if name != "net", let known = state.networks[name] { return known }
    if name == "net" {
      _ = try currentNetwork(at: range)
      if let current = state.current { return current }
    }
    throw Diagnostic(
      .name, "no network is called \(name)", at: argument?.range ?? range,
      guessing: DidYouMean.nearest(name, among: state.networkNames + ["net"]), offers: ["net"])
  }

  private mutating func structural(
    _ fact: Fact, _ argument: FactProvider.Argument?, at range: SourceRange
  )
    throws -> Value
  {
    let network: Network
    let block: Networks.Block
    if let argument, argument.text != "net", state.networks[argument.text] == nil {
      network = try currentNetwork(at: range)
      block = try refusing(at: argument.range) { () throws(PathFault) in
        do throws(PathFault) { return try network.block(at: argument.text) } catch {
          guard case .nothing(let path, let known) = error else { throw error }
          let names = state.networkNames + ["net"]
          throw .nothing(path: path, known: path.contains("*") ? [] : names + known)
        }
      }.block
    } else {
      network = try networkState(argument, at: range).network
      block = network.root
    }
    guard let facts = network.facts[block.id] else { return .none }
    switch fact {
    case .params: return .integer(facts.learnable)
    case .trainable: return .integer(facts.learnable - facts.frozen)
    case .running: return .integer(facts.running)
    case .macs: return .integer(facts.multiplyAdds)
    case .input: return Self.value(of: facts.input)
    case .out: return Self.value(of: facts.output)
    case .field:
      guard let size = facts.receptiveField.size, !size.isEmpty else { return .none }
      return size.count == 1 || Set(size).count == 1 ? .integer(size[0]) : .shape(size)
    case .blocks: return .integer(block.layerCount)
    case .loss, .accuracy, .balanced, .precision, .recall, .f1, .top3, .top5, .iou, .bits, .mae,
      .rmse, .r2, .psnr, .epochs, .steps, .rate, .shown, .processes:
      return .none
    }
  }

  private static func value(of shape: Shape) -> Value {
    shape.extents.count == 1 ? .integer(shape.extents[0]) : .shape(shape.extents)
  }

  /// A metric of the current network.
  private mutating func measured(_ metric: Metric, _ query: FactProvider.Query) throws -> Value {
    if context.checksOnly {
      hasInvented = true
      return .integer(1)
    }
    let data = try currentData(at: query.range)
    let question = try MetricQuestion(
      metric, query, of: data, loss: state.recipe.loss(for: data))
    let evaluation = try evaluation(on: question.part, measuring: .figures, at: query.range)
    let value = evaluation.metrics?.value(of: metric, class: question.label)
    return value.map { .real($0) } ?? .none
  }

  private mutating func measured(
    _ fact: Fact, _ argument: FactProvider.Argument?, at range: SourceRange
  )
    throws -> Value
  {
    let text = argument?.text ?? "net"
    if let part = DataPart(rawValue: text) {
      let evaluation = try evaluation(on: part, at: argument?.range ?? range)
      if fact == .loss { return .real(evaluation.loss) }
      return evaluation.accuracy.map { .real($0) } ?? .none
    }
    guard let epoch = try networkState(argument, at: range).lastEpoch else {
      throw Diagnostic(
        .state,
        "\(text == "net" ? state.currentName : text) was not trained yet, so it has no \(fact.rawValue)",
        at: range, offers: working(["train 1", "data digits"]))
    }
    if fact == .loss { return .real(epoch.loss) }
    return epoch.accuracy.map { .real($0) } ?? .none
  }
}

extension Networks.Block {
  /// The number of layers in the block, those of shortcuts included.
  package var layerCount: Int {
    if case .layer = form { return 1 }
    return children.reduce(0) { $0 + $1.layerCount }
  }
}

/// Holds a scope while an expression asks it.
private final class FactDesk {
  var scope: CommandScope

  init(_ scope: CommandScope) { self.scope = scope }

  var provider: FactProvider {
    FactProvider(names: Fact.allCases.map(\.rawValue)) { try self.scope.answer($0) }
  }
}
