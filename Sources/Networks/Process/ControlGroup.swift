/// The control group of this process (cgroups 2 or 1), as far as it bounds memory.
struct ControlGroup {
  /// The folder that has the groups, and the file that says which is ours.
  var root = "/sys/fs/cgroup"
  var membership = "/proc/self/cgroup"

  /// Bytes that this group and those around it leave; nothing where none is bounded.
  var bytesLeft: Int? {
    var least: Int?
    for line in SystemFigures.lines(of: membership) {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      let isUnified = parts[0] == "0" && parts[1].isEmpty
      guard isUnified || parts[1].split(separator: ",").contains("memory") else { continue }
      var path = parts[2][...]
      while true {
        let left = isUnified ? unified(path) : separate(path)
        least = [least, left].compactMap { $0 }.min()
        guard let slash = path.lastIndex(of: "/"), path != "/" else { break }
        path = path[..<slash]
      }
    }
    return least
  }

  private func unified(_ path: Substring) -> Int? {
    let folder = "\(root)\(path)/"
    return left(
      of: SystemFigures.number("", in: folder + "memory.max"),
      used: SystemFigures.number("", in: folder + "memory.current"),
      cache: SystemFigures.number("inactive_file ", in: folder + "memory.stat"))
  }

  private func separate(_ path: Substring) -> Int? {
    let folder = "\(root)/memory\(path)/"
    return left(
      of: SystemFigures.number("", in: folder + "memory.limit_in_bytes"),
      used: SystemFigures.number("", in: folder + "memory.usage_in_bytes"),
      cache: SystemFigures.number("total_inactive_file ", in: folder + "memory.stat"))
  }

  /// What is left of a bound; files that are cached give way.
  private func left(of bound: Int?, used: Int?, cache: Int?) -> Int? {
    guard let bound, let used else { return nil }
    return max(0, bound - max(0, used - (cache ?? 0)))
  }
}
