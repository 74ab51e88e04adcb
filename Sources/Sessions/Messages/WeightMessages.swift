import Interchange
import Language
import Networks

/// What is said of weights that were loaded, or that do not fit: a few lines, however many there are.
struct WeightMessages {
  let file: WeightFile
  let word: Word

  /// The most names of one sort that are told.
  private static let most = 3

  /// What was loaded by name.
  func account(of match: WeightMatch, summary: String) -> Report {
    let all = match.found.count + match.differing.count + match.missing.count
    let count =
      match.isWhole
      ? Numbers.count(all, "tensor")
      : "\(Numbers.grouped(match.found.count)) of \(Numbers.count(all, "tensor"))"
    var lines = ["loaded \(count) from \(word.text): \(summary)"]
    if let framework = Self.framework(match.naming),
      let pair = match.found.first(where: { $0.array.name != $0.parameter.path })
    {
      lines.append(
        "  named as in \(framework): \(name(pair.array)) is \(pair.parameter.path)")
    }
    if !match.prefix.isEmpty, match.naming != .gluonPrefix {
      lines.append("  \(shown(match.prefix)) before all names was left off")
    }
    lines += origin(of: match.found)
    if !match.isWhole {
      let left = match.missing.map(\.parameter) + match.differing.map(\.parameter)
      if !left.isEmpty { lines.append("  left as they were: \(listed(left.map(\.path)))") }
      let unused = match.differing.map(\.array) + match.leftOver
      if !unused.isEmpty { lines.append("  not taken from the file: \(listed(unused.map(sized)))") }
    }
    return Report(Self.styled(lines))
  }

  /// What was loaded by order.
  func account(of order: WeightOrder, summary: String) -> Report {
    var lines = [
      "loaded \(Numbers.count(order.pairs.count, "tensor")) from \(word.text) by order: \(summary)"
    ]
    if let first = order.pairs.first, let last = order.pairs.last {
      lines.append(
        "  first \(name(first.array)) for \(first.parameter.path), "
          + "last \(name(last.array)) for \(last.parameter.path)")
    }
    if order.wasSorted {
      lines.append("  the file has its names sorted: numbers in them gave the order")
    }
    return Report(Self.styled(lines + origin(of: order.pairs)))
  }

  /// Why a file does not fit by name.
  func refusal(of match: WeightMatch, offers: [String]) -> Diagnostic {
    let all = match.found.count + match.differing.count + match.missing.count
    var counts = [
      "\(Numbers.grouped(match.found.count)) of \(Numbers.count(all, "parameter")) found their values"
    ]
    var notes: [String] = []
    if !match.differing.isEmpty {
      counts.append("\(Numbers.grouped(match.differing.count)) found other shapes")
      notes.append(
        "other shapes: "
          + listed(match.differing.map { "\(sized($0.array)) for \(Self.sized($0.parameter))" }))
    }
    if !match.missing.isEmpty {
      counts.append("\(Numbers.grouped(match.missing.count)) found none")
      notes.append("without values: " + listed(match.missing.map(missing)))
    }
    if !match.leftOver.isEmpty {
      counts.append("\(Numbers.count(match.leftOver.count, "tensor")) left over")
      notes.append("left over: " + listed(match.leftOver.map(sized)))
      if match.differing.isEmpty, match.missing.isEmpty {
        notes.append(
          "this may be the file of a network that computes more; partial=yes leaves out what is left over"
        )
      }
    }
    return Diagnostic(
      .file, "\(word.text) does not fit, nothing has changed: \(counts.joined(separator: ", "))",
      at: word.range, notes: notes.map { .init($0) }, offers: offers)
  }

  /// Why a file does not fit by order.
  func refusal(of misfit: WeightOrder.Misfit) -> Diagnostic {
    let problem =
      switch misfit.reason {
      case .shapes(let pair): "\(sized(pair.array)) is next for \(Self.sized(pair.parameter))"
      case .missing(let parameter): "nothing is left for \(Self.sized(parameter))"
      case .leftOver(let array): "no parameter is left for \(sized(array))"
      }
    let sorted = "the file has its names sorted, so the order of its layers is not known"
    return Diagnostic(
      .file, "\(word.text) does not fit in order, nothing has changed: \(problem)", at: word.range,
      notes: misfit.wasSorted ? [.init(sorted)] : [], offers: ["tree"])
  }

  /// What was done to the file's contents on the way.
  private func origin(of pairs: [WeightPair]) -> [String] {
    var lines: [String] = []
    let types = Dictionary(grouping: pairs.map(\.array.type), by: \.self).mapValues(\.count)
    let others = ElementType.allCases.filter { $0 != .float32 && types[$0] != nil }
    if !others.isEmpty {
      let counts = others.map { "\(Numbers.count(types[$0] ?? 0, "tensor")) of \($0.rawValue)" }
      lines.append("  converted to F32: \(counts.joined(separator: ", "))")
    }
    if !file.wrapper.isEmpty {
      let left = file.leftOut.isEmpty ? "" : "; left out: \(listed(file.leftOut.map(shown)))"
      lines.append("  taken from its \(shown(file.wrapper))\(left)")
    }
    return lines
  }

  private func missing(_ missing: WeightMatch.Missing) -> String {
    let path = missing.parameter.path
    guard let name = missing.name, name != path else { return path }
    return "\(name) for \(path)"
  }

  /// The framework that named the tensors of a file; nothing for this program.
  private static func framework(_ naming: WeightNaming) -> String? {
    switch naming {
    case .own: nil
    case .pytorch: "PyTorch"
    case .gluon, .gluonPrefix: "Gluon"
    }
  }

  private static func styled(_ lines: [String]) -> [StyledText] {
    lines.enumerated().map { StyledText($0.element, $0.offset == 0 ? .plain : .dim) }
  }

  /// The first few of some names, and how many more there are.
  private func listed(_ names: [String]) -> String {
    let more = names.count - Self.most
    let shown = names.prefix(Self.most).joined(separator: ", ")
    return more > 0 ? "\(shown) and \(Numbers.grouped(more)) more" : shown
  }

  private func name(_ array: StoredArray) -> String { shown(array.name) }

  /// A tensor with its shape: `fc.weight 1000×512`.
  private func sized(_ array: StoredArray) -> String {
    "\(name(array)) \(Self.text(array.shape))"
  }

  private static func sized(_ parameter: ParameterSpecification) -> String {
    "\(parameter.path) \(text(parameter.shape))"
  }

  /// A stranger's name, cut where it is long.
  private func shown(_ name: String) -> String {
    name.unicodeScalars.count > Self.longest
      ? String(String.UnicodeScalarView(name.unicodeScalars.prefix(Self.longest))) + "…" : name
  }

  private static let longest = 80

  private static func text(_ shape: [Int]) -> String {
    shape.isEmpty ? "(one number)" : shape.map(String.init).joined(separator: "×")
  }
}
