import Networks
import Testing

/// Attention, embeddings, and what tells positions apart.
struct AttentionLayerTests {
  @Test(
    "shapes and parameters",
    arguments: [
      ("6x5", "attention 2", "6x5", [[18, 6], [18], [6, 6], [6]]),
      ("6x4x5", "attention 3 causal=yes", "6x4x5", [[18, 6], [18], [6, 6], [6]]),
      ("6x5", "attention 6 bias=no dropout=0.1", "6x5", [[18, 6], [6, 6]]),
      ("1x9", "embedding 27 8", "8x9", [[27, 8]]), ("1x3x4", "embedding 5 2", "2x3x4", [[5, 2]]),
      ("6x5", "positions", "6x5", [[6, 5]]), ("6x3x4", "positions", "6x3x4", [[6, 3, 4]]),
      ("6x5", "positions sinusoidal", "6x5", []), ("6x5", "cls", "6x6", [[6]]),
      ("6x3x4", "cls", "6x13", [[6]]), ("6x5", "first", "6", []),
    ])
  func shapes(input: String, text: String, output: String, shapes: [[Int]]) throws {
    let net = try network(input, text)
    #expect(net.output.description == output)
    #expect(net.parameters.map(\.shape) == shapes)
  }

  @Test("paths as PyTorch's, purposes, and what training learns")
  func parameters() throws {
    let parameters = try network("6x5", "attention 2; positions; cls").parameters
    #expect(
      parameters.map(\.path) == [
        "attention1.in_proj_weight", "attention1.in_proj_bias", "attention1.out_proj.weight",
        "attention1.out_proj.bias", "positions1.weight", "cls1.weight",
      ])
    #expect(
      parameters.map(\.purpose) == [
        .projection(fanIn: 6, fanOut: 18), .given(start: 0), .kernel(fanIn: 6, fanOut: 6),
        .given(start: 0), .table(deviation: 0.02), .table(deviation: 0.02),
      ])
    #expect(parameters.allSatisfy { $0.isLearnable })
    let table = try network("1x5", "embedding 7 4").parameters
    #expect(table.map(\.purpose) == [.table(deviation: 1)])
  }

  @Test(
    "multiply-adds: four products of channels at each position, and two of each pair of positions",
    arguments: [
      ("6x5", "attention 2", 4 * 6 * 6 * 5 + 2 * 5 * 5 * 6),
      ("192x197", "attention 3", 4 * 192 * 192 * 197 + 2 * 197 * 197 * 192),
      ("8x3x4", "attention 8 causal=yes", 4 * 8 * 8 * 12 + 2 * 12 * 12 * 8),
      ("1x9", "embedding 27 8", 0), ("6x5", "positions; cls; first", 0),
    ])
  func prices(input: String, text: String, count: Int) throws {
    #expect(try network(input, text).multiplyAdds == count)
  }

  @Test(
    "what they refuse",
    arguments: [
      ("6x5", "attention 4", ShapeFault.heads(4, channels: 6)),
      ("6x5", "attention 12", .heads(12, channels: 6)),
      ("6", "attention 2", .rank(kind: "attention", wanted: [1, 2], input: Shape([6]))),
      ("3x5", "embedding 7 4", .severalIndices(kind: "embedding", input: Shape([3, 5]))),
      ("5", "embedding 7 4", .rank(kind: "embedding", wanted: [1, 2], input: Shape([5]))),
      ("6", "positions", .rank(kind: "positions", wanted: [1, 2], input: Shape([6]))),
      ("6", "cls", .rank(kind: "cls", wanted: [1, 2], input: Shape([6]))),
      ("6x3x4", "first", .rank(kind: "first", wanted: [1], input: Shape([6, 3, 4]))),
      (
        "1x5", "embedding 2000000 4",
        .tooLarge(quantity: .extent, limit: NetworkLimits.extent)
      ),
      (
        "1000000x2", "attention 1",
        .tooLarge(quantity: .parameters, limit: NetworkLimits.parameters)
      ),
      (
        "1x16384x16384", "attention 1",
        .tooLarge(quantity: .multiplyAdds, limit: NetworkLimits.multiplyAdds)
      ),
    ])
  func refusals(input: String, text: String, fault: ShapeFault) {
    #expect {
      _ = try network(input, text)
    } throws: { error in
      (error as? ShapeError)?.fault == fault
    }
  }

  @Test("attention sees everything, or all that comes before")
  func fields() throws {
    #expect(try network("6x9", "conv 6 3; attention 2").receptiveField == .whole)
    let causal = try network("6x9", "attention 2 causal=yes").receptiveField
    #expect(causal.size == [9])
    #expect(causal.spans?.first?.first(of: 4) == -4)
    let image = try network("6x3x4", "attention 2 causal=yes").receptiveField
    #expect(image.size == [3, 7])
    #expect(image.spans?.map { $0.first(of: 0) } == [-2, -3])
    let token = try network("6x9", "conv 6 3; cls").receptiveField
    #expect(token.size == [3])
    #expect(token.spans?.first?.first(of: 1) == -1)
    #expect(try network("6x3x3", "cls").receptiveField == .whole)
    #expect(try network("6x9", "conv 6 3; first").receptiveField.size == [3])
    #expect(try network("1x9", "embedding 7 4; positions").receptiveField.size == [1])
  }

  @Test(
    "widening stops at what mixes channels, and goes through what does not",
    arguments: [
      ("attention 2", Kind.attention as Kind?), ("positions sinusoidal", .positions),
      ("positions", nil), ("cls", nil), ("first; dense 3", nil),
    ])
  func widening(text: String, kind: Kind?) throws {
    let net = try network("2x8", "conv 4 3; \(text); \(text.hasPrefix("first") ? "" : "conv 3 1")")
    let target = try net.block(at: "conv1")
    var random = RandomSource(seed: 1)
    guard let kind else {
      let readers = try Widening(net, target, to: 6, using: &random).readers
      #expect(readers == [text.hasPrefix("first") ? "dense1" : "conv2"])
      return
    }
    #expect(throws: SurgeryFault.mixing(path: kind.rawValue + "1", kind: kind)) {
      _ = try Widening(net, target, to: 6, using: &random)
    }
  }

  @Test("whole numbers that the input may have: the fewest of all embeddings")
  func vocabulary() throws {
    #expect(try network("1x8", "conv 4 3").inputVocabulary == nil)
    let two = "parallel { embedding 9 4 } { embedding 5 4 }"
    #expect(try network("1x8", two).inputVocabulary == 5)
  }
}
