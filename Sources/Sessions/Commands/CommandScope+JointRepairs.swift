import Language
import Networks

/// Repairs of an edit that a block elsewhere refuses.
extension CommandScope {
  /// Commands that repair a block of the current network, then the refused command again, or both as one where
  /// neither is possible without the other.
  mutating func repairing(_ invocation: Invocation, _ network: Network) -> (ShapeError) ->
    [String]
  {
    { [self] error in
      error.offers.compactMap { offer in
        let before = preparation(offer, error, in: network).map { "\($0); \(invocation.typed())" }
        let joint =
          switch offer.repair {
          case .settings(let settings): alike(settings, invocation, in: network)
          case .path: joinedAfter(offer, error, invocation, in: network)
          case .shortcut: String?.none
          }
        return [before, joint].compactMap { $0 }.first { outcome(of: $0) != nil }.map {
          $0 + Self.price(of: offer)
        }
      }
    }
  }

  /// The refused `set` for further blocks too, where they take the same value.
  private func alike(_ settings: [Setting], _ invocation: Invocation, in network: Network)
    -> String?
  {
    guard invocation.verb.text == "set", let path = invocation.words.first?.text,
      let option = invocation.options.first, invocation.options.count == 1,
      settings.flatMap(\.values).allSatisfy({
        $0.key == option.name && $0.value.text == option.value.text
      })
    else { return nil }
    let targets = network.blocks(matching: path).map(\.block.id)
    let others = settings.flatMap(\.blocks).filter { !targets.contains($0) }
    return network.pattern(for: targets + others).map {
      "set \($0) \(option.name)=\(option.value.text)"
    }
  }

  /// The refused command without a join, which comes back behind it with layers on its way.
  private func joinedAfter(
    _ offer: Offer, _ error: ShapeError, _ invocation: Invocation, in network: Network
  ) -> String? {
    guard let path = network.path(of: error.block), let join = try? network.block(at: path) else {
      return nil
    }
    let siblings = network.children(of: join.parent)
    let next = siblings.dropFirst(join.index + 1).first
    let previous = siblings.prefix(join.index).last
    guard let neighbour = next ?? previous, let place = network.path(of: neighbour.id) else {
      return nil
    }
    let line = NetworkScript.line(of: offer.repaired)
    let side = next == nil ? "after" : "before"
    return "remove \(path); \(invocation.typed()); insert \(line) \(side) \(place)"
  }
}
