/// The mean of each window; images may be shared out between threads.
package enum AveragePooling {
  /// The sum of each window over its size.
  ///
  /// The size counts the padding under the window, as Gluon and PyTorch do, or only the positions on
  /// the image. Must not run in place.
  ///
  /// - Returns: False where it was stopped between two positions.
  @discardableResult
  package static func forward(
    _ x: UnsafePointer<Float>, _ window: PoolingWindow, countPadding: Bool = true,
    into y: UnsafeMutablePointer<Float>, stop: StopCell = .none
  ) -> Bool {
    let (inputEnd, outputEnd) = (window.inputCount, window.outputCount)
    return window.visit(until: stop) { taps in
      let share = share(taps, countPadding)
      let isInside = window.isInside(taps)
      var channel = 0
      while channel < window.channels {
        var sum = Vector.zero
        window.each(taps, channel) { index, _ in
          sum += isInside ? x.vector(index) : x.vector(index, end: inputEnd)
        }
        // Lanes beyond the last channel spill into the next position, which is written later.
        y.store(sum * share, taps.output &+ channel, end: outputEnd)
        channel &+= 16
      }
    }
  }

  /// Spreads dy evenly over each window: dx is cleared first unless `accumulate`.
  ///
  /// - Returns: False where it was stopped between two positions.
  @discardableResult
  package static func backward(
    _ dy: UnsafePointer<Float>, _ window: PoolingWindow, countPadding: Bool = true,
    into dx: UnsafeMutablePointer<Float>, accumulate: Bool = false, stop: StopCell = .none
  ) -> Bool {
    let (inputEnd, outputEnd) = (window.inputCount, window.outputCount)
    if !accumulate { dx.update(repeating: 0, count: inputEnd) }
    return window.visit(until: stop) { taps in
      let share = share(taps, countPadding)
      let isInside = window.isInside(taps)
      var channel = 0
      while channel < window.channels {
        let own = Vector.lanes(before: window.channels &- channel)
        let slope = Vector.zero.replacing(
          with: dy.vector(taps.output &+ channel, end: outputEnd) * share, where: own)
        window.each(taps, channel) { index, _ in
          if isInside {
            dx.store(dx.vector(index) + slope, index)
          } else {
            dx.store(UnsafePointer(dx).vector(index, end: inputEnd) + slope, index, end: inputEnd)
          }
        }
        channel &+= 16
      }
    }
  }

  @inline(__always) private static func share(
    _ taps: PoolingWindow.Taps, _ countPadding: Bool
  ) -> Float {
    let size = countPadding ? taps.area : taps.rows.count &* taps.columns.count
    return size > 0 ? 1 / Float(size) : 0
  }
}
