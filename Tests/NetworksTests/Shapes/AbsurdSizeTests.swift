import Networks
import Testing

/// Sizes beyond all use are ordinary errors: nothing traps, nothing wraps round.
struct AbsurdSizeTests {
  private static let huge = "\(Int.max)"

  @Test(
    "single sizes beyond the largest extent",
    arguments: [
      ("1x64", "conv \(huge) 3"), ("1x64", "conv 3 \(huge)"), ("1x64", "conv 3 3 stride=\(huge)"),
      ("1x64", "conv 3 3 dilation=\(huge)"), ("1x64", "conv 3 3 pad=\(huge)"),
      ("1x64", "conv 3 3 pad=0:\(huge)"), ("1x64", "conv 3 3 pad=\(huge):\(huge)"),
      ("1x64", "conv 3 1048576 dilation=1048576"), ("1x64", "dense \(huge)"),
      ("1x64", "maxpool \(huge)"), ("1x64", "maxpool 2 stride=\(huge)"),
      ("1x64", "maxpool 2 pad=\(huge)"), ("1x64", "subsample \(huge)"),
      ("1x64", "subsample 1 stride=\(huge)"), ("1x1048577", ""), ("\(huge)x\(huge)", "relu"),
      ("1x1048576", "conv 1 3 pad=1:2"), ("1x64", "parallel { conv 1048576 1 } { relu }"),
    ])
  func extent(input: String, layers: String) throws {
    let expected = ShapeFault.tooLarge(quantity: .extent, limit: NetworkLimits.extent)
    #expect(try fault(input, layers) == expected)
  }

  @Test(
    "products beyond their limits",
    arguments: [
      ("1048576x1048576", "", ShapeFault.Quantity.valuesPerExample, NetworkLimits.valuesPerExample),
      ("1x1048576", "conv 1048576 1", .valuesPerExample, NetworkLimits.valuesPerExample),
      ("65536x64", "conv 65536 3", .parameters, NetworkLimits.parameters),
      ("1048576", "dense 4096", .parameters, NetworkLimits.parameters),
      ("1x16384x16384", "dense 9", .parameters, NetworkLimits.parameters),
      ("2048x64", "conv 65536 16; conv 2048 1", .parameters, NetworkLimits.parameters),
      ("256x1048576", "conv 256 20001", .multiplyAdds, NetworkLimits.multiplyAdds),
      ("1024", "repeat 3000 { dense 1024 }", .parameters, NetworkLimits.parameters),
    ])
  func product(input: String, layers: String, quantity: ShapeFault.Quantity, limit: Int) throws {
    let expected = ShapeFault.tooLarge(quantity: quantity, limit: limit)
    #expect(try fault(input, layers) == expected)
  }

  @Test("sums of many blocks stop at the limit before they overflow")
  func sums() throws {
    let text = "repeat 9000 { conv 256 16001 }"
    let expected = ShapeFault.tooLarge(quantity: .multiplyAdds, limit: NetworkLimits.multiplyAdds)
    #expect(try fault("256x1048576", text) == expected)
  }

