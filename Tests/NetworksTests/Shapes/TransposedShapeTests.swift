import Networks
import Testing

/// Shapes of transposed convolutions.
struct TransposedShapeTests {
  @Test(
    "positions as PyTorch has them: (n − 1)·stride − 2·pad + dilation·(kernel − 1) + outpad + 1",
    arguments: [
      ("2x7", "deconv 3 3 pad=0", "3x9"), ("2x7", "deconv 3 3 stride=2 pad=1", "3x13"),
      ("2x7", "deconv 3 3 stride=2 pad=1 outpad=1", "3x14"),
      ("2x7", "deconv 3 4 stride=3 pad=2 outpad=2", "3x20"),
      ("2x7", "deconv 3 3 pad=2 dilation=3 outpad=2", "3x11"),
      ("2x4x5", "deconv 3 3x2 stride=2x1 pad=1x0 outpad=1x0", "3x8x6"),
      ("2x7", "deconv 3 3 pad=0:2", "3x7"), ("2x1", "deconv 3 1 pad=0", "3x1"),
    ])
  func explicit(input: String, layer: String, output: String) throws {
    #expect(try network(input, layer).output == ScriptReader.shape(output))
  }

  @Test("pad=same and pad=causal leave stride times the positions, outpad adds to them")
  func same() throws {
    for kernel in 1...5 {
      for stride in 1...4 {
        for dilation in 1...2 {
          for pad in ["same", "causal"] {
            let text = "deconv 3 \(kernel) stride=\(stride) dilation=\(dilation) pad=\(pad)"
            #expect(try network("2x7", text).output == Shape([3, 7 * stride]), "\(text)")
          }
        }
      }
    }
    #expect(try network("2x7", "deconv 3 3 stride=2 outpad=1").output == Shape([3, 15]))
    #expect(try network("2x4x5", "deconv 3 4 stride=2x3").output == Shape([3, 8, 15]))
  }

  @Test(
    "what pad=same leaves out before and after: as PyTorch's usual padding where there is one",
    arguments: [
      ("deconv 3 4 stride=2", 1, 1), ("deconv 3 3 stride=2", 1, 0), ("deconv 3 2 stride=2", 0, 0),
      ("deconv 3 4 stride=4", 0, 0), ("deconv 3 5 stride=2", 2, 1), ("deconv 3 3", 1, 1),
      ("deconv 3 1 stride=3", 0, -2), ("deconv 3 5 stride=2 pad=causal", 0, 3),
      ("deconv 3 3 stride=2 pad=1 outpad=1", 1, 0),
    ])
  func cut(layer: String, before: Int, after: Int) throws {
    let net = try network("2x7", layer)
    guard case .layer(.transposedConvolution(let convolution)) = net.root.children[0].form else {
      Issue.record("no deconv")
      return
    }
    #expect(
      try convolution.windows(over: net.input).cut
        == [Padding.Sides(before: before, after: after)])
  }

  @Test("sizes beyond all bounds are refused")
  func bounds() throws {
    #expect(
      try fault("2x7", "deconv 3 3 stride=1048576")
        == .tooLarge(quantity: .extent, limit: NetworkLimits.extent))
    #expect(
      try fault("2x7", "deconv 1048577 3")
        == .tooLarge(quantity: .extent, limit: NetworkLimits.extent))
    #expect(
      try fault("1024x7", "pixelshuffle 1048577")
        == .tooLarge(quantity: .extent, limit: NetworkLimits.extent))
    let (least, most) = (Int.min, Int.max)
    #expect(
      try fault("2x8", "reshape \(most)x\(most)")
        == .reshape(shape: "\(most)x\(most)", input: Shape([2, 8])))
    #expect(
      try fault("2x8", "slice \(least):\(most)")
        == .slice(range: "\(least):\(most)", extent: 2, unit: .channels))
  }

  @Test("groups must divide the channels of both sides")
  func groups() throws {
    #expect(
      try fault("4x8", "deconv 6 3 groups=4")
        == .groups(groups: 4, inputChannels: 4, outputChannels: 6))
  }
}
