import Networks
import Testing

/// The layers of a shortcut for each kind, and what they cost.
struct ShortcutKindTests {
  /// The shortcut's layers of the only residual block, as text.
  private func shortcut(_ input: String, _ text: String) throws -> String {
    let net = try network(input, text)
    let shortcut = try net.block(at: "res1.shortcut").block
    #expect(net.facts[shortcut.id]?.output == net.facts[try net.id("res1.body")]?.output)
    return shortcut.children.map { NetworkScript.line(of: $0) }.joined(separator: "; ")
  }

  @Test(
    "shapes that agree, by kind",
    arguments: [
      ("auto", ""), ("identity", ""), ("A", ""), ("B", ""), ("C", "conv 4 1 bias=no; bn"),
      ("pool", ""),
    ])
  func agreeing(kind: String, layers: String) throws {
    #expect(try shortcut("4x16", "residual shortcut=\(kind) { conv 4 3 }") == layers)
  }

  @Test(
    "channels and positions that differ, by kind",
    arguments: [
      ("auto", "conv 10 1 stride=2 bias=no; bn"), ("A", "subsample 10 stride=2"),
      ("B", "conv 10 1 stride=2 bias=no; bn"), ("C", "conv 10 1 stride=2 bias=no; bn"),
      ("pool", "avgpool ceil=yes; conv 10 1 bias=no; bn"),
    ])
  func differing(kind: String, layers: String) throws {
    #expect(try shortcut("4x15", "residual shortcut=\(kind) { conv 10 3 stride=2 }") == layers)
  }

  @Test(
    "two dimensions, each with a stride of its own",
    arguments: [
      ("stride=2", "auto", "conv 8 1 stride=2 bias=no; bn"),
      ("stride=1x3", "auto", "conv 8 1 stride=1x3 bias=no; bn"),
      ("stride=1x3", "A", "subsample 8 stride=1x3"),
      ("stride=1x3", "pool", "avgpool 1x3 ceil=yes; conv 8 1 bias=no; bn"),
    ])
  func images(stride: String, kind: String, layers: String) throws {
    let text = "residual shortcut=\(kind) { conv 8 3 \(stride) }"
    #expect(try shortcut("3x9x10", text) == layers)
  }

  @Test(
    "features are projected by a dense layer, or padded with zeros",
    arguments: [
      ("auto", "dense 7 bias=no; bn"), ("B", "dense 7 bias=no; bn"), ("C", "dense 7 bias=no; bn"),
      ("pool", "dense 7 bias=no; bn"), ("A", "subsample 7"),
    ])
  func features(kind: String, layers: String) throws {
    #expect(try shortcut("5", "residual shortcut=\(kind) { dense 7 }") == layers)
  }

  @Test(
    "parameters more than the body's: 1×1 weights and 2 for each channel",
    arguments: [
      ("1x64", "conv 10 3 stride=2", "auto", 30), ("1x64", "conv 10 3 stride=2", "A", 0),
      ("3x64", "conv 10 3", "auto", 50), ("16x8x8", "conv 32 3 stride=2", "B", 576),
      ("16x8x8", "conv 16 3", "C", 288), ("5", "dense 7", "auto", 49),
    ])
  func prices(input: String, body: String, kind: String, price: Int) throws {
    let net = try network(input, "residual shortcut=\(kind) { \(body) }")
    let plain = try network(input, body)
    #expect(net.learnableCount - plain.learnableCount == price)
  }

  @Test("statistics go with those of the body", arguments: ["sync=yes", "statistics=running"])
  func statistics(option: String) throws {
    let all = "residual { conv 8 3 stride=2; bn \(option); relu; conv 8 3; bn \(option) }"
    #expect(try shortcut("1x9", all) == "conv 8 1 stride=2 bias=no; bn \(option)")
    let some = "residual { conv 8 3 stride=2; bn \(option); relu; conv 8 3; bn }"
    #expect(try shortcut("1x9", some) == "conv 8 1 stride=2 bias=no; bn")
  }

  @Test("strides follow those of the body where several would fit")
  func strides() throws {
    // From 9 positions a stride of 3 gives 3 as well, at other places.
    let twice = "residual { conv 8 3 stride=2; conv 8 3 stride=2 }"
    #expect(try shortcut("1x9", twice) == "conv 8 1 stride=4 bias=no; bn")
    #expect(try shortcut("1x64", twice) == "conv 8 1 stride=4 bias=no; bn")
    #expect(try shortcut("1x1", twice) == "conv 8 1 stride=4 bias=no; bn")
    #expect(
      try shortcut("1x2", "residual shortcut=pool { conv 8 3 stride=4 }").hasPrefix("avgpool 4"))
    #expect(
      try shortcut("1x5", "residual shortcut=A { conv 8 3 stride=4 }") == "subsample 8 stride=4")
  }

  @Test("a body that loses positions evenly is met by the stride that fits")
  func fittingStride() throws {
    // A window as wide as the input leaves one position, at a stride of 1.
    #expect(
      try shortcut("1x8", "residual { conv 3 8 pad=0 }") == "conv 3 1 stride=8 bias=no; bn")
  }

  @Test("every length and stride: body and shortcut meet")
  func allLengths() throws {
    for length in 1...40 {
      for stride in 1...6 {
        for kind in ShortcutKind.choices where kind != .identity {
          let text = "residual shortcut=\(kind.rawValue) { conv 3 3 stride=\(stride); relu }"
          let net = try network("2x\(length)", text)
          #expect(net.output == Shape([3, (length + stride - 1) / stride]))
          try expectWellShaped(net, "\(length): \(text)")
        }
      }
    }
  }

  @Test("given layers stay as they are, checked at the sum")
  func given() throws {
    let net = try network("4x16", "residual act=relu { conv 4 3; bn } { bn }")
    #expect(try net.at("res1.shortcut.bn1").block.kind == .batchNormalization)
    #expect(net.learnableCount == 4 * 4 * 3 + 4 + 8 + 8)
    let expected = ShapeFault.sum(
      body: Shape([8, 16]), shortcut: Shape([4, 16]), input: Shape([4, 16]), kind: .given)
    #expect(try fault("4x16", "residual { conv 8 3 } { bn }") == expected)
    #expect(try network("4x16", "residual { conv 4 3 } { }").output == Shape([4, 16]))
  }
}
