import Networks
import Testing

/// What one output position sees of the input.
struct ReceptiveFieldTests {
  @Test(
    "sizes: 1 + Σ (kernel − 1) · dilation · Π strides before",
    arguments: [
      ("1x64", "", [1]), ("1x64", "conv 4 3", [3]), ("1x64", "conv 4 3; conv 4 3", [5]),
      ("1x64", "conv 4 3 stride=2; conv 4 3; conv 4 3", [11]),
      ("1x64", "conv 4 8; conv 4 5; conv 4 3", [14]), ("1x64", "conv 4 3 dilation=4", [9]),
      ("1x64", "maxpool 2; conv 4 3; avgpool 2; conv 4 3", [16]),
      ("1x64", "conv 4 1 stride=4; conv 4 3", [9]), ("1x64", "subsample 2 stride=3; conv 4 2", [4]),
      ("1x64", "conv 4 3; bn; relu; dropout; identity", [3]),
      ("1x64", "conv 4 3; conv 4 3 pad=causal dilation=2; last", [7]),
      ("1x64", "conv 4 3; last; subsample 8; residual { relu; dropout }", [3]),
      ("1x64", "conv 4 3; pad 2 mode=reflect; maxpool 2 pad=causal", [4]),
      ("3x32x32", "conv 4 3x5; conv 4 1x3 stride=2x1; maxpool 2", [5, 8]),
    ])
  func sizes(input: String, layers: String, size: [Int]) throws {
    #expect(try network(input, layers).receptiveField.size == size)
  }

  @Test(
    "the whole input once positions are gone",
    arguments: ["gap", "conv 4 3; dense 3", "flatten", "residual { conv 4 3 }; gmp; dense 2"])
  func whole(layers: String) throws {
    #expect(try network("1x64", layers).receptiveField == .whole)
  }

  @Test(
    "behind an upsampling: the most that an output sees",
    arguments: [
      ("upsample 2", 1), ("upsample 2 mode=linear", 2), ("upsample 2; conv 4 3", 2),
      ("upsample 3; conv 4 3", 2), ("upsample 2; conv 4 4", 3), ("upsample 2; upsample 3", 1),
      ("upsample 2 mode=linear; conv 4 3", 3), ("maxpool 2; upsample 2", 2),
      ("maxpool 2; conv 4 3; upsample 2; conv 4 3", 8), ("upsample 2; conv 4 3 stride=2", 2),
      ("maxpool 4; upsample 2; upsample 2; conv 4 3", 8), ("upsample 2; maxpool 2", 1),
      ("upsample 2; conv 4 1 stride=3; upsample 2; conv 4 2", 3),
      ("parallel { maxpool 2; conv 4 3; upsample 2 } { conv 4 1 }", 7),
    ])
  func upsampled(layers: String, size: Int) throws {
    #expect(try network("1x64", layers).receptiveField.size == [size])
  }

  @Test(
    "behind a transposed convolution and other moves of positions",
    arguments: [
      ("deconv 4 3", 3), ("deconv 4 3 dilation=2", 5), ("deconv 4 2 stride=2", 1),
      ("deconv 4 3 stride=2", 2), ("deconv 4 4 stride=2", 2), ("deconv 4 5 stride=2", 3),
      ("deconv 4 1 stride=3", 1), ("conv 4 3; deconv 4 2 stride=2; conv 4 3", 4),
      ("maxpool 2; deconv 4 3 stride=2", 4), ("deconv 4 3 stride=2; conv 4 3 stride=2", 3),
      ("conv 4 3; pixelshuffle 2", 3), ("conv 4 3; pixelshuffle 2; conv 4 3", 4),
      ("conv 4 3; channelshuffle 2; slice 1:-2 over=positions; slice 1:", 3),
      ("conv 4 3; permute 1 2 3; reshape _x64", 3),
    ])
  func moved(layers: String, size: Int) throws {
    #expect(try network("1x64", layers).receptiveField.size == [size])
  }

  @Test(
    "channels among positions see the whole input",
    arguments: ["permute", "reshape 2x_", "conv 4 3; permute; conv 4 3", "reshape 4x4x4"])
  func seesAllOfChannels(layers: String) throws {
    #expect(try network("1x64", layers).receptiveField == .whole)
  }

