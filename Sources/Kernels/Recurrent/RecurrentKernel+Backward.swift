extension RecurrentKernel {
  /// Gradients of what inputs and states give to the gates, `[images, positions, gates · units]`.
  package struct Slopes {
    let ofInputs: UnsafeMutablePointer<Float>

    /// The same memory where both are the same.
    let ofStates: UnsafeMutablePointer<Float>

    /// Those of the first of some images.
    package init(ofInputs: UnsafeMutablePointer<Float>, ofStates: UnsafeMutablePointer<Float>) {
      self.ofInputs = ofInputs
      self.ofStates = ofStates
    }
  }

  /// Goes back through the steps of some images.
  ///
  /// - Parameter weights: the matrix of the state, `[gates · units, units]`.
  /// - Returns: False where it was stopped between two steps.
  @discardableResult
  package func backward(
    _ saved: Saved, dy: UnsafePointer<Float>, weights: UnsafePointer<Float>, images: Int,
    into slopes: Slopes, scratch: UnsafeMutablePointer<Float>, stop: StopCell = .none
  ) -> Bool {
    let dh = scratch + Matrix.scratchCount
    let dc = dh + images &* units
    dh.update(repeating: 0, count: 2 &* images &* units)
    var step = positions &- 1
    while step >= 0 {
      if stop.isSet { return false }
      let place = position(step)
      for image in 0..<images {
        let own = image &* positions &+ place
        let slope = dh + image &* units
        if let stride = rows.position {
          Elementwise.accumulate(
            dy + image &* rows.image + place &* stride, into: slope, count: units)
        } else if step == positions &- 1 {
          slope.update(from: dy + image &* rows.image, count: units)
        }
        let gates = saved.gates + own &* width
        let extra = saved.extra + own &* units
        switch cell {
        case .longShortTerm:
          let before =
            step == 0 ? nil : saved.extra + (image &* positions &+ position(step &- 1)) &* units
          longShortTermSlopes(
            gates, c: extra, before: before, dh: slope, dc: dc + image &* units,
            into: slopes.ofInputs + own &* width)
        case .gatedUnit:
          gatedUnitSlopes(
            gates, q: extra, before: saved.previous + own &* units, dh: slope,
            slopes.ofInputs + own &* width, slopes.ofStates + own &* width)
        }
      }
      if step > 0 {
        Matrix.multiply(
          slopes.ofStates + place &* width, positions &* width, weights, units, into: dh, units,
          m: images, n: units, k: width, accumulate: cell == .gatedUnit, scratch: scratch)
      }
      step &-= 1
    }
    return true
  }

  private func longShortTermSlopes(
    _ gates: UnsafePointer<Float>, c: UnsafePointer<Float>, before: UnsafePointer<Float>?,
    dh: UnsafePointer<Float>, dc: UnsafeMutablePointer<Float>,
    into slopes: UnsafeMutablePointer<Float>
  ) {
    var u = 0
    while u < units {
      func gate(_ index: Int) -> Vector { (gates + index &* units).vector(u, end: units) }
      let (i, f, g, o) = (gate(0), gate(1), gate(2), gate(3))
      let bent = c.vector(u, end: units).hyperbolicTangent()
      let slope = dh.vector(u, end: units)
      let memory =
        UnsafePointer(dc).vector(u, end: units) + slope * o * (1 - bent * bent)
      let old = before?.vector(u, end: units) ?? .zero
      slopes.store(memory * g * i * (1 - i), u, end: units)
      (slopes + units).store(memory * old * f * (1 - f), u, end: units)
      (slopes + 2 &* units).store(memory * i * (1 - g * g), u, end: units)
      (slopes + 3 &* units).store(slope * bent * o * (1 - o), u, end: units)
      dc.store(memory * f, u, end: units)
      u &+= 16
    }
  }

  /// Leaves in dh what reaches the state before without its matrix.
  private func gatedUnitSlopes(
    _ gates: UnsafePointer<Float>, q: UnsafePointer<Float>, before: UnsafePointer<Float>,
    dh: UnsafeMutablePointer<Float>, _ ofInputs: UnsafeMutablePointer<Float>,
    _ ofStates: UnsafeMutablePointer<Float>
  ) {
    var u = 0
    while u < units {
      func gate(_ index: Int) -> Vector { (gates + index &* units).vector(u, end: units) }
      let (r, z, n) = (gate(0), gate(1), gate(2))
      let slope = UnsafePointer(dh).vector(u, end: units)
      let dn = slope * (1 - z) * (1 - n * n)
      let dr = dn * q.vector(u, end: units) * r * (1 - r)
      let dz = slope * (before.vector(u, end: units) - n) * z * (1 - z)
      for target in [ofInputs, ofStates] {
        target.store(dr, u, end: units)
        (target + units).store(dz, u, end: units)
      }
      (ofInputs + 2 &* units).store(dn, u, end: units)
      (ofStates + 2 &* units).store(dn * r, u, end: units)
      dh.store(slope * z, u, end: units)
      u &+= 16
    }
  }
}
