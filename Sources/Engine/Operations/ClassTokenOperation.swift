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

/// Puts a position before those of each image, or takes it away from gradients; images are shared out.
struct ClassTokenWork {
  /// Which pass, with what it reads and writes.
  enum Pass {
    case forward(
      x: UnsafePointer<Float>, token: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>)
    case gradient(
      dy: UnsafePointer<Float>, dx: UnsafeMutablePointer<Float>, accumulate: Bool)
  }

  let pass: Pass
  let images: Int

  /// Values of an image without the position.
  let size: Int
  let channels: Int

  func run(_ part: Part) {
    let longer = size &+ channels
    for image in part.range(of: images) {
      switch pass {
      case .forward(let x, let token, let y):
        Elementwise.copy(token, into: y + image &* longer, count: channels)
        Elementwise.copy(
          x + image &* size, into: y + (image &* longer &+ channels), count: size)
      case .gradient(let dy, let dx, let accumulate):
        let (source, target) = (dy + (image &* longer &+ channels), dx + image &* size)
        if accumulate {
          Elementwise.accumulate(source, into: target, count: size)
        } else {
          Elementwise.copy(source, into: target, count: size)
        }
      }
    }
  }
}
