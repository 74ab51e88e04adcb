import Networks
import Testing

/// Layers with a state that goes from position to position.
struct RecurrentLayerTests {
  @Test(
    "shapes, parameters and prices",
    arguments: [
      ("3x9", "lstm 5", "5x9", [[20, 3], [20, 5], [20], [20]], 9 * 4 * 5 * 8),
      (
        "3x9", "lstm 5 directions=2", "10x9",
        [[20, 3], [20, 5], [20], [20], [20, 3], [20, 5], [20], [20]], 2 * 9 * 4 * 5 * 8
      ),
      ("3x9", "lstm 5 return=last bias=no", "5", [[20, 3], [20, 5]], 9 * 4 * 5 * 8),
      ("3x9", "gru 5", "5x9", [[15, 3], [15, 5], [15], [15]], 9 * 3 * 5 * 8),
      (
        "3x9", "gru 5 directions=2 return=last bias=no", "10",
        [[15, 3], [15, 5], [15, 3], [15, 5]], 2 * 9 * 3 * 5 * 8
      ),
    ])
  func shapes(input: String, text: String, output: String, shapes: [[Int]], price: Int) throws {
    let net = try network(input, text)
    #expect(net.output.description == output)
    #expect(net.parameters.map(\.shape) == shapes)
    #expect(net.multiplyAdds == price)
  }

  @Test("names as PyTorch's, and what they are for")
  func parameters() throws {
    let parameters = try network("3x9", "gru 5 directions=2").parameters
    let names = ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"]
    #expect(
      parameters.map(\.path) == (names + names.map { $0 + "_reverse" }).map { "gru1." + $0 })
    #expect(
      parameters.prefix(4).map(\.purpose) == [
        .recurrent(fanIn: 3, fanOut: 15, units: 5), .recurrent(fanIn: 5, fanOut: 15, units: 5),
        .bias(fanIn: 5), .bias(fanIn: 5),
      ])
  }

  @Test(
    "what they refuse",
    arguments: [
      ("6", "lstm 2", ShapeFault.rank(kind: "lstm", wanted: [1], input: Shape([6]))),
      ("6x3x4", "gru 2", .rank(kind: "gru", wanted: [1], input: Shape([6, 3, 4]))),
      ("6x4", "gru 2000000", .tooLarge(quantity: .extent, limit: NetworkLimits.extent)),
      (
        "6x4", "lstm 1000000",
        .tooLarge(quantity: .parameters, limit: NetworkLimits.parameters)
      ),
    ])
  func refusals(input: String, text: String, fault: ShapeFault) {
    #expect {
      _ = try network(input, text)
    } throws: { error in
      (error as? ShapeError)?.fault == fault
    }
  }

  @Test("a state sees all before it; two directions or the last state see everything")
  func fields() throws {
    let causal = try network("3x9", "conv 4 3; lstm 5").receptiveField
    #expect(causal.size == [11])
    #expect(causal.spans?.first?.first(of: 4) == -5)
    for text in ["lstm 5 directions=2", "gru 5 return=last"] {
      #expect(try network("3x9", text).receptiveField == .whole)
    }
  }

  @Test("widening stops at a state")
  func widening() throws {
    let net = try network("2x8", "conv 4 3; gru 5; conv 3 1")
    let target = try net.block(at: "conv1")
    var random = RandomSource(seed: 1)
    #expect(throws: SurgeryFault.mixing(path: "gru1", kind: .gatedRecurrentUnit)) {
      _ = try Widening(net, target, to: 6, using: &random)
    }
  }
}
