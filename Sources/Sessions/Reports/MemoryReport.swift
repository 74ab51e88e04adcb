import Engine
import Language
import Networks
import Training

/// What a network is going to take, as lines and as data.
struct MemoryReport: Sendable {
  let name: String
  let network: Network
  let forecast: MemoryForecast

  /// Checkpoints that are not there yet, and what a step takes with them.
  var checkpoints: (offer: CheckpointOffer, need: MemoryNeed)?

  /// A kind of memory: what people and JSON call it, and how much of it there is.
  private struct Row: Sendable {
    let text: String
    let key: String
    let bytes: @Sendable (MemoryNeed) -> Int
  }

  private static let rows = [
    Row(text: "weights", key: "weights") { $0.weights },
    Row(text: "their gradients", key: "weight_gradients") { $0.weightGradients },
    Row(text: "optimizer", key: "optimizer") { $0.optimizer },
    Row(text: "running statistics", key: "statistics") { $0.statistics },
    Row(text: "inputs and targets", key: "examples") { $0.examples },
    Row(text: "values", key: "values") { $0.values },
    Row(text: "gradients of values", key: "value_gradients") { $0.valueGradients },
    Row(text: "weights, packed", key: "packed") { $0.packed },
    Row(text: "workspace", key: "workspace") { $0.workspace + $0.messages },
    Row(text: "gaps", key: "gaps") { $0.gaps },
  ]

  /// One column for each way to run the network.
  private var columns: [(title: String, need: MemoryNeed)] {
    let single = forecast.single.map { [("step of 1", $0)] } ?? []
    return single + [
      ("step of \(Numbers.grouped(forecast.step.batch))", forecast.step),
      ("evaluate, \(Numbers.grouped(forecast.answer.batch)) at once", forecast.answer),
    ]
  }

  /// The kinds of memory that anything takes, and their sums.
  var needTable: TextTable {
    let columns = columns
    var table = TextTable(
      [("memory", .leading)] + columns.map { ($0.title, TextTable.Alignment.trailing) })
    for row in Self.rows where columns.contains(where: { row.bytes($0.need) > 0 }) {
      table.append(
        [StyledText(row.text)] + columns.map { StyledText(Self.text(row.bytes($0.need))) })
    }
    table.append(
      [StyledText("total", .emphasis)]
        + columns.map { StyledText(Self.text($0.need.total), .emphasis) })
    return table
  }

  private static func text(_ bytes: Int) -> String { bytes == 0 ? "" : ByteCount.text(bytes) }

  /// The largest values of a step.
  func largestTable(_ glyphs: Glyphs) -> TextTable {
    var table = TextTable([
      ("largest values", .leading), ("kind", .leading), ("output", .trailing), ("bytes", .trailing),
      ("", .leading),
    ])
    for value in forecast.step.largest {
      let block = network.block(value.block)
      let shape = network.facts[value.block]?.output.displayText ?? ""
      table.append([
        StyledText(value.path.briefPath, .typable),
        StyledText(
          block.map { CommandScope.words(for: $0) } ?? "",
          block.map { .kind($0.kind.family) } ?? .dim),
        StyledText(glyphs.spell(shape)), StyledText(ByteCount.text(value.bytes)),
        StyledText(value.isKept ? "kept for the backward pass" : "", .dim),
      ])
    }
    return table
  }

  /// What fits.
  var verdict: [StyledText] {
    let available = ByteCount.text(forecast.available)
    guard let largest = forecast.largestBatch else {
      return [StyledText("\(available) can be had now: not even a step of 1 fits", .warning)]
        + checkpointLine
    }
    let precision = forecast.precision == .float32 ? "" : ", in \(forecast.precision.rawValue)"
    var line = StyledText("\(available) can be had now\(precision): ")
    line.append("batch \(largest)", .typable)
    if forecast.step.total > forecast.available {
      line.append(" fits, \(Numbers.count(forecast.step.batch, "example")) do not", .warning)
    } else {
      line.append(" is the largest power of two that fits")
    }
    return [line] + checkpointLine
  }

  /// What a step that does not fit takes with checkpoints, where that fits.
  private var checkpointLine: [StyledText] {
    guard let (offer, need) = checkpoints, need.total <= forecast.available else { return [] }
    var line = StyledText("checkpoints on \(Numbers.count(offer.count, "block")) make it ")
    line.append("\(ByteCount.text(need.total)): ")
    line.append(offer.command, .typable)
    return [line]
  }

  /// The same for programs.
  var data: JSON {
    let values = forecast.step.largest.map { value -> JSON in
      let head =
        network.block(value.block).map { JSON.name(of: $0, path: value.path) }
        ?? ["path": .text(value.path)]
      return head.with(["bytes": .integer(value.bytes), "kept": .boolean(value.isKept)])
    }
    return [
      "network": .text(name), "precision": .text(forecast.precision.rawValue),
      "available": .integer(forecast.available),
      "largest_batch": .optional(forecast.largestBatch),
      "single": forecast.single.map(Self.data) ?? .null, "step": Self.data(forecast.step),
      "evaluate": Self.data(forecast.answer), "largest": .array(values),
    ]
  }

  private static func data(_ need: MemoryNeed) -> JSON {
    .object(
      [JSON.Member("batch", .integer(need.batch))]
        + rows.map { JSON.Member($0.key, .integer($0.bytes(need))) }
        + [JSON.Member("total", .integer(need.total))])
  }
}
