/// The greatest of each window; images may be shared out between threads.
package enum MaxPooling {
  /// Writes y and, where asked, which tap won: row · kernelWidth + column within the kernel.
  ///
  /// The first of equals wins; what is not a number wins over all. A window that lies wholly in
  /// padding gives zero and −1. Must not run in place.
  package static func forward(
    _ x: UnsafePointer<Float>, _ window: PoolingWindow, into y: UnsafeMutablePointer<Float>,
    winners: UnsafeMutablePointer<Int32>?
  ) {
    let inputEnd = window.inputCount
    let outputEnd = window.outputCount
    window.visit { taps in
      var channel = 0
      while channel < window.channels {
        var best = Vector(repeating: -.infinity)
        var winner = Bits(repeating: -1)
        for row in taps.rows {
          for column in taps.columns {
            let index = taps.image &+ (row &* window.width &+ column) &* window.channels &+ channel
            let value = x.vector(index, end: inputEnd)
            let tap = (row &- taps.top) &* window.kernelWidth &+ column &- taps.left
            let wins = (value .> best) .| (value .!= value) .| (winner .< 0)
            best.replace(with: value, where: wins)
            winner.replace(with: Bits(repeating: Int32(truncatingIfNeeded: tap)), where: wins)
          }
        }
        best.replace(with: 0, where: winner .< 0)
        // Lanes beyond the last channel spill into the next position, which is written later.
        y.store(best, taps.output &+ channel, end: outputEnd)
        winners?.store(winner, taps.output &+ channel, end: outputEnd)
        channel &+= 16
      }
    }
  }

  /// Sends dy to the winning taps: dx is cleared first unless `accumulate`.
  package static func backward(
    _ dy: UnsafePointer<Float>, winners: UnsafePointer<Int32>, _ window: PoolingWindow,
    into dx: UnsafeMutablePointer<Float>, accumulate: Bool = false
  ) {
    let inputEnd = window.inputCount
    let outputEnd = window.outputCount
    if !accumulate { dx.update(repeating: 0, count: inputEnd) }
    window.visit { taps in
      var channel = 0
      while channel < window.channels {
        let own = Vector.lanes(before: window.channels &- channel)
        let slope = Vector.zero.replacing(
          with: dy.vector(taps.output &+ channel, end: outputEnd), where: own)
        let winner = winners.bits(taps.output &+ channel, end: outputEnd)
        for row in taps.rows {
          for column in taps.columns {
            let index = taps.image &+ (row &* window.width &+ column) &* window.channels &+ channel
            let tap = (row &- taps.top) &* window.kernelWidth &+ column &- taps.left
            let wins = winner .== Bits(repeating: Int32(truncatingIfNeeded: tap))
            let old = UnsafePointer(dx).vector(index, end: inputEnd)
            dx.store(old + Vector.zero.replacing(with: slope, where: wins), index, end: inputEnd)
          }
        }
        channel &+= 16
      }
    }
  }
}
