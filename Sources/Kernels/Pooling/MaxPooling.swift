/// The greatest of each window; images may be shared out between threads.
package enum MaxPooling {
  /// Writes y and, where asked, which tap won: row · kernelWidth + column within the kernel.
  ///
  /// Kernels have at most 2²² taps. The first of equals wins; what is not a number wins over all. A
  /// window that lies wholly in padding gives zero and −1. Must not run in place.
  ///
  /// - Returns: False where it was stopped between two positions.
  @discardableResult
  package static func forward(
    _ x: UnsafePointer<Float>, _ window: PoolingWindow, into y: UnsafeMutablePointer<Float>,
    winners: UnsafeMutablePointer<Int32>?, stop: StopCell = .none
  ) -> Bool {
    let (inputEnd, outputEnd) = (window.inputCount, window.outputCount)
    return window.visit(until: stop) { taps in
      let isInside = window.isInside(taps)
      var channel = 0
      while channel < window.channels {
        let output = taps.output &+ channel
        var best = Vector(repeating: -.infinity)
        var winner = Vector(repeating: -1)
        window.each(taps, channel) { index, tap in
          let value = isInside ? x.vector(index) : x.vector(index, end: inputEnd)
          let wins = (value .> best) .| (value .!= value) .| (winner .< 0)
          best.replace(with: value, where: wins)
          winner.replace(with: Vector(repeating: Float(tap)), where: wins)
        }
        best.replace(with: 0, where: winner .< 0)
        // Lanes beyond the last channel spill into the next position, which is written later.
        y.store(best, output, end: outputEnd)
        winners?.store(winner.whole, output, end: outputEnd)
        channel &+= 16
      }
    }
  }

  /// Sends dy to the winning taps: dx is cleared first unless `accumulate`.
  ///
  /// - Returns: False where it was stopped between two positions.
  @discardableResult
  package static func backward(
    _ dy: UnsafePointer<Float>, winners: UnsafePointer<Int32>, _ window: PoolingWindow,
    into dx: UnsafeMutablePointer<Float>, accumulate: Bool = false, stop: StopCell = .none
  ) -> Bool {
    let (inputEnd, outputEnd) = (window.inputCount, window.outputCount)
    if !accumulate { dx.update(repeating: 0, count: inputEnd) }
    return window.visit(until: stop) { taps in
      let isInside = window.isInside(taps)
      var channel = 0
      while channel < window.channels {
        let output = taps.output &+ channel
        let slope = Vector.zero.replacing(
          with: dy.vector(output, end: outputEnd),
          where: Vector.lanes(before: window.channels &- channel))
        let winner = Vector(whole: winners.bits(output, end: outputEnd))
        window.each(taps, channel) { index, tap in
          let wins = winner .== Vector(repeating: Float(tap))
          let share = Vector.zero.replacing(with: slope, where: wins)
          if isInside {
            dx.store(dx.vector(index) + share, index)
          } else {
            dx.store(UnsafePointer(dx).vector(index, end: inputEnd) + share, index, end: inputEnd)
          }
        }
        channel &+= 16
      }
    }
  }
}
