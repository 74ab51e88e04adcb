import Language
import Networks

/// Commands offered where shapes refuse an edit.
extension CommandScope {
  /// The commands among some that succeed as things are, each tried on a copy of the state.
  func working(_ offers: [String]) -> [String] { offers.filter { outcome(of: $0) != nil } }

  /// Commands that would be accepted, behind an input where there is none yet; nothing where they would not.
  func workingWithInput(_ commands: String) -> String? {
    let inputs = state.current == nil ? ["", "input 1x64; ", "input 3x32x32; "] : [""]
    return inputs.map { $0 + commands }.first { outcome(of: $0) != nil }
  }

  /// What to type for a statement of Python: commands that do the same and would be accepted, or help on them.
  func offer(for python: PythonStatement) -> String? {
    let text = python.commands.joined(separator: "; ")
    guard let output = state.current?.network.output ?? state.data?.train.shape else {
      let beginnings = python.beginning.map { ["\($0); "] } ?? []
      return ([""] + beginnings).map { $0 + text }.first { outcome(of: $0) != nil } ?? python.help
    }
    return python.fits(output) && outcome(of: text) != nil ? text : python.help
  }

  /// The state that a command would lead to, or nothing where it is refused; a trial tries nothing itself.
  func outcome(of command: String) -> SessionState? {
    if context.isTrial { return nil }
    return context.attempts.outcome(of: command, at: state.revision) { tried(command) }
  }

  private func tried(_ command: String) -> SessionState? {
    guard let statements = try? Parser.parse(file: SourceText(name: "", text: command)) else {
      return nil
    }
    var state = state
    state.environment.arguments = []
    var rehearsal = Rehearsal(state, context.forTrial)
    do { try rehearsal.run(statements) } catch is Quit {} catch { return nil }
    return rehearsal.state
  }

  /// Commands that put blocks into the network after a repair of what was refused: of the new blocks,
  /// or of those that are there.
  ///
  /// - Parameters:
  ///   - invocation: The refused command; where a definition has a parameter for the repair, that is set.
  ///   - command: The command that puts blocks, as they are typed, in their place.
  func repairs(
    of error: ShapeError, _ invocation: Invocation, putting blocks: [Networks.Block],
    in network: Network, _ command: ([Networks.Block]) -> String
  ) -> [String] {
    var offers: [String] = []
    if let index = blocks.firstIndex(where: { $0.id == error.block }),
      let instead = blocks[index].blocksInstead(error.fault)
    {
      offers.append(command(blocks[..<index] + instead + blocks[(index + 1)...]))
    }
    return offers
      + error.offers.compactMap { offer in
        let repaired = blocks.map { $0.repaired(offer, at: error.block) }
        if zip(repaired, blocks).contains(where: { $0 != $1 }) {
          let whole = command(repaired)
          let call = call(invocation, with: offer, insteadOf: whole)
          return (call ?? whole) + Self.price(of: offer)
        }
        return preparation(offer, error, in: network).map {
          $0 + "; " + command(blocks) + Self.price(of: offer)
        }
      }
  }

  /// The call of a definition with a parameter that repairs, if it has one that leads to the same.
  private func call(_ invocation: Invocation, with offer: Offer, insteadOf command: String)
    -> String?
  {
    let words = [invocation.verb.text] + invocation.words.map(\.text)
    guard invocation.blocks.isEmpty,
      let definition = words.lazy.compactMap({ self.state.environment.definitions[$0] }).first
    else { return nil }
    let keys: [String]
    let value: String
    switch offer.repair {
    case .shortcut(let kind): (keys, value) = (["shortcut"], kind.rawValue)
    case .path: return nil
    case .settings(let settings):
      let values = Set(settings.flatMap(\.values))
      guard values.count == 1, let only = values.first else { return nil }
      value = only.value.text
      keys = only.key == "pad" ? ["pad", "padding"] : [only.key]
    }
    let known = definition.parameters.map(\.name)
    let calls = keys.filter { known.contains($0) }.map { invocation.typed(with: ($0, value)) }
    guard !calls.isEmpty, let wanted = outcome(of: command)?.current?.network else { return nil }
    return calls.first { call in
      guard let network = outcome(of: call)?.current?.network else { return false }
      return network.output == wanted.output && network.learnableCount == wanted.learnableCount
    }
  }

  /// The `set` commands that repair blocks of the current network.
  func preparation(_ offer: Offer, _ error: ShapeError, in network: Network) -> String? {
    switch offer.repair {
    case .shortcut(let kind):
      return network.path(of: error.block).map { "set \($0) shortcut=\(kind.rawValue)" }
    case .path:
      return network.path(of: error.block).map {
        "replace \($0) " + NetworkScript.line(of: offer.repaired)
      }
    case .settings(let settings): return Self.commands(for: settings, in: network)
    }
  }

