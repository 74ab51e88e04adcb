import Kernels
import Networks

/// A learned position before those of every image.
struct ClassTokenOperation: UnaryOperation {
  let weight: ParameterKey
  let input: Extent

  init(block: BlockID, input: Extent) {
    weight = ParameterKey(block: block, role: .weight)
    self.input = input
  }

  var parameters: [ParameterKey] { [weight] }

  func emitForward(_ node: Node, to plan: PlanBuilder) {
    guard let token = plan.slabs.values(of: weight)?.baseAddress else { return }
    plan.emitMap(node, "class token", parts: parts(plan)) { x, y, _ in
      .classToken(work(.forward(x: x, token: token, y: y)))
    }
  }

  /// dW = Σ dy at the first position, dx = dy at the others.
  func emitBackward(_ node: Node, dy: BufferID, to plan: PlanBuilder) {
    if let gradient = plan.gradient(of: weight) {
      plan.emit(
        StepDraft(
          kernel: "class token weight gradient", block: node.block, path: node.path, reads: [dy],
          writes: []
        ) { memory in
          let work = ImageSumsWork(
            x: memory[dy], images: input.images,
            stride: (input.positions + 1) * input.channels, y: gradient, count: input.channels)
          return [Instruction(.imageSums(work))]
        })
    }
    plan.emitReverse(
      node, dy: dy, PlanBuilder.ReverseDraft("class token gradient", parts: parts(plan))
    ) { dy, dx, add, _ in
      .classToken(work(.gradient(dy: dy, dx: dx, accumulate: add)))
    }
  }

  private func parts(_ plan: PlanBuilder) -> Int { min(plan.parts(input.count), input.images) }

  private func work(_ pass: ClassTokenWork.Pass) -> ClassTokenWork {
    ClassTokenWork(
      pass: pass, images: input.images, size: input.positions * input.channels,
      channels: input.channels)
  }
}
