import Engine
import Interchange
import Language
import Networks
import Training

extension CommandTable {
  /// The command that unravels residual networks.
  static let pathsRow = CommandRow(
    "paths", .demonstrate, usage: "paths [samples=4] [> FILE.csv|FILE.json]",
    "counts the paths through the residual blocks, and the gradient that comes by them",
    details: [
      "Multiplied out, n residual blocks are 2^n paths: each goes through the body of a block or by its shortcut.",
      "Their lengths, the bodies that they go through, are spread as heads among n coins.",
      "With data the gradient is measured, too. For each length k, samples times, k of the n blocks are drawn by the",
      "seed. The forward pass is that of the whole network on one batch of up to 32 examples, in training mode; on",
      "the way back each block that was drawn hands the gradient to its body alone, each other one to its shortcut",
      "alone, which leaves one path. The mean norm of what reaches the input, times the number of paths of that",
      "length, is what paths of length k carry; gradient is its share of the sum over all k. Blocks within blocks",
      "count as part of the body there. Nothing is learned. After Veit, Wilber and Belongie 2016.",
    ],
    examples: ["paths", "paths samples=8 > paths.csv"],
    keys: [.init("samples", default: "4", "paths of each length whose gradient is measured")],
    words: 0, traits: [.ownRedirect], endings: ["csv"] + CommandRow.answerEndings,
    run: { try $0.paths($1) })
}

extension CommandScope {
  /// Answers `paths [samples=4]`.
  mutating func paths(_ invocation: Invocation) throws -> Report {
    let samples = try invocation.count("samples", preset: 4, most: 10_000)
    let network = try leading(to: "paths") { try currentNetwork(at: invocation.range) }
    let blocks = network.outerResiduals.map(\.block.id)
    if blocks.isEmpty {
      throw Diagnostic(
        .state, "\(state.currentName) has no residual block, so there is one path",
        at: invocation.range,
        offers: working(["wrap residual", "add basicblock 16"]) + ["help paths"])
    }
    let counts = PathCounts(network)
    var request: RunRequest?
    if let data = state.data {
      try checkTrainable(network, data: data, at: invocation.range)
      if context.checksOnly { return Report("would measure \(state.currentName) path by path") }
      request = try pathRequest(network, data, at: invocation.range)
    } else if context.checksOnly {
      return Report("would count the paths of \(state.currentName)")
    }
    var gradients: PathGradients?
    var isStopped = false
    let isPassed = counts.blocks > blocks.count
    if let request, !isPassed {
      (gradients, isStopped) = try pathGradients(
        request, blocks, samples: samples, at: invocation.range)
    }
    state.shown = ["blocks": Double(counts.blocks), "paths": counts.total, "mean": counts.mean]
    state.shown["gradient"] = gradients?.mean
    var lines = Self.lines(on: counts, gradients, context.glyphs)
    if isPassed {
      lines.append(
        StyledText(
          "no gradients by path: all passes of a shared body take the same way through its blocks",
          .dim))
    } else if isStopped {
      lines.append(StyledText("stopped by Ctrl-C before the gradients were measured", .warning))
    } else if request == nil {
      lines.append(
        StyledText("data digits", .typable)
          + StyledText(": with data it tells how much of the gradient comes by them", .dim))
    }
    let name = state.currentName
    let report = Report(lines) { [gradients] in
      Self.data(of: counts, gradients, network: name)
    }
    return answer(report, or: Self.csv(of: counts, gradients), of: invocation)
  }

  /// A request whose training examples are one batch.
  private func pathRequest(_ network: Network, _ data: Dataset, at range: SourceRange) throws
    -> RunRequest
  {
    var request = try requestApart(network, data, at: range)
    let count = min(32, data.train.count)
    request.data = Dataset(
      name: data.name, description: data.description, train: data.train.selecting(0..<count))
    return request
  }

  /// What comes by paths of each length; nothing where Ctrl-C came before each had one.
  private func pathGradients(
    _ request: RunRequest, _ blocks: [BlockID], samples: Int, at range: SourceRange
  ) throws -> (PathGradients?, isStopped: Bool) {
    var generator = SeededGenerator(seed: state.recipe.seed, stream: 0x9a7)
    var sums = [Double](repeating: 0, count: blocks.count + 1)
    var rounds = 0
    do {
      for _ in 0..<samples {
        var norms: [Double] = []
        for length in 0...blocks.count {
          let drawn = Set(generator.permutation(blocks.count).prefix(length).map { Int($0) })
          var routes: [BlockID: GradientRoute] = [:]
          for (place, block) in blocks.enumerated() {
            routes[block] = drawn.contains(place) ? .body : .shortcut
          }
          norms.append(try context.calculator.inputGradientNorm(request, by: routes))
        }
        for (length, norm) in norms.enumerated() { sums[length] += norm }
        rounds += 1
      }
    } catch EngineError.interrupted {
      if rounds == 0 { return (nil, true) }
    } catch let error as EngineError { throw Diagnostic(error, at: range) }
    return (PathGradients(norms: sums.map { $0 / Double(rounds) }), false)
  }

