/// The states of a recurrent layer, one position after another, for some images that go along together.
///
/// Gates lie `[images, positions, gates · units]`, what is made of inputs alone before a pass and what they came to
/// behind it. A pass leaves for the backward one the state that each step began with, and beside it the memory of an
/// LSTM or what the state alone gives to the new one of a GRU, each `[images, positions, units]`.
package struct RecurrentKernel: Sendable {
  /// How a state becomes the next one: gates i, f, g, o, or r, z, n.
  package enum Cell: Sendable {
    case longShortTerm
    case gatedUnit

    var gates: Int {
      switch self {
      case .longShortTerm: 4
      case .gatedUnit: 3
      }
    }
  }

  /// What a forward pass writes and a backward pass reads.
  package struct Saved {
    let gates: UnsafeMutablePointer<Float>
    let extra: UnsafeMutablePointer<Float>
    let previous: UnsafeMutablePointer<Float>

    /// Those of the first of some images.
    package init(
      gates: UnsafeMutablePointer<Float>, extra: UnsafeMutablePointer<Float>,
      previous: UnsafeMutablePointer<Float>
    ) {
      self.gates = gates
      self.extra = extra
      self.previous = previous
    }
  }

  /// Where the states of an image go, or their gradients come from.
  package struct Rows: Sendable {
    /// Floats from one image to the next.
    let image: Int

    /// Floats from one position to the next; nothing where only the last step counts.
    let position: Int?

    /// States at all positions, or behind the last step alone.
    package init(image: Int, position: Int?) {
      self.image = image
      self.position = position
    }
  }

  let cell: Cell
  let units: Int
  let positions: Int

  /// Whether steps go from the last position to the first.
  let isReverse: Bool
  let rows: Rows

  /// So many units over so many positions.
  package init(cell: Cell, units: Int, positions: Int, isReverse: Bool, rows: Rows) {
    self.cell = cell
    self.units = units
    self.positions = positions
    self.isReverse = isReverse
    self.rows = rows
  }

  /// Floats of scratch for so many images.
  package func scratchCount(images: Int) -> Int {
    Matrix.scratchCount + images * (2 + cell.gates) * units
  }

  /// Gates of all units.
  var width: Int { cell.gates &* units }

  /// The position of a step.
  @inline(__always) func position(_ step: Int) -> Int {
    isReverse ? positions &- 1 &- step : step
  }

  /// Makes the states of some images.
  ///
  /// - Parameters:
  ///   - weights: the matrix of the state with its rows as columns, `[units, gates · units]`.
  ///   - bias: that of the state, where there is one.
  /// - Returns: False where it was stopped between two steps.
  @discardableResult
  package func forward(
    _ saved: Saved, weights: UnsafePointer<Float>, bias: UnsafePointer<Float>?, images: Int,
    into y: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>,
    stop: StopCell = .none
  ) -> Bool {
    let state = scratch + Matrix.scratchCount
    let memory = state + images &* units
    let sums = memory + images &* units
    state.update(repeating: 0, count: 2 &* images &* units)
    for step in 0..<positions {
      if stop.isSet { return false }
      let place = position(step)
      for image in 0..<images {
        let row = sums + image &* width
        if let bias {
          row.update(from: bias, count: width)
        } else {
          row.update(repeating: 0, count: width)
        }
      }
      if step > 0 {
        Matrix.multiply(
          state, units, weights, width, into: sums, width, m: images, n: width, k: units,
          accumulate: true, scratch: scratch)
      }
      for image in 0..<images {
        let own = image &* positions &+ place
        let h = state + image &* units
        (saved.previous + own &* units).update(from: h, count: units)
        let gates = saved.gates + own &* width
        let extra = saved.extra + own &* units
        switch cell {
        case .longShortTerm:
          longShortTerm(gates, sums + image &* width, memory + image &* units, h, extra)
        case .gatedUnit: gatedUnit(gates, sums + image &* width, h, extra)
        }
        if let stride = rows.position {
          (y + image &* rows.image + place &* stride).update(from: h, count: units)
        } else if step == positions &- 1 {
          (y + image &* rows.image).update(from: h, count: units)
        }
      }
    }
    return true
  }

  private func longShortTerm(
    _ gates: UnsafeMutablePointer<Float>, _ sums: UnsafePointer<Float>,
    _ memory: UnsafeMutablePointer<Float>, _ h: UnsafeMutablePointer<Float>,
    _ extra: UnsafeMutablePointer<Float>
  ) {
    var u = 0
    while u < units {
      func gate(_ index: Int) -> Vector {
        let first = index &* units
        return UnsafePointer(gates + first).vector(u, end: units)
          + (sums + first).vector(u, end: units)
      }
      let (i, f) = (gate(0).logistic(), gate(1).logistic())
      let (g, o) = (gate(2).hyperbolicTangent(), gate(3).logistic())
      let c = (i * g).plus(f, UnsafePointer(memory).vector(u, end: units))
      gates.store(i, u, end: units)
      (gates + units).store(f, u, end: units)
      (gates + 2 &* units).store(g, u, end: units)
      (gates + 3 &* units).store(o, u, end: units)
      memory.store(c, u, end: units)
      extra.store(c, u, end: units)
      h.store(o * c.hyperbolicTangent(), u, end: units)
      u &+= 16
    }
  }

  private func gatedUnit(
    _ gates: UnsafeMutablePointer<Float>, _ sums: UnsafePointer<Float>,
    _ h: UnsafeMutablePointer<Float>, _ extra: UnsafeMutablePointer<Float>
  ) {
    var u = 0
    while u < units {
      func given(_ index: Int) -> Vector {
        UnsafePointer(gates + index &* units).vector(u, end: units)
      }
      func own(_ index: Int) -> Vector { (sums + index &* units).vector(u, end: units) }
      let r = (given(0) + own(0)).logistic()
      let z = (given(1) + own(1)).logistic()
      let q = own(2)
      let n = given(2).plus(r, q).hyperbolicTangent()
      let old = UnsafePointer(h).vector(u, end: units)
      gates.store(r, u, end: units)
      (gates + units).store(z, u, end: units)
      (gates + 2 &* units).store(n, u, end: units)
      extra.store(q, u, end: units)
      h.store(n.plus(z, old - n), u, end: units)
      u &+= 16
    }
  }
}
