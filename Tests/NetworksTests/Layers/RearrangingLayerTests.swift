import Testing

@testable import Networks

/// Transposed convolutions and layers that give single values other places: texts, parameters, surgery.
struct RearrangingLayerTests {
  @Test(
    "printed and read again they are the same",
    arguments: [
      "deconv 4 3", "deconv 4 3x5 stride=2x1 pad=1:0x2 outpad=1x0 dilation=1x2 groups=2 bias=no",
      "deconv 4 3 outpad=0x1 act=relu", "deconv 4 3 pad=causal bias=0.5", "pixelshuffle 3",
      "channelshuffle 2", "permute", "permute 1 3 2", "permute 3", "slice 2:6", "slice :-1",
      "slice -3:", "slice 1:x:-1 over=positions", "reshape 16x4x4", "reshape _x4", "reshape _",
    ])
  func texts(text: String) throws {
    #expect(NetworkScript.line(of: try block(text)) == text)
  }

  @Test(
    "other words for the same arguments",
    arguments: [
      ("deconv 4 3 strides=2 padding=1 output_padding=1", "deconv 4 3 stride=2 pad=1 outpad=1"),
      ("deconv filters=4 kernel_size=3 dilation_rate=2", "deconv 4 3 dilation=2"),
      ("pixelshuffle upscale_factor=2", "pixelshuffle 2"), ("permute 2 1 3", "permute"),
      ("reshape -1x4", "reshape _x4"),
    ])
  func words(text: String, printed: String) throws {
    #expect(NetworkScript.line(of: try block(text)) == printed)
  }

  @Test(
    "the weight of a transposed convolution is [inputs, outputs / groups, kernel…], as PyTorch's")
  func parameters() throws {
    let net = try network("4x8x8", "deconv 6 3x2 groups=2")
    #expect(net.parameters.map(\.shape) == [[4, 3, 3, 2], [6]])
    #expect(
      net.parameters.map(\.purpose) == [.kernel(fanIn: 18, fanOut: 24), .bias(fanIn: 18)])
  }

  @Test("new values of a widened layer are left unmade when the user asks for an end")
  func wideningStops() throws {
    var random = RandomSource(seed: 1)
    let net = try network("4096", "dense 2; dense 3")
    var store = ParameterStore()
    for specification in net.parameters {
      store[specification.key] = Tensor(
        shape: specification.shape, values: Array(repeating: 1, count: specification.count))
    }
    let widening = try Widening(net, net.at("dense1"), to: 260, using: &random)
    #expect(Interruption.with({ true }) { widening.parameters(from: store) } == nil)
    let whole = try #require(Interruption.with({ false }) { widening.parameters(from: store) })
    #expect(Set(whole.keys.compactMap { whole[$0]?.shape }) == [[260, 4096], [260], [3, 260]])
  }

  @Test("widening follows a transposed convolution along the axes of its weight")
  func widening() throws {
    var random = RandomSource(seed: 1)
    let net = try network("2x5", "conv 3 3; relu; deconv 4 3 stride=2; bn; conv 2 1")
    var store = ParameterStore()
    for specification in net.parameters {
      store[specification.key] = Tensor(
        shape: specification.shape, values: (0..<specification.count).map { Float($0) })
    }
    let outer = try Widening(net, net.at("conv1"), to: 5, using: &random)
    #expect(outer.readers == ["deconv1"])
    let read = try #require(net.parameters.first { $0.path == "deconv1.weight" })
    let wide = try #require(outer.parameters(from: store)?[read.key])
    #expect(wide.shape == [5, 4, 3])
    let old = try #require(store[read.key])
    // What reads the copies of a channel sums to what read the channel.
    for index in 0..<12 {
      let sum = stride(from: index, to: wide.count, by: 12).reduce(0) { $0 + wide.values[$1] }
      let known = stride(from: index, to: old.count, by: 12).reduce(0) { $0 + old.values[$1] }
      #expect(abs(sum - known) < 1e-3)
    }
    let inner = try Widening(net, net.at("deconv1"), to: 6, using: &random)
    #expect(inner.readers == ["conv2"])
    let made = try #require(inner.parameters(from: store)?[read.key])
    #expect(made.shape == [3, 6, 3])
    for input in 0..<3 {
      let first = input * 18
      #expect(
        Array(made.values[first..<first + 12])
          == Array(old.values[input * 12..<input * 12 + 12]))
    }
    #expect(inner.network.output == net.output)
  }

  @Test(
    "layers that mix channels are not given others; slices of positions let them pass",
    arguments: [
      ("channelshuffle 2", Kind.channelShuffle), ("pixelshuffle 2", .pixelShuffle),
      ("permute", .permute), ("slice 0:2", .slice), ("reshape 2x_", .reshape),
      ("slice 1: over=positions", nil),
    ])
  func surgery(layer: String, refusing: Kind?) throws {
    let net = try network("2x6", "conv 4 3; \(layer); conv 3 1")
    var random = RandomSource(seed: 1)
    let target = try net.at("conv1")
    guard let refusing else {
      #expect(try Widening(net, target, to: 6, using: &random).readers == ["conv2"])
      return
    }
    let path = try #require(net.root.children.dropFirst().first?.name)
    #expect(throws: SurgeryFault.mixing(path: path, kind: refusing)) {
      _ = try Widening(net, target, to: 6, using: &random)
    }
    let grouped = try network("4x6", "deconv 4 3 groups=2; conv 3 1")
    #expect(throws: SurgeryFault.groups(path: "deconv1", groups: 2)) {
      _ = try Widening(grouped, grouped.at("deconv1"), to: 6, using: &random)
    }
  }

  @Test("behind a transposed convolution deepening puts a convolution")
  func deepening() throws {
    let net = try network("2x5", "deconv 4 3 stride=2 act=relu; conv 2 1")
    let deep = try Deepening(net, net.at("deconv1"))
    #expect(deep.network.root.children.map { NetworkScript.line(of: $0) }[1] == "conv 4 3 act=relu")
    #expect(deep.network.output == net.output)
  }

  @Test(
    "refused layers are offered with what they take",
    arguments: [
      ("2x8", "deconv 3 3 stride=2 outpad=2", ["outpad=1", "outpad=0"]),
      ("2x8", "deconv 3 3 pad=9", ["pad=same"]), ("2x8x8", "deconv 3 3 pad=causal", ["pad=same"]),
      ("6x8", "channelshuffle 4", ["groups=3"]), ("6x8", "slice 2:9", ["range=2:6"]),
      ("6x8", "slice 7:9 over=positions", ["range=7:8"]), ("6x8", "slice 5:2", ["range=0:"]),
      ("6x8", "reshape 5x_", ["shape=_"]), ("6x8", "reshape 4x13", ["shape=4x_"]),
      ("6x8", "permute 1 3 2", ["first=2 second=1 third=3"]),
    ])
  func repairs(input: String, layer: String, offers: [String]) throws {
    let error = try #require(try shapeError(input, layer))
    let texts = error.offers.map { offer in
      guard case .settings(let settings) = offer.repair else { return "" }
      return settings.map(\.text).joined(separator: "; ")
    }
    #expect(texts == offers)
  }
}
