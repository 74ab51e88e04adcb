import Networks
import Testing

/// Layers that normalize each example by itself, scale channels, halve them, or draw at random.
struct ExampleLayerTests {
  @Test(
    "parameters and their shapes",
    arguments: [
      ("4x9", "ln", [[4], [4]]), ("4x9", "ln over=all", [[4, 9], [4, 9]]),
      ("4x5x6", "ln over=all", [[4, 5, 6], [4, 5, 6]]), ("7", "ln", [[7], [7]]),
      ("7", "ln over=all", [[7], [7]]), ("4x9", "ln affine=no", []),
      ("4x9", "rmsnorm", [[4]]), ("4x9", "rmsnorm affine=no", []), ("4x9", "gn 2", [[4], [4]]),
      ("7", "gn 7", [[7], [7]]), ("4x9", "gn 1 affine=no", []), ("4x9", "instnorm", []),
      ("4x5x6", "instnorm affine=yes", [[4], [4]]), ("4x9", "lrn 3", []),
      ("4x9", "layerscale", [[4]]), ("7", "layerscale 0.1", [[7]]), ("4x9", "glu", []),
      ("4x9", "droppath 0.1", []), ("4x9", "spatialdropout", []), ("4x9", "noise", []),
    ])
  func parameters(input: String, text: String, shapes: [[Int]]) throws {
    let net = try network(input, text)
    #expect(net.parameters.map(\.shape) == shapes)
    #expect(net.output == (text == "glu" ? Shape([2, 9]) : net.input))
  }

  @Test("purposes: norms are norms, and a scale starts where it is told")
  func purposes() throws {
    let norms = try network("4x9", "ln; rmsnorm; gn 2; instnorm affine=yes").parameters
    let (gamma, beta) = (
      ParameterSpecification.Purpose.gamma(closesResidual: false),
      ParameterSpecification.Purpose.beta
    )
    #expect(norms.map(\.purpose) == [gamma, beta, gamma, gamma, beta, gamma, beta])
    let scale = try network("4x9", "layerscale").parameters
    #expect(scale.map(\.purpose) == [.given(start: 1e-6)])
  }

  @Test(
    "what they refuse",
    arguments: [
      ("8x4", "gn 3", ShapeFault.normalizationGroups(groups: 3, channels: 8)),
      ("6", "gn 12", .normalizationGroups(groups: 12, channels: 6)),
      ("5x4", "glu", .oddChannels(kind: "glu", input: Shape([5, 4]))),
      ("6", "instnorm", .rank(kind: "instnorm", wanted: [1, 2], input: Shape([6]))),
      ("6", "lrn 3", .rank(kind: "lrn", wanted: [1, 2], input: Shape([6]))),
      ("6", "spatialdropout", .rank(kind: "spatialdropout", wanted: [1, 2], input: Shape([6]))),
    ])
  func refusals(input: String, text: String, fault: ShapeFault) {
    #expect {
      _ = try network(input, text)
    } throws: { error in
      (error as? ShapeError)?.fault == fault
    }
  }

  @Test(
    "what one position sees",
    arguments: [
      ("conv 4 3; ln; rmsnorm; lrn 3; layerscale; glu; droppath 0.1; noise", [3]),
      ("conv 4 3; spatialdropout; relu6", [3]),
    ])
  func fields(text: String, size: [Int]) throws {
    #expect(try network("1x64", text).receptiveField.size == size)
  }

  @Test(
    "statistics of all positions see all of the input",
    arguments: ["conv 4 3; gn 2", "conv 4 3; instnorm", "conv 4 3; ln over=all; conv 2 1"])
  func wholeFields(text: String) throws {
    #expect(try network("1x64", text).receptiveField == .whole)
  }

  @Test(
    "a norm that closes a residual body, behind which dropout may stand",
    arguments: [
      ("residual { conv 4 3; gn 2 }", ["res1.body.gn1"]),
      ("residual { conv 4 3; ln }", ["res1.body.ln1"]),
      ("residual { conv 4 3; bn; droppath 0.2 }", ["res1.body.bn1"]),
      ("residual { conv 4 3; bn; relu; droppath 0.2 }", []),
      ("residual { conv 4 3; instnorm }", []),
    ])
  func closing(text: String, paths: [String]) throws {
    let net = try network("4x8", text)
    let closing = net.parameters.filter { $0.purpose == .gamma(closesResidual: true) }
    #expect(closing.map(\.path) == paths.map { $0 + ".weight" })
  }

  @Test(
    "bodies with any norm, or whose factor stands before dropout, are not bare",
    arguments: ["ln", "rmsnorm", "gn 2", "instnorm", "scale 0; droppath 0.1", "layerscale"])
  func bareness(text: String) throws {
    #expect(try network("4x8", "residual { conv 4 3; \(text) }").bareResiduals == nil)
  }

  @Test(
    "pre-activation order: norms go to the front, dropout stays at the end",
    arguments: [
      ("conv 4 3; gn 2; relu", "gn 2; relu; conv 4 3"), ("conv 4 3; ln", "ln; relu; conv 4 3"),
      ("conv 4 3; bn; relu; droppath 0.2", "bn; relu; conv 4 3; droppath 0.2"),
      ("conv 4 3; droppath 0.2", "bn; relu; conv 4 3; droppath 0.2"),
    ])
  func preactivation(text: String, expected: String) throws {
    let net = try network("4x8", "preact { \(text) }")
    #expect(try net.isSame(as: network("4x8", "residual { \(expected) }")))
  }

  @Test(
    "widening stops at what mixes channels, and goes through what does not",
    arguments: [
      ("ln", Kind.layerNormalization as Kind?), ("ln over=all", .layerNormalization),
      ("rmsnorm", .rootMeanSquareNormalization), ("gn 2", .groupNormalization),
      ("lrn 3", .localResponse), ("glu", .gatedLinear), ("instnorm affine=yes", nil),
      ("instnorm", nil), ("layerscale", nil), ("droppath 0.1; noise; spatialdropout", nil),
    ])
  func widening(text: String, kind: Kind?) throws {
    let net = try network("2x8", "conv 4 3; \(text); conv 3 1")
    let target = try net.block(at: "conv1")
    var random = RandomSource(seed: 1)
    guard let kind else {
      #expect(try Widening(net, target, to: 6, using: &random).readers == ["conv2"])
      return
    }
    #expect(throws: SurgeryFault.mixing(path: kind.rawValue + "1", kind: kind)) {
      _ = try Widening(net, target, to: 6, using: &random)
    }
  }

  @Test("a deeper layer stands behind the norm, without one of its own")
  func deepening() throws {
    let net = try network("2x8", "conv 4 3; gn 2; relu; gap")
    let deeper = try Deepening(net, net.block(at: "conv1")).network
    #expect(
      try deeper.isSame(as: network("2x8", "conv 4 3; gn 2; relu; conv 4 3; relu; gap")))
  }
}
