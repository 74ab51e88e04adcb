/// A search for few changes of layers in one branch that lead its output to what is wanted.
///
/// Every candidate is inferred, so their number shrinks as branches grow.
struct RepairSearch {
  let branch: Block
  let input: Shape
  let output: Shape

  /// The shape that is wanted; nothing where only `agrees` tells.
  let wanted: Shape?

  /// Whether channels may change.
  let changesChannels: Bool

  private let sites: [RepairSite]

  init(
    branch: Block, path: String, input: Shape, output: Shape, wanted: Shape?, changesChannels: Bool
  ) {
    self.branch = branch
    self.input = input
    self.output = output
    self.wanted = wanted
    self.changesChannels = changesChannels
    sites = RepairSite.all(in: branch, path: path)
  }

  /// The most candidates that are tried for a branch of so many blocks.
  static func mostTried(blocks: Int) -> Int { max(8, min(64, 24_000 / max(1, blocks))) }

  /// The changes that do, fewest first; of those that change the same arguments only the one that
  /// comes last in the branch.
  func changes(_ agrees: (Block) -> Bool) -> [[Setting]] {
    let most = Self.mostTried(blocks: branch.size)
    var found: [[Setting]] = []
    var seen: Set<[String]> = []
    let known = candidates
    for candidate in known.prefix(most) {
      let keys = candidate.flatMap { $0.values.map(\.key) }
      if seen.contains(keys) || !agrees(branch.with(candidate)) { continue }
      seen.insert(keys)
      found.append(candidate)
    }
    return found.enumerated().sorted {
      (Self.count($0.element), $0.offset) < (Self.count($1.element), $1.offset)
    }.map(\.element)
  }

  /// How many arguments a repair changes.
  static func count(_ settings: [Setting]) -> Int { settings.reduce(0) { $0 + $1.values.count } }

  /// What is tried, in order: single layers from the last to the first, the padding of all, then two layers.
  var candidates: [[Setting]] {
    let channels = channelChange
    guard hasOtherPositions else { return channels.map { [[$0]] } ?? [] }
    let rank = input.spatialRank
    let changing = sites.reversed().filter { $0.changesPositions(rank: rank) }
    let still = sites.reversed().filter { !$0.changesPositions(rank: rank) }
    let single = { (site: RepairSite) in
      site.positionChanges(from: output.spatial, to: wanted?.spatial, rank: rank).map {
        site.setting($0)
      }
    }
    let own = changing.prefix(Self.mostSites).flatMap(single)
    let lossy = sites.compactMap { site in
      site.samePadding(rank: rank).map { site.setting($0) }
    }
    var result = own.map { [$0] }
    if lossy.count > 1 { result.append(lossy) }
    result += still.suffix(1).flatMap(single).map { [$0] }
    for (index, first) in own.enumerated() where first.values.count == 1 {
      for second in own[(index + 1)...]
      where second.values.count == 1 && second.blocks != first.blocks {
        result.append([second, first])
      }
    }
    guard let channels else { return result }
    return result.map { Self.joined($0, channels) }
  }

  private static let mostSites = 12

  private var hasOtherPositions: Bool {
    guard let wanted else { return true }
    return wanted.spatialRank == output.spatialRank && wanted.spatial != output.spatial
  }

  /// As many channels as are wanted, of the last layer with outputs.
  private var channelChange: Setting? {
    guard changesChannels, let wanted, wanted.channels != output.channels,
      let last = sites.last(where: \.hasOutputs), let value = last.outputs(wanted.channels)
    else { return nil }
    return last.setting([value])
  }

  /// Settings with one more, which joins that of the same layer.
  private static func joined(_ settings: [Setting], _ other: Setting) -> [Setting] {
    guard let index = settings.firstIndex(where: { $0.blocks == other.blocks }) else {
      return settings + [other]
    }
    var result = settings
    result[index] = Setting(
      blocks: other.blocks, paths: other.paths, values: other.values + settings[index].values)
    return result
  }
}
