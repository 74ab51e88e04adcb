import Kernels
import Networks

/// A product of rows with weights `[outputs, inputs]` whose operands are rounded to bfloat16: y = x · Wᵀ + b, and its
/// gradients.
///
/// The library has it as a convolution over single positions, of which each row is one. Nothing is emitted, and that is
/// said, where operands are to be float32 or the library has no such product.
struct RoundedProduct {
  let plan: PlanBuilder
  let node: Node

  /// What the kernels of its steps are called.
  let name: String
  let rows: Int
  let inputs: Int
  let outputs: Int
  var mayRound = true

  typealias Parameters = UnsafeMutablePointer<Float>

  /// Emits y = x · Wᵀ + b.
  func emitForward(_ x: BufferID, to y: BufferID, _ weights: Parameters, bias: Parameters?) -> Bool
  {
    let pass: LibraryConvolution.Pass =
      plan.options.mode == .training ? .forwardTraining : .forwardInference
    guard let library = library(pass, hasBias: bias != nil) else { return false }
    plan.emitLibrary(
      library, node, name: name,
      .init(source: x, destination: y, plain: weights, bias: bias), reads: [x], writes: [y])
    return true
  }

  /// Emits dW = dyᵀ · x and db = Σ dy, of rounded gradients.
  func emitGradients(_ x: BufferID, dy: BufferID, to gradient: Parameters, bias: Parameters?)
    -> Bool
  {
    guard let library = library(.backwardWeights, hasBias: bias != nil) else { return false }
    plan.emitLibrary(
      library, node, name: "\(name) weight gradient",
      .init(source: x, destination: dy, plain: gradient, bias: bias), reads: [x, dy], writes: [])
    return true
  }

  /// Emits dx = dy · W, or dx += where `accumulate`.
  func emitInputGradient(
    _ dy: BufferID, to dx: BufferID, _ weights: Parameters, accumulate: Bool
  ) -> Bool {
    guard let library = library(.backwardData, hasBias: false) else { return false }
    let count = rows &* inputs
    let target = accumulate ? plan.buffer(count, for: .gradient) : dx
    plan.emitLibrary(
      library, node, name: "\(name) input gradient",
      .init(source: target, destination: dy, plain: weights, bias: nil), reads: [dy],
      writes: [target])
    if accumulate { emitAddition(of: target, to: dx, count: count) }
    return true
  }

  private func emitAddition(of more: BufferID, to sum: BufferID, count: Int) {
    let parts = plan.parts(count)
    plan.emit(
      StepDraft(
        kernel: "gradient add", block: node.block, path: node.path, reads: [more, sum],
        writes: [sum], parts: parts
      ) { memory in
        let work = CopyWork(
          x: memory[more], factor: 1, accumulate: true, y: memory[sum], count: count)
        return [Instruction(.copy(work), parts: parts)]
      })
  }

  private func library(_ pass: LibraryConvolution.Pass, hasBias: Bool) -> LibraryConvolution? {
    guard mayRound, plan.options.precision == .bfloat16,
      plan.usesLibrary(rows &* inputs &* outputs), AvailableMemory.hasReserve
    else { return nil }
    let geometry = ConvolutionGeometry(
      images: images, groups: 1, input: plane(inputs), output: plane(outputs), vertical: .init(),
      horizontal: .init())
    let cuts = [ConvolutionCut(geometry, pass, threads: plan.options.threads), .whole]
    return plan.library(geometry, pass, hasBias: hasBias, cuts, [.bfloat16])
  }

  private func plane(_ channels: Int) -> ConvolutionGeometry.Plane {
    .init(channels: channels, height: 1, width: rows / images)
  }

  /// Into how many images rows are parted, so that threads can share them: the most that leaves each enough.
  private var images: Int {
    let threads = plan.options.threads
    let most = threads == 1 ? 1 : ThreadChoice.piecesPerThread * threads
    return (1...most).last { rows.isMultiple(of: $0) && rows / $0 >= Self.leastRows } ?? 1
  }

  /// Rows of an image whose product is still fast.
  private static let leastRows = 32
}
