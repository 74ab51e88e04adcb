import Networks

/// The window of a convolution or pooling layer as code has it.
struct WindowCode {
  let layer: LayerPattern
  let place: CodePlace

  /// The padding, and what is put before the layer where the layer itself cannot pad so.
  enum Padding {
    /// An argument of the layer; nothing for none.
    case argument(String?)

    /// A layer before it adds positions, `before` and `after` along each dimension.
    case before([(before: String, after: String)])
  }

  private var rank: Int { layer.rank ?? 1 }

  /// A number or a tuple; nothing where it is the default.
  func text(_ slot: String, standard: String? = nil) -> String? {
    let text: String? =
      switch layer.slots[slot] {
      case .number(let formula): formula.python
      case .fixed(.extents(let extents)):
        "(\(extents.values.map(String.init).joined(separator: ", ")))"
      case .fixed, nil: nil
      }
    return text == standard ? nil : text
  }

  /// The padding of the layer.
  var padding: Padding {
    switch layer.slots["pad"] {
    case .number(let formula): return .argument(formula == .literal(0) ? nil : formula.python)
    case .fixed(.padding(.causal)):
      return .before([(Self.total(kernel(0), dilation(0)).python, "0")])
    case .fixed(.padding(.explicit(let sides))):
      let all = sides.count == 1 ? Array(repeating: sides[0], count: rank) : sides
      return Self.explicit(all.map { ($0.before, $0.after) })
    case .fixed(.padding(.same)): return same
    case .fixed, nil: return .argument(nil)
    }
  }

  /// Positions added before and after, along each dimension.
  var sides: [(before: String, after: String)] {
    switch layer.slots["pad"] {
    case .number(let formula):
      return Array(repeating: (formula.python, formula.python), count: rank)
    case .fixed(.padding(.explicit(let sides))):
      return (0..<rank).map { axis in
        let side = sides[min(axis, sides.count - 1)]
        return ("\(side.before)", "\(side.after)")
      }
    case .fixed(.padding(.causal)): return [(Self.total(kernel(0), dilation(0)).python, "0")]
    case .fixed(.padding(.same)):
      return (0..<rank).map { axis in
        let total = Self.total(kernel(axis), dilation(axis))
        let before = Formula.operation(total, .floorDivide, .literal(2)).replacing([:])
        return (
          before.python, Formula.operation(total, .subtract, before).replacing([:]).python
        )
      }
    case .fixed, nil: return Array(repeating: ("0", "0"), count: rank)
    }
  }

  /// Whether every window begins one position behind the last, whatever the class is told.
  var isEverywhere: Bool { strides.allSatisfy { $0 == .one } }

  /// The strides of a convolution, and those of pooling, which are the size where none are given.
  var strides: [Formula] {
    extents(layer.slots["stride"] == nil && layer.kind.isPooling ? "size" : "stride")
  }

  /// Whether strides and distances inside of windows are both above 1 somewhere.
  var isSpreadAndStrided: Bool {
    func isMore(_ slot: String) -> Bool {
      extents(slot).contains { place.values($0).contains { $0 > 1 } }
    }
    return isMore("stride") && isMore("dilation")
  }

  private static func explicit(_ sides: [(before: Int, after: Int)]) -> Padding {
    guard sides.allSatisfy({ $0.before == $0.after }) else {
      return .before(sides.map { ("\($0.before)", "\($0.after)") })
    }
    let counts = sides.map(\.before)
    if Set(counts).count == 1 { return .argument(counts[0] == 0 ? nil : "\(counts[0])") }
    return .argument("(\(counts.map(String.init).joined(separator: ", ")))")
  }

  private func kernel(_ axis: Int) -> Formula { extent(layer.windowSlot, axis) }
  private func dilation(_ axis: Int) -> Formula { extent("dilation", axis) }

  /// Whether windows leave no position out.
  var isDense: Bool {
    layer.slots["stride"] == nil
      || zip(extents("stride"), extents(layer.windowSlot)).allSatisfy { stride, size in
        stride == size || (stride.number ?? .infinity) <= (size.number ?? 0)
      }
  }

  /// A size along each dimension.
  func extents(_ slot: String) -> [Formula] { (0..<(layer.rank ?? 0)).map { extent(slot, $0) } }

  private func extent(_ slot: String, _ axis: Int) -> Formula {
    switch layer.slots[slot] {
    case .number(let formula): formula
    case .fixed(.extents(let extents)):
      .literal(extents.values[min(axis, extents.values.count - 1)])
    case .fixed, nil: .one
    }
  }

  /// All positions that are added along a dimension.
  private static func total(_ kernel: Formula, _ dilation: Formula) -> Formula {
    dilation.times(Formula.operation(kernel, .subtract, .one).replacing([:]))
  }

  /// ⌊total / 2⌋ before and the rest after.
  private var same: Padding {
    let axes: [(Formula, Formula)] = (0..<max(rank, 1)).map {
      (self.kernel($0), self.dilation($0))
    }
    let totals: [Formula] = axes.map { Self.total($0, $1) }
    let numbers: [Int] = totals.compactMap { $0.number }.map { Int($0) }
    if numbers.count == totals.count {
      return Self.explicit(numbers.map { ($0 / 2, $0 - $0 / 2) })
    }
    let (kernel, dilation) = axes[0]
    let half =
      dilation == .one
      ? Formula.operation(kernel, .floorDivide, .literal(2))
      : .operation(totals[0], .floorDivide, .literal(2))
    if place.isEven(totals[0]) { return .argument(half.python) }
    let before = Formula.operation(totals[0], .floorDivide, .literal(2))
    let after =
      dilation == .one ? half : Formula.operation(totals[0], .subtract, before)
    return .before(Array(repeating: (before.python, after.python), count: rank))
  }
}

extension Kind {
  fileprivate var isPooling: Bool { self == .maximumPooling || self == .averagePooling }
}

extension LayerPattern {
  /// What a bias starts at, where that is told.
  var biasStart: Formula? { slots["bias"]?.formula }

  /// The slot of the window's size.
  var windowSlot: String { kind == .convolution ? "kernel" : "size" }

  /// Whether it pads so that only strides make positions fewer.
  var isSame: Bool { slots["pad"] == .fixed(.padding(.same)) }

  /// A flag, or what stands for one in a bias.
  func isSet(_ slot: String) -> Bool {
    switch slots[slot] {
    case .fixed(.flag(let flag)): flag
    case .number: true
    case .fixed, nil: false
    }
  }

  /// A number that is known.
  func number(_ slot: String) -> Double? { slots[slot]?.formula?.number }

  /// A formula, 1 where there is none.
  func formula(_ slot: String) -> Formula { slots[slot]?.formula ?? .one }

  /// The activation argument.
  var activation: Activation? {
    if case .fixed(.activation(let activation)) = slots["act"] { activation } else { nil }
  }
}

extension CodePlace {
  /// Whether a formula is even in every block of the class.
  func isEven(_ formula: Formula) -> Bool {
    let values = values(formula)
    return !values.isEmpty && values.allSatisfy { $0.truncatingRemainder(dividingBy: 2) == 0 }
  }

  /// Whether a formula is odd in every block of the class.
  func isOdd(_ formula: Formula) -> Bool {
    let values = values(formula)
    return !values.isEmpty && values.allSatisfy { $0.truncatingRemainder(dividingBy: 2) == 1 }
  }
}