  @Test("nesting as deep as the limit is fine, one deeper is not")
  func nesting() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "seq { ", count: depth - 1) + "relu"
        + String(repeating: " }", count: depth - 1)
    }
    #expect(try network("1x64", nested(NetworkLimits.nesting)).output == Shape([1, 64]))
    let error = try shapeError("1x64", nested(NetworkLimits.nesting + 1))
    #expect(error?.fault == .tooLarge(quantity: .nesting, limit: NetworkLimits.nesting))
  }

  @Test("copies without end are refused, alone, nested and by set")
  func copies() throws {
    let expected = ShapeFault.tooLarge(quantity: .blocks, limit: NetworkLimits.blocks)
    #expect(try fault("1x64", "repeat \(Int.max) { relu }") == expected)
    #expect(try fault("1x64", "repeat \(Int.max) { }") == expected)
    let nested = "repeat 1000 { repeat 1000 { repeat 1000 { repeat 1000 { relu } } } }"
    #expect(try fault("1x64", nested) == expected)
    let net = try network("1x64", "repeat 2 { relu }")
    let refusal = editError { () throws(EditError) in
      try net.setting([(key: "copies", text: "\(Int.max)")], on: net.blocks(matching: "rep1"))
    }
    guard case .shape(let error) = refusal else {
      Issue.record("copies without end were taken")
      return
    }
    #expect(error.fault == expected)
  }

  @Test("as many blocks as the limit are fine, one more is not")
  func blockLimit() throws {
    // The root, the repeat, and for each copy itself and its layer.
    let most = (NetworkLimits.blocks - 2) / 2
    #expect(try network("1", "repeat \(most) { relu }").facts.count == NetworkLimits.blocks)
    #expect(try fault("1", "repeat \(most) { relu }; relu") != nil)
  }

  @Test(
    "inputs that are none",
    arguments: [[0], [0, 64], [3, 0], [3, -1], [Int.min], [3, 8, 0]])
  func noInput(extents: [Int]) {
    let input = Shape(extents)
    let error = #expect(throws: ShapeError.self) { try Network(input: input) }
    #expect(error?.path == "input")
    #expect(
      error?.fault == .dimensions(parameter: "input", given: "\(input)", input: input))
  }

  @Test("an input of too many dimensions")
  func inputRank() {
    let input = Shape([1, 2, 3, 4])
    let error = #expect(throws: ShapeError.self) { try Network(input: input) }
    #expect(error?.fault == .rank(kind: "input", wanted: [0, 1, 2], input: input))
  }

  /// Numbers at which arithmetic goes wrong, if it does.
  private static let edges = [
    Int.min, Int.min + 1, -1, 0, 1, 2, 3, 1 << 20, (1 << 20) + 1, 1 << 31, 1 << 32, 1 << 52,
    Int.max / 2, Int.max - 1, Int.max,
  ]

  @Test("layers with any numbers at all, made without the language, give a shape or a fault")
  func anyNumbers() {
    var random = RandomSource(seed: 13)
    func number() -> Int {
      random.chance(50) ? random.number(1...9) : random.one(of: Self.edges)
    }
    func extents() -> Extents {
      random.chance(70) ? Extents(number()) : Extents([number(), number()])
    }
    func padding() -> Padding {
      if random.chance(40) { return .same }
      let sides = (0..<random.number(1...2)).map { _ in
        Padding.Sides(before: number(), after: number())
      }
      return .explicit(sides)
    }
    func layer() -> Layer {
      switch random.number(0...4) {
      case 0:
        var convolution = Convolution(channels: number(), kernel: extents())
        convolution.stride = extents()
        convolution.dilation = extents()
        convolution.padding = padding()
        convolution.groups = number()
        return .convolution(convolution)
      case 1:
        var pooling = Pooling(reduction: .average, size: extents())
        pooling.stride = random.chance(50) ? nil : extents()
        pooling.padding = padding()
        pooling.roundsUp = random.chance(50)
        return .pooling(pooling)
      case 2: return .dense(Dense(units: number()))
      case 3: return .subsample(Subsample(channels: number(), stride: extents()))
      default: return .batchNormalization(BatchNormalization())
      }
    }
    var accepted = 0
    for _ in 0..<20_000 {
      let input = Shape((0...random.number(0...2)).map { _ in number() })
      let blocks = (1...random.number(1...4)).map { index in
        Block(name: "a\(index)", form: .layer(layer()))
      }
      let kind = random.one(of: ShortcutKind.choices)
      let body = Block(name: "r", form: .residual(Residual(body: blocks, kind: kind)))
      for children in [blocks, [body]] {
        let root = Block(name: "", form: .sequential(BlockList(children)))
        guard let net = try? Network(input: input, root: root) else { continue }
        accepted += 1
        for (_, facts) in net.facts {
          #expect(facts.output.extents.allSatisfy { 1...NetworkLimits.extent ~= $0 })
          #expect(facts.learnable >= 0 && facts.learnable <= NetworkLimits.parameters)
          #expect(facts.multiplyAdds >= 0 && facts.multiplyAdds <= NetworkLimits.multiplyAdds)
          #expect(facts.receptiveField.size?.allSatisfy { $0 >= 1 } ?? true)
        }
      }
    }
    #expect(accepted > 500)
  }

  @Test("receptive fields beyond all bounds stay at the bound")
  func receptiveField() throws {
    let net = try network("1x1", "repeat 10 { conv 1 1048575 stride=1048576 }")
    #expect(net.receptiveField.size == [1 << 60])
    #expect(net.output == Shape([1, 1]))
    #expect(Padding.Sides(before: Int.max, after: Int.max).total == Int.max)
    let sides = Padding.same.resolved(kernel: [Int.max], dilation: [Int.max])
    #expect(sides?.first?.total == Int.max)
  }
}
