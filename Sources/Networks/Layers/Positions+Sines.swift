#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Positions {
  /// The number that is added to a channel at a position where none is learned.
  package static func sine(at position: Int, channel: Int, of channels: Int) -> Float {
    let share = Double(channel / 2 * 2) / Double(max(channels, 1))
    let angle = Double(position) / pow(10000, share)
    return Float(channel % 2 == 0 ? sin(angle) : cos(angle))
  }
}
