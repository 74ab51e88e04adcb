import Networks
import Records

/// What told runs apart.
extension CommandScope {
  /// What the others have otherwise than the first run.
  func differences(of runs: [RunRecord]) -> [StyledText] {
    guard let first = runs.first else { return [] }
    var lines: [StyledText] = []
    for other in runs.dropFirst() {
      var found = Self.settings(first.settingLines, other.settingLines)
      if first.command != other.command { found.append("\(first.command) → \(other.command)") }
      if first.data != other.data {
        found.append("\(Self.oneLine(first.data)) → \(Self.oneLine(other.data))")
      } else if first.fingerprint != other.fingerprint {
        found.append("the data has other values")
      }
      if first.drawing != other.drawing || first.parent != other.parent {
        found.append("\(first.start) → \(other.start)")
      }
      if first.version != other.version {
        found.append("version \(first.version) → \(other.version)")
      }
      if first.machine != other.machine { found.append("\(first.machine) → \(other.machine)") }
      let blocks = blocks(first, other)
      lines.append(
        StyledText("run \(first.id ?? 0) → run \(other.id ?? 0)", .emphasis)
          + StyledText(
            found.isEmpty && blocks.isEmpty ? "  all the same but the time" : ""))
      lines += found.map { StyledText("  " + $0) } + blocks
    }
    return lines
  }

  private func blocks(_ first: RunRecord, _ other: RunRecord) -> [StyledText] {
    guard first.blocks != other.blocks,
      let left = try? network(of: first.blocks, name: first.title),
      let right = try? network(of: other.blocks, name: other.title)
    else { return first.blocks == other.blocks ? [] : ["  the blocks differ"] }
    let lines = NetworkComparison(left, right).differences.map(Self.line)
    let more = lines.count - Self.mostBlocks
    return lines.prefix(Self.mostBlocks)
      + (more > 0 ? [StyledText("  and \(Numbers.grouped(more)) more", .dim)] : [])
  }

  /// Differing blocks that are told of one pair.
  private static let mostBlocks = 12

  /// Settings that differ: `lr 0.1 → lr 0.05`.
  private static func settings(_ left: [String], _ right: [String]) -> [String] {
    let verbs = (left + right).map { $0.prefix { $0 != " " } }
    var seen: Set<Substring> = []
    return verbs.filter { seen.insert($0).inserted }.compactMap { verb in
      let find = { (lines: [String]) in
        lines.filter { $0.prefix { $0 != " " } == verb }.joined(separator: ", ")
      }
      let (before, after) = (find(left), find(right))
      if before == after { return nil }
      return "\(before.isEmpty ? "no \(verb)" : before) → \(after.isEmpty ? "no \(verb)" : after)"
    }
  }

  private static func oneLine(_ text: String) -> String {
    text.isEmpty ? "data made otherwise" : text.split(separator: "\n").joined(separator: "; ")
  }
}

extension RunRecord {
  /// Where its weights came from, in a few words.
  fileprivate var start: String {
    parent.map { "weights of run \($0)" } ?? drawing ?? "other weights"
  }
}