  /// The `set` commands for some settings of blocks of a network, if they are few.
  static func commands(for settings: [Setting], in network: Network) -> String? {
    var commands: [String] = []
    for setting in settings {
      let pattern = network.pattern(for: setting.blocks)
      let paths = pattern.map { [$0] } ?? network.paths(of: setting.blocks)
      guard pattern != nil || paths.count == setting.blocks.count else { return nil }
      commands += paths.map { "set \($0) \(setting.text)" }
      if commands.count > mostSets { return nil }
    }
    return commands.joined(separator: "; ")
  }

  private static let mostSets = 4

  /// What a repair leads to and costs, as a comment behind the command.
  static func price(of offer: Offer) -> String {
    let sign = offer.addedParameters < 0 ? "-" : "+"
    let price = Numbers.count(abs(offer.addedParameters), "parameter")
    return "  # \(offer.output.displayText), \(sign)\(price)"
  }
}

extension Networks.Block {
  /// Blocks in place of one that cannot take its input: a dense layer where a convolution found features without
  /// positions, as many groups or heads as divide the channels, twice the channels for what halves them, as many positions
  /// as a tap has, a tap that is there.
  fileprivate func blocksInstead(_ fault: ShapeFault) -> [Networks.Block]? {
    switch (fault, form) {
    case (_, .layer(let layer)): return layersInstead(fault, layer)
    case (.join(_, _, let tapped, let input), .join):
      let pairs = zip(tapped.spatial, input.spatial)
      guard tapped.spatialRank == input.spatialRank, tapped.spatial != input.spatial,
        pairs.allSatisfy({ $0 % $1 == 0 })
      else { return nil }
      let upsample = Upsample(factor: Extents(pairs.map { $0 / $1 }))
      return [Networks.Block(name: "", form: .layer(.upsample(upsample))), self]
    case (.tap(let name, let known), .join(var join)):
      guard let near = DidYouMean.nearest(name, among: known) ?? known.last else { return nil }
      join.tap = near
      var changed = self
      changed.form = .join(join)
      return [changed]
    default: return nil
    }
  }

  private func layersInstead(_ fault: ShapeFault, _ layer: Layer) -> [Networks.Block]? {
    func new(_ layer: Layer) -> Networks.Block { Networks.Block(name: "", form: .layer(layer)) }
    switch (fault, layer) {
    case (.rank(_, _, let input), .convolution(let convolution)) where input.spatialRank == 0:
      return [new(.dense(Dense(units: convolution.channels)))]
    case (.normalizationGroups(let groups, let channels), .exampleNormalization(let given)):
      let fitting = (1...max(min(groups, channels), 1)).last { channels % $0 == 0 } ?? 1
      var normalization = ExampleNormalization(over: .groups(fitting))
      normalization.epsilon = given.epsilon
      normalization.isAffine = given.isAffine
      return [new(.exampleNormalization(normalization))]
    case (.undivided(_, let channels, let group), .rearrangement(.pixelShuffle)):
      let (wider, isTooLarge) = channels.multipliedReportingOverflow(by: group)
      if isTooLarge { return nil }
      return [
        new(.convolution(Convolution(channels: wider, kernel: Extents(1)))), new(layer),
      ]
    case (.rank(_, _, let input), .transposedConvolution(let convolution))
    where input.spatialRank == 0:
      return [new(.dense(Dense(units: convolution.channels)))]
    case (.heads(let heads, let channels), .attention(let given)):
      var attention = given
      attention.heads = (1...max(min(heads, channels), 1)).last { channels % $0 == 0 } ?? 1
      return [new(.attention(attention))]
    case (.oddChannels(_, let input), .gatedLinear):
      let channels = 2 * input.channels
      let wider: Layer =
        input.spatialRank == 0
        ? .dense(Dense(units: channels))
        : .convolution(Convolution(channels: channels, kernel: Extents(1)))
      return [new(wider), new(.gatedLinear)]
    default: return nil
    }
  }

  /// The tree after a repair of the residual block with an identity; the copies of a repeat are repaired alike.
  fileprivate func repaired(_ offer: Offer, at id: BlockID) -> Networks.Block {
    if self.id == id { return changed(by: offer) }
    switch form {
    case .layer: return self
    case .repeated(let copies):
      guard let first = copies.first else { return self }
      let changed = first.repaired(offer, at: id)
      if changed == first { return self }
      var arguments = Arguments(.repeated)
      arguments["copies"] = .count(copies.count)
      return Networks.Block(name: name, arguments, blocks: [Array(changed.children)]) ?? self
    case .sequential, .shared, .residual, .parallel, .join:
      return with(children: children.map { $0.repaired(offer, at: id) })
    }
  }

  /// A residual block with another shortcut, or a container with other arguments of layers below.
  private func changed(by offer: Offer) -> Networks.Block {
    switch offer.repair {
    case .shortcut(let kind):
      guard case .residual = form else { return self }
      var arguments = self.arguments
      arguments["shortcut"] = .word(kind.rawValue)
      return with(arguments)
    case .path:
      var changed = self
      changed.form = offer.repaired.form
      return changed
    case .settings(let settings): return with(settings)
    }
  }
}