  private static func lines(on counts: PathCounts, _ gradients: PathGradients?, _ glyphs: Glyphs)
    -> [StyledText]
  {
    let number = counts.power.map { "2^\($0) = " } ?? ""
    var head = StyledText(Numbers.count(counts.blocks, "residual block"))
    head.append(": ")
    head.append(
      number
        + (counts.total < 1e9
          ? Numbers.grouped(Int(counts.total)) : Numbers.significant(counts.total, digits: 3))
        + " paths", .emphasis)
    head.append(", mean length \(Numbers.typed((counts.mean * 1000).rounded() / 1000))")
    var columns: [(title: String, alignment: TextTable.Alignment)] = [
      ("length", .trailing), ("paths", .trailing), ("", .leading),
    ]
    if gradients != nil { columns += [("gradient", .trailing), ("", .leading)] }
    var table = TextTable(columns)
    let total = counts.total
    let width = (counts.counts.count + mostRows - 1) / mostRows
    let bins = stride(from: 0, to: counts.counts.count, by: width).map {
      $0..<min($0 + width, counts.counts.count)
    }
    let shares = bins.map { bin in
      (
        paths: counts.counts[bin].reduce(0) { $0 + $1 / total },
        gradient: gradients.map { $0.shares[bin.clamped(to: $0.shares.indices)].reduce(0, +) }
      )
    }
    let most = shares.map { max($0.paths, $0.gradient ?? 0) }.max() ?? 1
    let bar = LengthBar(columns: 20)
    for (bin, share) in zip(bins, shares)
    where max(share.paths, share.gradient ?? 0) >= Self.leastShare {
      let length = bin.count == 1 ? "\(bin.lowerBound)" : "\(bin.lowerBound)–\(bin.upperBound - 1)"
      var cells = [
        StyledText(glyphs.spell(length)), StyledText(Numbers.percent(share.paths)),
        StyledText(bar.text(share.paths / most, glyphs), .dim),
      ]
      if let gradient = share.gradient {
        cells += [
          StyledText(Numbers.percent(gradient)), StyledText(bar.text(gradient / most, glyphs)),
        ]
      }
      table.append(cells)
    }
    var lines = [head] + table.lines
    if let gradients, let span = gradients.lengths(holding: 0.95) {
      let held = counts.counts[span.clamped(to: 0...counts.counts.count - 1)]
        .reduce(0) { $0 + $1 / total }
      lines.append(
        StyledText(
          "95 % of the gradient comes by paths of \(span.lowerBound) to \(span.upperBound) blocks, "
            + "\(Numbers.percent(held)) of all; mean length \(Numbers.significant(gradients.mean, digits: 3))"
        ))
    }
    if gradients != nil {
      lines.append(
        StyledText(
          "where gradient is above the share of paths, paths of that length carry more than their share",
          .dim))
    }
    return lines
  }

  private static let mostRows = 19

  /// Lengths with less, which would be told as 0.0 %, have no row.
  private static let leastShare = 0.0005

  private static func csv(of counts: PathCounts, _ gradients: PathGradients?) -> CSVText {
    var table = CSVText(head: ["length", "paths", "gradient_share", "gradient_norm"])
    for (length, count) in counts.counts.enumerated() {
      table.append([
        .count(length), .number(count), .number(gradients?.share(of: length)),
        .number(gradients?.norm(of: length)),
      ])
    }
    return table
  }

  private static func data(of counts: PathCounts, _ gradients: PathGradients?, network: String)
    -> JSON
  {
    let lengths = counts.counts.enumerated().map { length, count -> JSON in
      [
        "length": .integer(length), "paths": .number(count),
        "gradient_share": .optional(gradients?.share(of: length)),
        "gradient_norm": .optional(gradients?.norm(of: length)),
      ]
    }
    return [
      "network": .text(network), "blocks": .integer(counts.blocks), "paths": .number(counts.total),
      "mean_length": .number(counts.mean), "gradient_mean_length": .optional(gradients?.mean),
      "lengths": .array(lengths),
    ]
  }
}

extension PathGradients {
  fileprivate func share(of length: Int) -> Double? {
    shares.indices.contains(length) ? shares[length] : nil
  }

  fileprivate func norm(of length: Int) -> Double? {
    norms.indices.contains(length) ? norms[length] : nil
  }
}
