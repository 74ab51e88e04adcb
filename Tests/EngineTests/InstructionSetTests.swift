import Kernels
import Networks
import Testing

@testable import Engine

/// The kernels of all sets of instructions that the processor has, beside each other.
@Suite struct InstructionSetTests {
  /// What a model computes of a network with one set: answers, gradients, and weights after two steps.
  private struct Outcome: Equatable {
    var loss: UInt64
    var numbers: [[UInt32]]

    var values: [[Float]] { numbers.map { $0.map(Float.init(bitPattern:)) } }
  }

  private func outcome(
    _ item: GradientTests.Case, _ set: InstructionSet, optimizer: Optimizer = .adam
  ) throws -> Outcome {
    try InstructionSet.$bound.withValue(set) {
      let network = try network(item.input, item.blocks())
      let batch = examples(network, count: item.batch)
      let model = try Model(
        network: network, parameters: randomParameters(network), optimizer: optimizer,
        usesLibrary: false)
      model.clipping = .norm(1)
      var tensors = [try model.predict(batch.inputs)]
      let result = try model.differentiate(batch, rows: 0..<batch.count)
      tensors += parameters(of: model.gradients, network)
      for _ in 0..<2 { _ = try model.step(batch) }
      tensors += parameters(of: try model.copiedParameters(), network)
      return Outcome(
        loss: result.loss.bitPattern, numbers: tensors.map { $0.values.map(\.bitPattern) })
    }
  }

  private func parameters(of store: ParameterStore, _ network: Network) -> [Tensor] {
    network.parameters.compactMap { store[$0.key] }
  }

  static let cases: [GradientTests.Case] =
    GradientTests.convolutions + GradientTests.others + GradientTests.activations
    + GradientTests.structures + GradientTests.gates + GradientTests.normalizations
    + GradientTests.shaping + GradientTests.rearranging + GradientTests.attentions
    + GradientTests.recurrents

  private static var fused: [InstructionSet] {
    InstructionSet.available.filter { $0 != .baseline }
  }

  @Test("sets that round products once come to the same bits", arguments: cases)
  func bits(_ item: GradientTests.Case) throws {
    let outcomes = try Self.fused.map { try outcome(item, $0) }
    for other in outcomes.dropFirst() { #expect(other == outcomes[0]) }
  }

  @Test("the baseline comes to the same numbers but for rounding", arguments: cases)
  func numbers(_ item: GradientTests.Case) throws {
    // Plain descent: Adam makes a whole step of a gradient that is nothing but rounding.
    let (found, expected) = (
      try outcome(item, .baseline, optimizer: .sgd),
      try outcome(item, InstructionSet.available[0], optimizer: .sgd)
    )
    #expect(found.values.map(\.count) == expected.values.map(\.count))
    for (left, right) in zip(found.values, expected.values) {
      let scale = max(right.map(abs).max() ?? 0, 1e-2)
      let distance = zip(left, right).map { abs($0 - $1) }.max() ?? 0
      #expect(distance <= 1e-4 * scale)
    }
  }

  @Test("the baseline comes to the same bits in each run")
  func repeats() throws {
    let item = try #require(GradientTests.structures.first)
    #expect(try outcome(item, .baseline) == outcome(item, .baseline))
  }

  @Test("all modules of kernels lay out instructions alike")
  func layouts() {
    #expect(Instruction.layout.count > 150)
    if InstructionSet.avx2Function != nil {
      #expect(InstructionSet.avx2Layout == Instruction.layout)
    }
    if InstructionSet.avx512Function != nil {
      #expect(InstructionSet.avx512Layout == Instruction.layout)
    }
  }

  @Test("an instruction that one module makes is read whole by the others")
  func roundTrip() {
    let values = (0..<100).map { Float($0) - 50 }
    for set in InstructionSet.available {
      var result = [Float](repeating: .nan, count: 100)
      values.withUnsafeBufferPointer { x in
        result.withUnsafeMutableBufferPointer { y in
          guard let x = x.baseAddress, let y = y.baseAddress else { return }
          let work = SumWork(a: x, b: x, factor: 0.5, relu: true, y: y, count: 100)
          InstructionSet.$bound.withValue(set) {
            #expect(Instruction(.sum(work), parts: 3).run() == 0)
          }
        }
      }
      #expect(result == values.map { max(0, 1.5 * $0) })
    }
  }

  @Test("first values are drawn alike by all sets that round products once")
  func firstValues() throws {
    let specification = ParameterSpecification(
      key: ParameterKey(block: BlockID(), role: .weight), path: "conv1.weight", shape: [40, 9, 3],
      purpose: .kernel(fanIn: 27, fanOut: 120))
    for scheme in [Initializer.he, .xavier, .orthogonal] {
      let drawn = try Self.fused.map { set in
        try InstructionSet.$bound.withValue(set) {
          try scheme.values(for: specification, seed: 5).values
        }
      }
      for other in drawn.dropFirst() { #expect(other == drawn[0]) }
      let plain = try InstructionSet.$bound.withValue(.baseline) {
        try scheme.values(for: specification, seed: 5).values
      }
      for (one, other) in zip(plain, drawn.first ?? plain) { #expect(abs(one - other) < 1e-5) }
    }
  }

  @Test("the widest set comes first, and the baseline is always there")
  func available() {
    let sets = InstructionSet.available
    #expect(sets.last == .baseline)
    #expect(sets == InstructionSet.allCases.reversed().filter(sets.contains))
    #expect(sets.contains(InstructionSet.current))
  }

  @Test("a set is in use where it was bound, also for plans that are made there")
  func binding() {
    for set in InstructionSet.available {
      InstructionSet.$bound.withValue(set) { #expect(InstructionSet.current == set) }
    }
  }
}
