import Networks

/// A transposed convolution as code has it.
struct TransposedCode {
  let layer: LayerPattern

  /// Positions left out before and after along each dimension; below 0 after stands for positions added.
  let cut: [Padding.Sides]
  private let kernel: [Int]
  private let stride: [Int]
  private let dilation: [Int]

  /// The code of a layer at a place.
  ///
  /// - Throws: A problem where blocks of one class would leave out other numbers of positions each.
  init(_ layer: LayerPattern, _ place: CodePlace, framework: String) throws(CodeProblem) {
    self.layer = layer
    let window = WindowCode(layer: layer, place: place)
    func numbers(_ slot: String) -> [[Int]] {
      let values = window.extents(slot).map { formula in place.values(formula).map(Self.whole) }
      return (0..<(values.first?.count ?? 0)).map { use in values.map { $0[use] } }
    }
    let windows = [numbers("kernel"), numbers("stride"), numbers("dilation"), numbers("outpad")]
    var cuts: [[Padding.Sides]] = []
    for use in windows[0].indices where windows.allSatisfy({ use < $0.count }) {
      var convolution = TransposedConvolution(channels: 1, kernel: Extents(windows[0][use]))
      convolution.stride = Extents(windows[1][use])
      convolution.dilation = Extents(windows[2][use])
      convolution.outputPadding = Extents(windows[3][use])
      convolution.padding = Self.padding(layer, place, use: use)
      let shape = Shape(channels: 1, spatial: Array(repeating: 1, count: layer.rank ?? 1))
      if let found = try? convolution.windows(over: shape) { cuts.append(found.cut) }
    }
    guard let first = cuts.first, cuts.allSatisfy({ $0 == first }), !windows[0].isEmpty else {
      throw .unsupported(
        what: "deconv whose pad is another one in each block of a definition",
        framework: framework, instead: "set PATH pad=0")
    }
    cut = first
    (kernel, stride, dilation) = (windows[0][0], windows[1][0], windows[2][0])
  }

  private static func padding(_ layer: LayerPattern, _ place: CodePlace, use: Int) -> Padding {
    switch layer.slots["pad"] {
    case .number(let formula):
      let values = place.values(formula)
      return Padding(use < values.count ? whole(values[use]) : 0)
    case .fixed(.padding(let padding)): return padding
    case .fixed, nil: return Padding(0)
    }
  }

  private static func whole(_ number: Double) -> Int { Int(exactly: number.rounded()) ?? 0 }

  /// The span of a window.
  private func reach(_ axis: Int) -> Int { (kernel[axis] - 1) * dilation[axis] + 1 }

  /// Whether windows are narrower than their strides along some dimension.
  var hasGaps: Bool { cut.indices.contains { reach($0) < stride[$0] } }

  /// Whether strides and distances inside of windows are both above 1 somewhere.
  var isSpreadAndStrided: Bool {
    stride.contains { $0 > 1 } && dilation.contains { $0 > 1 }
  }

  /// Positions that are added behind the last window.
  var added: [Int] { cut.map { max(0, -$0.after) } }

  /// Throws where so many positions are added that strides leave no room for them.
  func checkAdded(framework: String) throws(CodeProblem) {
    if zip(added, stride).contains(where: { $0 >= $1 && $0 > 0 }) {
      throw .unsupported(
        what: "deconv with outpad of its stride or more", framework: framework,
        instead: "set PATH outpad=0")
    }
  }

  /// Padding on both sides alike and positions added behind, as PyTorch has them, and what is left to leave out.
  ///
  /// - Parameter addsFewerThanStrides: Whether no more can be added than strides leave room for.
  func even(addsFewerThanStrides: Bool) -> (padding: [Int], added: [Int], rest: [Padding.Sides]) {
    var result: (padding: [Int], added: [Int], rest: [Padding.Sides]) = ([], [], [])
    for (axis, side) in cut.enumerated() {
      let most = addsFewerThanStrides ? stride[axis] : max(stride[axis], dilation[axis])
      let difference = side.before - side.after
      if difference >= 0, difference < most {
        result.padding.append(side.before)
        result.added.append(difference)
        result.rest.append(Padding.Sides(before: 0, after: 0))
      } else {
        let padding = max(0, min(side.before, side.after))
        result.padding.append(padding)
        result.added.append(max(0, -side.after))
        result.rest.append(
          Padding.Sides(before: side.before - padding, after: max(0, side.after) - padding))
      }
    }
    return result
  }

  /// Zeros around a dilated input for which the windows of a plain convolution leave the same positions.
  var around: [Padding.Sides] {
    cut.enumerated().map { axis, side in
      Padding.Sides(
        before: reach(axis) - 1 - side.before, after: reach(axis) - 1 - side.after)
    }
  }

  /// Numbers as one where all are equal, as a tuple else; nothing where all are 0.
  static func text(_ numbers: [Int]) -> String? {
    if numbers.allSatisfy({ $0 == 0 }) { return nil }
    if let first = numbers.first, numbers.allSatisfy({ $0 == first }) { return "\(first)" }
    return "(\(numbers.map(String.init).joined(separator: ", ")))"
  }
}
