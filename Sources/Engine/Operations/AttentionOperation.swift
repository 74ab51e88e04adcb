import Kernels
import Networks

/// Multi-head self-attention: two projections, and the heads between them.
///
/// The forward pass leaves queries, keys and values, what the heads give, and two floats of each row's softmax for the
/// backward one.
struct AttentionOperation: UnaryOperation {
  let layer: Attention
  let extent: Extent
  private let before: Projection
  private let behind: Projection

  init(_ layer: Attention, block: BlockID, extent: Extent) {
    self.layer = layer
    self.extent = extent
    func projection(
      _ name: String, _ outputs: Int, _ weight: ParameterRole, _ bias: ParameterRole
    ) -> Projection {
      Projection(
        name: name, rows: extent.rows, inputs: extent.channels, outputs: outputs,
        weight: ParameterKey(block: block, role: weight),
        bias: layer.hasBias ? ParameterKey(block: block, role: bias) : nil)
    }
    before = projection("attention in", 3 * extent.channels, .inputWeight, .inputBias)
    behind = projection("attention out", extent.channels, .outputWeight, .outputBias)
  }

  var parameters: [ParameterKey] { before.parameters + behind.parameters }

  func emitForward(_ node: Node, to plan: PlanBuilder) {
    let x = plan.value(node.inputs[0])
    let parted = plan.buffer(3 * extent.count, for: .value)
    let heads = plan.buffer(extent.count, for: .value)
    let terms = plan.buffer(2 * extent.rows * layer.heads, for: .value)
    plan.normalizationBuffers[node.output] = [parted, heads, terms]
    before.emitForward(node, from: x, to: parted, in: plan)
    let (parts, mask) = (parts(plan), mask(node, plan))
    plan.emit(
      StepDraft(
        kernel: "attention", block: node.block, path: node.path, reads: [parted],
        writes: [heads, terms], scratch: scratchCount(isBackward: false, mask), parts: parts
      ) { memory in
        let work = AttentionWork(
          pass: .forward(y: memory[heads], terms: memory[terms]), kernel: kernel,
          images: extent.images, x: memory[parted], mask: mask, scratch: memory.scratch)
        return [Instruction(.attention(work), parts: parts)]
      })
    behind.emitForward(node, from: heads, to: plan.output(of: node), in: plan)
  }

  func emitBackward(_ node: Node, dy: BufferID, to plan: PlanBuilder) {
    guard let saved = plan.normalizationBuffers[node.output], saved.count == 3 else { return }
    let (parted, heads, terms) = (saved[0], saved[1], saved[2])
    behind.emitGradients(node, x: heads, dy: dy, in: plan)
    let target = plan.gradientTarget(node.inputs[0])
    let learnsBefore = before.parameters.contains { plan.gradient(of: $0) != nil }
    if target == nil, !learnsBefore { return }
    let slopes = plan.buffer(extent.count, for: .gradient)
    behind.emitInputGradient(node, dy: dy, to: slopes, accumulate: false, in: plan)
    let partedSlopes = plan.buffer(3 * extent.count, for: .gradient)
    let (parts, mask) = (parts(plan), mask(node, plan))
    plan.emit(
      StepDraft(
        kernel: "attention gradient", block: node.block, path: node.path,
        reads: [parted, heads, terms, slopes], writes: [partedSlopes],
        scratch: scratchCount(isBackward: true, mask), parts: parts
      ) { memory in
        let pass = AttentionWork.Pass.backward(
          y: memory[heads], dy: memory[slopes], terms: memory[terms], dx: memory[partedSlopes])
        let work = AttentionWork(
          pass: pass, kernel: kernel, images: extent.images, x: memory[parted], mask: mask,
          scratch: memory.scratch)
        return [Instruction(.attention(work), parts: parts)]
      })
    before.emitGradients(
      node, x: plan.value(node.inputs[0]), dy: partedSlopes, in: plan)
    guard let (dx, accumulate) = target else { return }
    before.emitInputGradient(node, dy: partedSlopes, to: dx, accumulate: accumulate, in: plan)
  }

  private var kernel: AttentionKernel {
    AttentionKernel(
      positions: extent.positions, channels: extent.channels, heads: layer.heads,
      isCausal: layer.isCausal)
  }

  private func mask(_ node: Node, _ plan: PlanBuilder) -> AttentionWork.Mask? {
    if layer.dropout == 0 || plan.options.mode == .inference { return nil }
    return AttentionWork.Mask(
      rate: Float(layer.dropout), seed: plan.seed, stream: RandomStream.hash(node.path),
      step: plan.cells.step)
  }

  private func scratchCount(isBackward: Bool, _ mask: AttentionWork.Mask?) -> Int {
    kernel.scratchCount(isBackward: isBackward, hasDropout: mask != nil)
  }

  /// Heads of images are shared out.
  private func parts(_ plan: PlanBuilder) -> Int {
    min(plan.parts(extent.count), extent.images * layer.heads)
  }
}