  @Test("where outputs begin that a transposed convolution and a slice moved")
  func movedPlaces() throws {
    let span = try #require(
      try network("1x64", "deconv 4 3 stride=2").receptiveField.spans?.first)
    #expect((0..<5).map { span.first(of: $0) } == [0, 0, 1, 1, 2])
    let slice = try #require(
      try network("1x64", "conv 4 3; slice 5: over=positions").receptiveField.spans?.first)
    #expect(slice.first(of: 0) == 4 && slice.size == 3)
    let spans = try network("3x32x32", "conv 4 3x5; permute 1 3 2").receptiveField.size
    #expect(spans == [5, 3])
  }

  @Test("where the outputs behind an upsampling begin")
  func places() throws {
    let text = "maxpool 2; upsample 2; conv 4 3"
    let span = try #require(try network("1x64", text).receptiveField.spans?.first)
    #expect((0..<5).map { span.first(of: $0) } == [-2, 0, 0, 2, 2])
    #expect((0..<5).map { span.size(of: $0) } == [4, 4, 4, 4, 4])
    #expect(span.jump == 1 && span.isSplit)
  }

  @Test("where it starts: the padding before lies outside")
  func start() throws {
    let spans = try network("1x64", "conv 4 8 stride=2; conv 4 3").receptiveField.spans
    #expect(spans?.map(\.start) == [-5])
    #expect(spans?.map(\.size) == [12])
    #expect(spans?.map(\.jump) == [2])
  }

  @Test("the last position sees what ends where the input ends")
  func last() throws {
    let spans = try network("1x64", "conv 4 3 pad=causal; conv 4 2 stride=2 pad=0; last")
      .receptiveField.spans
    #expect(spans?.map(\.start) == [60])
    #expect(spans?.map(\.size) == [4])
  }

  @Test(
    "branches and shortcuts: from the earliest position to the latest",
    arguments: [
      ("residual { conv 4 3; conv 4 5 }", [7]), ("parallel { conv 4 3 } { conv 4 9 }", [9]),
      ("parallel { conv 4 3 pad=0:2 } { conv 4 3 pad=2:0 }", [5]),
      ("repeat 3 { residual { conv 4 8; conv 4 5; conv 4 3 } }", [40]),
      ("residual { conv 10 3 stride=2; conv 10 3; conv 10 3 }", [11]),
    ])
  func union(layers: String, size: [Int]) throws {
    #expect(try network("1x64", layers).receptiveField.size == size)
  }

  @Test("of branches at different paces the widest counts")
  func pace() throws {
    for text in ["{ conv 4 3 stride=2 } { conv 4 3 }", "{ conv 4 3 } { conv 4 3 stride=2 }"] {
      let net = try network("1x1", "parallel \(text); conv 4 3")
      #expect(net.receptiveField.spans?.map(\.size) == [7])
      #expect(net.receptiveField.spans?.map(\.jump) == [2])
    }
  }

  @Test("against positions followed one by one")
  func followed() throws {
    var random = RandomSource(seed: 14)
    for _ in 0..<200 {
      var text = ""
      // The inputs seen by outputs 0 and 1, as offsets from where they start.
      var first: Set<Int> = [0]
      var second: Set<Int> = [1]
      var layers: [(kernel: Int, stride: Int, dilation: Int, before: Int)] = []
      for _ in 0..<random.number(1...4) {
        let layer = (
          kernel: random.number(1...4), stride: random.number(1...3),
          dilation: random.number(1...2), before: random.number(0...2)
        )
        layers.append(layer)
        text += "conv 2 \(layer.kernel) stride=\(layer.stride) dilation=\(layer.dilation)"
        text += " pad=\(layer.before):2\n"
      }
      for layer in layers.reversed() {
        func sources(_ outputs: Set<Int>) -> Set<Int> {
          Set(
            outputs.flatMap { output in
              (0..<layer.kernel).map {
                output * layer.stride - layer.before + $0 * layer.dilation
              }
            })
        }
        first = sources(first)
        second = sources(second)
      }
      let span = try #require(try network("1x600", text).receptiveField.spans?.first)
      let low = try #require(first.min())
      let high = try #require(first.max())
      #expect(span.start == low, "\(text)")
      #expect(span.size == high - low + 1, "\(text)")
      #expect(span.jump == (try #require(second.min())) - low, "\(text)")
    }
  }
}
