import Kernels
import Networks

/// A recurrent layer: in each direction a projection of all positions, then step after step.
///
/// The forward pass leaves gates, what goes with them and the states that steps began with for the backward one.
struct RecurrentOperation: UnaryOperation {
  let layer: Recurrent

  /// The extent of the input.
  let input: Extent
  private let directions: [Direction]

  /// The parameters of one direction, and the way that it goes.
  private struct Direction {
    let isReverse: Bool
    let inputs: Projection
    let states: Projection
  }

  init(_ layer: Recurrent, block: BlockID, input: Extent) {
    self.layer = layer
    self.input = input
    let width = layer.cell.gates * layer.units
    func projection(
      _ name: String, _ columns: Int, _ weight: ParameterRole, _ bias: ParameterRole
    ) -> Projection {
      Projection(
        name: "\(layer.kind.rawValue) \(name)", rows: input.rows, inputs: columns, outputs: width,
        weight: ParameterKey(block: block, role: weight),
        bias: layer.hasBias ? ParameterKey(block: block, role: bias) : nil, mayRound: false)
    }
    var directions = [
      Direction(
        isReverse: false,
        inputs: projection("in", input.channels, .inputToState, .inputToStateBias),
        states: projection("state", layer.units, .stateToState, .stateToStateBias))
    ]
    if layer.isBidirectional {
      directions.append(
        Direction(
          isReverse: true,
          inputs: projection("in", input.channels, .reverseInputToState, .reverseInputToStateBias),
          states: projection("state", layer.units, .reverseStateToState, .reverseStateToStateBias))
      )
    }
    self.directions = directions
  }

  var parameters: [ParameterKey] {
    directions.flatMap { $0.inputs.parameters + $0.states.parameters }
  }

  func emitForward(_ node: Node, to plan: PlanBuilder) {
    let x = plan.value(node.inputs[0])
    let y = plan.output(of: node)
    var saved: [BufferID] = []
    for (number, direction) in directions.enumerated() {
      guard let weights = plan.slabs.values(of: direction.states.weight)?.baseAddress else {
        return
      }
      let bias = direction.states.bias.flatMap { plan.slabs.values(of: $0)?.baseAddress }
      let turned = emitTurned(weights, node, plan)
      let own = [width, layer.units, layer.units].map { plan.buffer(input.rows * $0, for: .value) }
      saved += own
      direction.inputs.emitForward(node, from: x, to: own[0], in: plan)
      let parts = parts(plan)
      plan.emit(
        StepDraft(
          kernel: layer.kind.rawValue, block: node.block, path: node.path,
          reads: [own[0], turned] + (number > 0 ? [y] : []), writes: own + [y],
          scratch: scratchCount(parts), parts: parts
        ) { memory in
          let pass = RecurrentWork.Pass.forward(
            weights: memory[turned], bias: bias, y: memory[y] + number * layer.units)
          return [
            Instruction(
              .recurrent(work(pass, direction, buffers: own, memory)), parts: parts)
          ]
        })
    }
    plan.normalizationBuffers[node.output] = saved
  }

  /// Emits the matrix of the state with its rows as columns.
  private func emitTurned(
    _ weights: UnsafePointer<Float>, _ node: Node, _ plan: PlanBuilder
  ) -> BufferID {
    let turned = plan.preparedBuffer(width * layer.units)
    plan.emitPreparation(
      StepDraft(
        kernel: "order weight", block: node.block, path: node.path, reads: [], writes: [turned]
      ) { memory in
        let work = TransposeWork(
          x: weights, images: 1, rows: width, columns: layer.units, y: memory[turned],
          accumulate: false)
        return [Instruction(.transpose(work))]
      })
    return turned
  }

  func emitBackward(_ node: Node, dy: BufferID, to plan: PlanBuilder) {
    guard let saved = plan.normalizationBuffers[node.output] else { return }
    for (number, direction) in directions.enumerated() where saved.count >= 3 * (number + 1) {
      guard let weights = plan.slabs.values(of: direction.states.weight)?.baseAddress else {
        return
      }
      let own = Array(saved[3 * number..<3 * (number + 1)])
      let ofInputs = plan.buffer(input.rows * width, for: .gradient)
      let ofStates =
        layer.cell == .gatedUnit ? plan.buffer(input.rows * width, for: .gradient) : ofInputs
      let parts = parts(plan)
      plan.emit(
        StepDraft(
          kernel: "\(layer.kind.rawValue) gradient", block: node.block, path: node.path,
          reads: own + [dy], writes: Array(Set([ofInputs, ofStates])),
          scratch: scratchCount(parts), parts: parts
        ) { memory in
          let pass = RecurrentWork.Pass.backward(
            weights: weights, dy: memory[dy] + number * layer.units,
            slopes: (memory[ofInputs], memory[ofStates]))
          return [
            Instruction(
              .recurrent(work(pass, direction, buffers: own, memory)), parts: parts)
          ]
        })
      direction.states.emitGradients(node, x: own[2], dy: ofStates, in: plan)
      direction.inputs.emitGradients(
        node, x: plan.value(node.inputs[0]), dy: ofInputs, in: plan)
      guard let (dx, accumulate) = plan.gradientTarget(node.inputs[0]) else { continue }
      direction.inputs.emitInputGradient(
        node, dy: ofInputs, to: dx, accumulate: accumulate, in: plan)
    }
  }

  // MARK: - Sizes

  private var width: Int { layer.cell.gates * layer.units }

  /// Images are shared out.
  private func parts(_ plan: PlanBuilder) -> Int {
    min(plan.parts(input.rows * width), input.images)
  }

  private func scratchCount(_ parts: Int) -> Int {
    kernel(isReverse: false).scratchCount(images: (input.images + parts - 1) / max(parts, 1))
  }

  private func kernel(isReverse: Bool) -> RecurrentKernel {
    let channels = layer.directions * layer.units
    let rows =
      layer.givesLast
      ? RecurrentKernel.Rows(image: channels, position: nil)
      : RecurrentKernel.Rows(image: input.positions * channels, position: channels)
    return RecurrentKernel(
      cell: layer.cell == .longShortTerm ? .longShortTerm : .gatedUnit, units: layer.units,
      positions: input.positions, isReverse: isReverse, rows: rows)
  }

  private func work(
    _ pass: RecurrentWork.Pass, _ direction: Direction, buffers: [BufferID], _ memory: Binding
  ) -> RecurrentWork {
    RecurrentWork(
      pass: pass, kernel: kernel(isReverse: direction.isReverse), images: input.images,
      saved: (memory[buffers[0]], memory[buffers[1]], memory[buffers[2]]), width: width,
      units: layer.units, positions: input.positions,
      row: layer.directions * layer.units * (layer.givesLast ? 1 : input.positions),
      scratch: memory.scratch)
  }
}
