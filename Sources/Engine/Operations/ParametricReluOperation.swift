import Kernels
import Networks

/// x where positive, else slope · x, with one learned slope for all channels or one for each.
struct ParametricReluOperation: UnaryOperation {
  let weight: ParameterKey

  /// The values as `[rows, channels]`, with a slope for each channel; one channel where all share it.
  let rows: Int
  let channels: Int

  var parameters: [ParameterKey] { [weight] }

  func emitForward(_ node: Node, to plan: PlanBuilder) {
    guard let slopes = plan.slabs.values(of: weight)?.baseAddress else { return }
    plan.emitMap(
      node, "prelu", parts: parts(plan), inPlace: true,
      scratch: ParametricRelu.scratchCount(channels: channels)
    ) { x, y, scratch in
      .parametricRelu(work(.forward(y: y), x, slopes, scratch))
    }
  }

  /// dslope = Σ x · dy where x is negative; dx = dy where x is positive, else slope · dy.
  func emitBackward(_ node: Node, dy: BufferID, to plan: PlanBuilder) {
    guard let slopes = plan.slabs.values(of: weight)?.baseAddress else { return }
    let x = plan.value(node.inputs[0])
    if let gradient = plan.gradient(of: weight) {
      emitSlopeGradient(to: gradient, slopes, node, x: x, dy: dy, plan)
    }
    plan.emitReverse(
      node, dy: dy,
      PlanBuilder.ReverseDraft(
        "prelu gradient", also: [x], parts: parts(plan), inPlace: true,
        scratch: ParametricRelu.scratchCount(channels: channels))
    ) { dy, dx, add, memory in
      .parametricRelu(
        work(.gradient(dy: dy, dx: dx, accumulate: add), memory[x], slopes, memory.scratch))
    }
  }

  private func emitSlopeGradient(
    to gradient: UnsafeMutablePointer<Float>, _ slopes: UnsafePointer<Float>, _ node: Node,
    x: BufferID, dy: BufferID, _ plan: PlanBuilder
  ) {
    let pieces = ParametricReluWork.pieces(rows: rows, channels: channels)
    let partials = plan.buffer(pieces * channels)
    let parts = min(parts(plan), pieces)
    plan.emit(
      StepDraft(
        kernel: "prelu weight gradient", block: node.block, path: node.path, reads: [x, dy],
        writes: [partials], scratch: ParametricRelu.scratchCount(channels: channels), parts: parts
      ) { memory in
        let sums = work(
          .slopeSums(dy: memory[dy], partials: memory[partials]), memory[x], slopes,
          memory.scratch)
        let total = TotalWork(
          partials: memory[partials], count: pieces, width: channels, target: gradient)
        return [Instruction(.parametricRelu(sums), parts: parts), Instruction(.total(total))]
      })
  }

  private func parts(_ plan: PlanBuilder) -> Int { min(plan.parts(rows * channels), rows) }

  private func work(
    _ pass: ParametricReluWork.Pass, _ x: UnsafePointer<Float>, _ slopes: UnsafePointer<Float>,
    _ scratch: Scratch
  ) -> ParametricReluWork {
    ParametricReluWork(
      pass: pass, x: x, slopes: slopes, rows: rows, channels: channels, scratch: scratch)
  }
}

/// The passes of a parametric ReLU; rows are shared out.
struct ParametricReluWork {
  /// Which pass, with what it reads beside the input and what it writes.
  enum Pass {
    case forward(y: UnsafeMutablePointer<Float>)
    case gradient(
      dy: UnsafePointer<Float>, dx: UnsafeMutablePointer<Float>, accumulate: Bool)

    /// Sums over pieces of rows, `[pieces, channels]`.
    case slopeSums(dy: UnsafePointer<Float>, partials: UnsafeMutablePointer<Float>)
  }

  let pass: Pass
  let x: UnsafePointer<Float>
  let slopes: UnsafePointer<Float>
  let rows: Int
  let channels: Int
  let scratch: Scratch

  /// Rows of a piece: the same whatever the number of threads, so that the bits are too.
  private static func rowsOfPiece(channels: Int) -> Int { max(1, (1 << 13) / channels) }

  /// How many pieces so many rows make.
  static func pieces(rows: Int, channels: Int) -> Int {
    let piece = rowsOfPiece(channels: channels)
    return max(1, (rows + piece - 1) / piece)
  }

  func run(_ part: Part) {
    let range = part.range(of: rows, unit: 16)
    let offset = range.lowerBound &* channels
    switch pass {
    case .forward(let y):
      ParametricRelu.forward(
        x + offset, slopes: slopes, rows: range.count, channels: channels, into: y + offset,
        scratch: scratch.of(part))
    case .gradient(let dy, let dx, let accumulate):
      ParametricRelu.backward(
        x + offset, dy: dy + offset, slopes: slopes, rows: range.count, channels: channels,
        into: dx + offset, accumulate: accumulate, scratch: scratch.of(part))
    case .slopeSums(let dy, let partials):
      let size = Self.rowsOfPiece(channels: channels)
      for piece in part.range(of: Self.pieces(rows: rows, channels: channels)) {
        let first = piece &* size
        ParametricRelu.slopeSums(
          x + first &* channels, dy: dy + first &* channels, rows: min(size, rows &- first),
          channels: channels, into: partials + piece &* channels, scratch: scratch.of(part))
      }
    }
  }
}
