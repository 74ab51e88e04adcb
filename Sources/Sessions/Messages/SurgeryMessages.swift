import Language
import Networks
import Training

extension Diagnostic {
  /// Surgery that is refused; `offers` are commands that would do.
  init(_ fault: SurgeryFault, verb: String, at range: SourceRange?, offers: [String]) {
    if case .edit(let error) = fault {
      self.init(error, at: range)
      return
    }
    self.init(.edit, fault.message(verb: verb), at: range, offers: offers)
  }
}

extension Diagnostic {
  /// Surgery after which the function would be another one.
  init(_ difference: OutputDifference, verb: String, at range: SourceRange?) {
    let largest = Numbers.significant(difference.largest, digits: 2)
    let scale = Numbers.significant(difference.scale, digits: 2)
    self.init(
      .edit,
      "outputs up to \(scale) would change by \(largest), which is more than rounding; nothing was done",
      at: range, offers: ["help \(verb)"])
  }
}

extension SurgeryFault {
  /// What is in the way, as it is said.
  fileprivate func message(verb: String) -> String {
    switch self {
    case .edit: ""
    case .notWeighted(let path, let kind):
      "\(path) is \(kind.rawValue); \(verb) takes a conv or dense"
    case .notWider(let path, let now, let asked):
      "\(path) has a width of \(Numbers.grouped(now)) already; widen expects more, found "
        + Numbers.grouped(asked)
    case .repeatedActivation(let path, let activation):
      "\(path) has act=\(activation.kind.rawValue), which twice is another function"
    case .groups(let path, let groups):
      "\(path) has groups=\(groups), which fix the channels that each one sees"
    case .softmax(let path): "\(path): softmax would count the copies of a channel, too"
    case .join(let path, let kind):
      "the channels reach the join of \(path) (\(kind.rawValue)), whose other side would not have them"
    case .mixing(let path, let kind):
      "\(path): what \(kind.rawValue) makes of a channel depends on the other channels"
    case .passes(let path):
      "the channels leave the shared body of \(path), whose next pass would be given them too"
    case .statistics(let path):
      "\(path) normalizes each pass through its shared body by other statistics, so no copy of it is the identity"
    case .subsample(let path): "\(path) appends its zeros after the channels of now"
    case .output(let width):
      "these \(Numbers.grouped(width)) channels are the output of the network"
    case .derived(let path):
      "\(path) follows from the shapes and would become another layer"
    }
  }
}

extension CommandScope {
  /// Turns refused surgery into a diagnostic with commands that would do.
  func refusing<Result>(
    _ invocation: Invocation, _ located: Located, in network: Network,
    _ surgery: () throws(SurgeryFault) -> Result
  ) throws(Diagnostic) -> Result {
    do throws(SurgeryFault) { return try surgery() } catch {
      let verb = invocation.verb.text
      let asked = invocation.words.count > 1 ? invocation.words[1].text : nil
      var offers = working(repairs(of: error, located, asked: asked, in: network))
      if offers.isEmpty {
        offers =
          verb == "widen" ? wideningOffers(beside: located, error, in: network) : ["help \(verb)"]
      }
      let word = invocation.words.first?.range
      let range =
        if case .notWider = error, invocation.words.count > 1 { invocation.words[1].range } else {
          word ?? invocation.range
        }
      throw Diagnostic(error, verb: verb, at: range, offers: offers)
    }
  }

  /// Commands that do what was asked in another way.
  private func repairs(
    of fault: SurgeryFault, _ located: Located, asked: String?, in network: Network
  ) -> [String] {
    let command = asked.map { "widen \(located.path) \($0)" } ?? "deepen \(located.path)"
    switch fault {
    case .notWeighted(let path, _):
      let inside = network.weightedPaths.first { $0.hasPrefix(path + ".") }
      return [inside ?? network.weightedPaths.first].compactMap { path in
        path.map { path in asked.map { "widen \(path) \($0)" } ?? "deepen \(path)" }
      }
    case .notWider(let path, let now, _): return ["widen \(path) \(2 * min(now, 1 << 30))"]
    case .repeatedActivation(let path, let activation):
      return ["set \(path) act=none; insert \(activation.kind.rawValue) after \(path); \(command)"]
    case .derived(let path):
      guard let end = path.firstRange(of: ".shortcut") else { return [] }
      return ["set \(path[..<end.lowerBound]) shortcut=C; \(command)"]
    case .passes(let path): return [Self.separately(path, located, asked: asked)]
    case .statistics:
      let path = network.sharedBody(around: located.path)
      return path.map { [Self.separately($0, located, asked: asked)] } ?? []
    case .edit, .groups, .softmax, .join, .mixing, .subsample, .output: return []
    }
  }

  /// The command on the first of separate copies in place of a shared body.
  private static func separately(_ shared: String, _ located: Located, asked: String?) -> String {
    let path = "\(shared).1\(located.path.dropFirst(shared.count))"
    return "set \(shared) shared=no; "
      + (asked.map { "widen \(path) \($0)" } ?? "deepen \(path)")
  }

  /// Layers that can be widened, those in the container in the way first.
  private func wideningOffers(beside located: Located, _ fault: SurgeryFault, in network: Network)
    -> [String]
  {
    var container: String?
    if case .join(let path, _) = fault { container = path + "." }
    let all = network.weightedPaths.filter { $0 != located.path }
    let inside = container.map { container in all.filter { $0.hasPrefix(container) } } ?? []
    let others = all.filter { !inside.contains($0) }
    var random = SystemRandomNumberGenerator()
    for path in (inside + others).prefix(Self.mostTried) {
      guard let target = try? network.block(at: path), let width = target.block.width,
        (try? Widening(network, target, to: 2 * width, using: &random)) != nil
      else { continue }
      return ["widen \(path) \(2 * width)"]
    }
    return ["show \(located.path)"]
  }

  private static let mostTried = 64
}

extension Network {
  /// The path of the innermost shared body in which a block lies.
  fileprivate func sharedBody(around path: String) -> String? {
    var result: String?
    walk { block, found in
      if case .shared = block.form, path.hasPrefix(found + ".") { result = found }
    }
    return result
  }

  /// The paths of all convolutions and dense layers.
  fileprivate var weightedPaths: [String] {
    var result: [String] = []
    walk { block, path in if block.width != nil { result.append(path) } }
    return result
  }
}
