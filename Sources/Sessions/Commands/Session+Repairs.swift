import Language
import Networks

/// Commands offered where shapes refuse an edit.
extension Session {
  /// The commands among some that succeed as things are, each tried on a copy of the state.
  func working(_ offers: [String]) -> [String] {
    guard !options.isTrial else { return [] }
    return offers.filter { offer in
      var trial = Options()
      trial.isTrial = true
      trial.checksOnly = true
      let session = Session(trial)
      session.state = state
      let console = Deaf()
      return withExtendedLifetime(console) {
        session.run(Source(offer, from: .argument), on: console) == .done
      }
    }
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
    if let dense = blocks.first(where: { $0.id == error.block })?.denseInstead(error.fault) {
      return [command([dense])]
    }
    return error.offers.compactMap { offer in
      if let call = call(invocation, with: offer) { return call + Self.price(of: offer) }
      let repaired = blocks.map { $0.repaired(offer, at: error.block) }
      if zip(repaired, blocks).contains(where: { $0 != $1 }) {
        return command(repaired) + Self.price(of: offer)
      }
      return preparation(offer, error, in: network).map {
        $0 + "; " + command(blocks) + Self.price(of: offer)
      }
    }
  }

  /// The call of a definition with a parameter that repairs, if it has one that does.
  private func call(_ invocation: Invocation, with offer: Offer) -> String? {
    let words = [invocation.verb.text] + invocation.words.map(\.text)
    guard invocation.blocks.isEmpty,
      let definition = words.lazy.compactMap({ self.state.environment.definitions[$0] }).first
    else { return nil }
    let keys: [String]
    let value: String
    switch offer.repair {
    case .shortcut(let kind): (keys, value) = (["shortcut"], kind.rawValue)
    case .padding: (keys, value) = (["pad", "padding"], "same")
    case .channels: return nil
    }
    let known = definition.parameters.map(\.name)
    return keys.filter { known.contains($0) }.map { invocation.typed(with: ($0, value)) }
      .first { !working([$0]).isEmpty }
  }

  /// The `set` commands that repair a residual block of the network in hand.
  func preparation(_ offer: Offer, _ error: ShapeError, in network: Network) -> String? {
    switch offer.repair {
    case .shortcut(let kind):
      return network.path(of: error.block).map { "set \($0) shortcut=\(kind.rawValue)" }
    case .padding(let blocks, _):
      let paths = blocks.compactMap { network.path(of: $0) }
      guard paths.count == blocks.count, paths.count <= Self.mostSets else { return nil }
      return paths.map { "set \($0) pad=same" }.joined(separator: "; ")
    case .channels(let count, let blocks, _):
      return Self.settings(of: count, blocks, in: network)
    }
  }

  /// The `set` commands that give blocks of a network so many outputs.
  static func settings(of count: Int, _ blocks: [BlockID], in network: Network) -> String? {
    let settings = blocks.compactMap { id -> String? in
      guard let block = network.block(id), let path = network.path(of: id),
        let key = block.kind.row.parameters.first?.name
      else { return nil }
      return "set \(path) \(key)=\(count)"
    }
    return settings.count == blocks.count && settings.count <= mostSets
      ? settings.joined(separator: "; ") : nil
  }

  private static let mostSets = 4

  /// What a repair leads to and costs, as a comment behind the command.
  static func price(of offer: Offer) -> String {
    let sign = offer.addedParameters < 0 ? "-" : "+"
    let price = Numbers.count(abs(offer.addedParameters), "parameter")
    return "  # \(offer.output.displayText), \(sign)\(price)"
  }
}

/// Hears nothing of what a trial answers.
private final class Deaf: Console {
  func show(_ report: Report) {}
  func waitForRun() {}
}

extension Networks.Block {
  /// A dense layer of as many outputs, without a name, where a convolution found features without positions.
  fileprivate func denseInstead(_ fault: ShapeFault) -> Networks.Block? {
    guard case .rank(_, _, let input) = fault, input.spatialRank == 0,
      case .layer(.convolution(let convolution)) = form
    else { return nil }
    return Networks.Block(name: "", form: .layer(.dense(Dense(units: convolution.channels))))
  }

  /// The tree after a repair of the residual block with an identity; the copies of a repeat are repaired alike.
  fileprivate func repaired(_ offer: Offer, at id: BlockID) -> Networks.Block {
    if self.id == id { return changed(by: offer.repair) }
    switch form {
    case .layer: return self
    case .repeated(let copies):
      guard let first = copies.first else { return self }
      let changed = first.repaired(offer, at: id)
      if changed == first { return self }
      var arguments = Arguments(.repeated)
      arguments["copies"] = .count(copies.count)
      return Networks.Block(name: name, arguments, blocks: [changed.children]) ?? self
    case .sequential, .residual, .parallel:
      return with(children: children.map { $0.repaired(offer, at: id) })
    }
  }

  /// A residual block with another shortcut, or with `pad=same` on some blocks below.
  private func changed(by repair: Offer.Repair) -> Networks.Block {
    switch repair {
    case .shortcut(let kind):
      guard case .residual = form else { return self }
      var arguments = self.arguments
      arguments["shortcut"] = .word(kind.rawValue)
      return with(arguments)
    case .padding(let blocks, _): return padded(Set(blocks))
    case .channels(let count, let blocks, _):
      return blocks.reduce(self) { tree, id in tree.with(outputs: count, of: id) }
    }
  }

  private func with(outputs count: Int, of id: BlockID) -> Networks.Block {
    if self.id == id { return with(outputs: count) }
    return children.isEmpty
      ? self : with(children: children.map { $0.with(outputs: count, of: id) })
  }

  private func padded(_ ids: Set<BlockID>) -> Networks.Block {
    if ids.contains(id) {
      var arguments = self.arguments
      arguments["pad"] = .padding(.same)
      return with(arguments)
    }
    if case .repeated(let copies) = form, let first = copies.first {
      let changed = first.padded(ids)
      if changed == first { return self }
      var arguments = Arguments(.repeated)
      arguments["copies"] = .count(copies.count)
      return Networks.Block(name: name, arguments, blocks: [changed.children]) ?? self
    }
    return children.isEmpty ? self : with(children: children.map { $0.padded(ids) })
  }
}
