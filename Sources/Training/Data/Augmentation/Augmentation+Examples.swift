import Networks

extension Augmentation {
  /// The examples at these positions as they are in an epoch, counted from 0; nothing else than seed, epoch and
  /// position decides what becomes of one.
  ///
  /// Examples whose shape does not fit are as they were. Throws where they cannot be read.
  package func applied(
    to examples: Examples, at positions: some RandomAccessCollection<Int>, epoch: Int,
    seed: UInt64
  ) throws(RowFault) -> Examples {
    applied(toHeld: try examples.held(positions), of: positions, epoch: epoch, seed: seed)
  }

  /// The same of examples in memory, which are those at the positions of a set.
  func applied(
    toHeld selected: Examples, of positions: some RandomAccessCollection<Int>, epoch: Int,
    seed: UInt64
  ) -> Examples {
    let shape = selected.shape
    do throws(Misfit) { try check(selected) } catch { return selected }
    guard case .memory(var inputs) = selected.rows else { return selected }
    let size = shape.count
    var targets = MovedTargets(of: selected)
    for (place, position) in zip(0..., positions) {
      let range = place * size..<(place + 1) * size
      var generator = Self.generator(seed: seed, epoch: epoch, position: position)
      var target = targets?.grid(at: place)
      let changed = applied(
        to: Array(inputs.values[range]), of: shape, beside: &target, &generator)
      inputs.values.replaceSubrange(range, with: changed)
      if let target { targets?.put(target, at: place) }
    }
    return Examples(inputs: inputs, targets: targets?.targets ?? selected.targets)
  }

  /// The random numbers of an example in an epoch: a stream of the seed for the epoch, one of that for the example.
  private static func generator(seed: UInt64, epoch: Int, position: Int) -> SeededGenerator {
    var generator = SeededGenerator(seed: seed ^ 0xA06D_E47A_11C5, stream: UInt64(epoch) + 1)
    return SeededGenerator(seed: generator.next(), stream: UInt64(position) + 1)
  }

  /// The values of one example, changed in the order warp, crop, flip, scale, jitter, noise, cutout; targets at its
  /// positions move with them.
  private func applied(
    to example: [Float], of shape: Shape, beside target: inout ExampleGrid?,
    _ generator: inout SeededGenerator
  ) -> [Float] {
    var grid = ExampleGrid(values: example, shape: shape)
    if warp > 0 {
      let times = Self.times(count: grid.width, warp: warp, &generator)
      grid.warp(times)
      target?.warp(times)
    }
    if crop > 0 {
      let down = grid.height > 1 ? generator.below(2 * crop + 1) - crop : 0
      let right = generator.below(2 * crop + 1) - crop
      grid.move(down: down, right: right)
      target?.move(down: down, right: right)
    }
    if flip != nil, generator.below(2) == 1 {
      grid.mirror()
      target?.mirror()
    }
    if scale > 0 {
      let factor = Float(1 + scale * generator.normal())
      grid.change { $0 * factor }
    }
    if jitter > 0 {
      let shifts = (0..<grid.channels).map { _ in Float(jitter * generator.normal()) }
      grid.changeChannels { $0 + shifts[$1] }
    }
    if noise > 0 { grid.change { $0 + Float(noise * generator.normal()) } }
    if cutout > 0 {
      let row = generator.below(grid.height)
      grid.clear(row: row, column: generator.below(grid.width), side: cutout)
    }
    return grid.values
  }

  /// Where each position of a series comes from: time goes at a speed that changes along lines between five
  /// speeds, which are drawn from 1 − warp to 1 + warp, and takes as long as before.
  private static func times(
    count: Int, warp: Double, _ generator: inout SeededGenerator
  ) -> [Double] {
    let speeds = (0..<5).map { _ in 1 + warp * generator.uniform(-1, 1) }
    var times = [0.0]
    times.reserveCapacity(count)
    for index in 1..<max(count, 2) {
      let place = (Double(index) - 0.5) / Double(max(count - 1, 1)) * 4
      let first = min(Int(place), 3)
      let share = place - Double(first)
      times.append(times[index - 1] + speeds[first] * (1 - share) + speeds[first + 1] * share)
    }
    let total = times[times.count - 1]
    return times.prefix(count).map { $0 / total * Double(count - 1) }
  }
}
