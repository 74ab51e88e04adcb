import COneDNN
import Kernels

extension PlanBuilder {
  /// Multiply-adds of one product above which the library's products pay.
  private static let libraryThreshold = 1 << 18

  private func usesLibrary(_ operation: DenseOperation) -> Bool {
    usesLibrary(operation.images * operation.features * operation.units)
  }

  /// Whether a product of so many multiply-adds is one of the library's.
  func usesLibrary(_ multiplyAdds: Int) -> Bool {
    options.allowsLibrary && multiplyAdds >= Self.libraryThreshold
      && espalier_onednn_is_available() != 0
  }

  /// Into how many parts a product of the library is cut, by rows or by columns, whichever are more.
  func productParts(_ m: Int, _ n: Int, _ k: Int) -> Int {
    min(
      ConvolutionCut.pieces(m &* n &* k, threads: options.threads),
      max(1, max(m, n) / Self.leastWidth))
  }

  /// Rows or columns of a part that is still fast.
  private static let leastWidth = 32

  private func parts(_ operation: DenseOperation, _ m: Int, _ n: Int, _ k: Int) -> Int {
    usesLibrary(operation) ? productParts(m, n, k) : 1
  }

  /// y = x · Wᵀ + b.
  func emitDense(_ operation: DenseOperation, _ node: Node) {
    let x = value(node.inputs[0])
    let y = output(of: node)
    guard let weights = slabs.values(of: operation.weight)?.baseAddress else { return }
    let bias = operation.bias.flatMap { slabs.values(of: $0)?.baseAddress }
    if rounded(operation, node).emitForward(x, to: y, weights, bias: bias) { return }
    let library = usesLibrary(operation)
    let parts = parts(operation, operation.images, operation.units, operation.features)
    emit(
      StepDraft(
        kernel: library ? "dense forward oneDNN" : "dense forward", block: node.block,
        path: node.path, reads: [x], writes: [y], scratch: scratch(operation), parts: parts
      ) { memory in
        let product = ProductWork(
          form: .transposedSecond, a: memory[x], b: weights, c: memory[y], m: operation.images,
          n: operation.units, k: operation.features, accumulate: false, usesLibrary: library,
          scratch: memory.scratch)
        guard let bias else { return [Instruction(.product(product), parts: parts)] }
        let add = AddBiasWork(
          y: memory[y], bias: bias, rows: operation.images, channels: operation.units, relu: false,
          scratch: memory.scratch)
        return [Instruction(.product(product), parts: parts), Instruction(.addBias(add))]
      })
  }

  /// dW = dyᵀ · x, db = Σ dy, dx = dy · W.
  func emitDenseGradient(_ operation: DenseOperation, _ node: Node, dy: BufferID) {
    emitWeightGradient(operation, node, dy: dy)
    guard let weights = slabs.values(of: operation.weight)?.baseAddress,
      let (dx, accumulate) = gradientTarget(node.inputs[0])
    else { return }
    if rounded(operation, node).emitInputGradient(dy, to: dx, weights, accumulate: accumulate) {
      return
    }
    let library = usesLibrary(operation)
    let parts = parts(operation, operation.images, operation.features, operation.units)
    emit(
      StepDraft(
        kernel: "dense input gradient", block: node.block, path: node.path,
        reads: accumulate ? [dy, dx] : [dy], writes: [dx], scratch: scratch(operation),
        parts: parts
      ) { memory in
        let product = ProductWork(
          form: .plain, a: memory[dy], b: weights, c: memory[dx], m: operation.images,
          n: operation.features, k: operation.units, accumulate: accumulate, usesLibrary: library,
          scratch: memory.scratch)
        return [Instruction(.product(product), parts: parts)]
      })
  }

  private func rounded(_ operation: DenseOperation, _ node: Node) -> RoundedProduct {
    RoundedProduct(
      plan: self, node: node, name: "dense", rows: operation.images, inputs: operation.features,
      outputs: operation.units)
  }

  private func scratch(_ operation: DenseOperation) -> Int {
    max(Matrix.scratchCount, Channels.scratchCount(channels: operation.units))
  }

  private func emitWeightGradient(_ operation: DenseOperation, _ node: Node, dy: BufferID) {
    let x = value(node.inputs[0])
    guard let weightGradient = gradient(of: operation.weight) else { return }
    let bias = gradient(of: operation.bias)
    if rounded(operation, node).emitGradients(x, dy: dy, to: weightGradient, bias: bias) { return }
    let library = usesLibrary(operation)
    let parts = parts(operation, operation.units, operation.features, operation.images)
    emit(
      StepDraft(
        kernel: "dense weight gradient", block: node.block, path: node.path, reads: [x, dy],
        writes: [], scratch: scratch(operation), parts: parts
      ) { memory in
        let product = ProductWork(
          form: .transposedFirst, a: memory[dy], b: memory[x], c: weightGradient,
          m: operation.units, n: operation.features, k: operation.images, accumulate: false,
          usesLibrary: library, scratch: memory.scratch)
        guard let bias else { return [Instruction(.product(product), parts: parts)] }
        let sums = ChannelSumsWork(
          x: memory[dy], rows: operation.images, channels: operation.units, sums: bias,
          scratch: memory.scratch)
        return [Instruction(.product(product), parts: parts), Instruction(.channelSums(sums))]
      })
  }
}
