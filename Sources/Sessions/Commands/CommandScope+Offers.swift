import Language
import Networks

/// The law of offers: what is offered is accepted as things are.
extension CommandScope {
  /// A diagnostic without the offers that would be refused, each tried on a copy of the state; help where none
  /// is left.
  func verified(_ diagnostic: Diagnostic) -> Diagnostic {
    var result = diagnostic
    result.offers = context.isTrial ? diagnostic.offers : diagnostic.offers.compactMap(accepted)
    if result.offers.isEmpty, let word = diagnostic.replacement,
      CommandTable.row(word) != nil || Kind(word: word) != nil
    {
      result.offers = ["help \(word)"]
    }
    result.completeOffers()
    return result
  }

  /// A command as it would be accepted now, if it would: where the current run could not go on with it, after
  /// that has stopped.
  private func accepted(_ offer: String) -> String? {
    var command = offer[...]
    var stops = false
    let verb = command.prefix { $0 != " " && $0 != ";" }
    if CommandTable.has(.directsRun, verb) {
      if verb == "resume", context.runs.run == nil {
        return state.current?.presentResumption == nil ? nil : offer
      }
      guard context.runs.run != nil else { return nil }
      guard let end = command.firstIndex(of: ";") else { return offer }
      stops = verb == "stop"
      command = command[command.index(after: end)...]
    }
    guard context.attempts.takeOne() else { return command.hasPrefix("help ") ? offer : nil }
    guard let reached = outcome(of: String(command)) else { return nil }
    return stops || goesOn(with: reached) ? offer : "stop; \(offer)"
  }

  /// Whether the current run, if there is one, could go on in another state.
  private func goesOn(with reached: SessionState) -> Bool {
    guard let run = context.runs.run else { return true }
    return run.lanes.allSatisfy { lane in
      guard let network = reached.networks[lane.name] else { return true }
      if network.stamp == lane.stamp { return true }
      return (try? checkTrainable(network.network, data: run.data, loss: run.loss, at: nil)) != nil
        && (try? checkLearns(network.network, at: nil)) != nil
    }
  }

  /// A name that no network has.
  func freeName(_ base: String) -> String {
    var name = base
    var number = 2
    while state.networks[name] != nil {
      name = "\(base)_\(number)"
      number += 1
    }
    return name
  }

  /// A name that no network has.
  var freshNetworkName: String {
    let names = NameSupply(state.networkNames)
    return names.contains("other") ? names.fresh("other") : "other"
  }
}
