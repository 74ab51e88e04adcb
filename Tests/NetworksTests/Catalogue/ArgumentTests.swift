import Networks
import Testing

/// Words and keys become arguments, arguments become layers, and back.
struct ArgumentTests {
  @Test(
    "layers of random arguments: the arguments made again are the same", arguments: Kind.allCases)
  func roundTrip(kind: Kind) throws {
    var trees = RandomTrees(seed: 41)
    for _ in 0..<200 {
      let typed = try trees.arguments(kind)
      guard let layer = Layer(typed) else {
        #expect(kind.row.blocks != nil)
        continue
      }
      #expect(kind.row.blocks == nil)
      let again = layer.arguments
      #expect(Layer(again) == layer)
      #expect(again.kind == layer.kind)
      guard kind != .activation else { continue }
      #expect(again.kind == kind)
      for parameter in kind.row.parameters {
        #expect(
          again[parameter.name] == typed[parameter.name], "\(kind.rawValue) \(parameter.name)")
      }
      #expect(Arguments.read(kind, again.words) == again.withoutDefaults)
    }
  }

  @Test(
    "containers of random arguments", arguments: [Kind.sequential, .residual, .parallel, .repeated])
  func containers(kind: Kind) throws {
    var trees = RandomTrees(seed: 42)
    for _ in 0..<100 {
      let typed = try trees.arguments(kind)
      let made = try #require(Block(name: "a", typed, blocks: [[try block("relu")]]))
      #expect(made.kind == kind)
      for parameter in kind.row.parameters {
        #expect(made.arguments[parameter.name] == typed[parameter.name])
      }
      #expect(made.with(typed) == made)
      #expect(Layer(typed) == nil)
    }
    #expect(Block(name: "a", Arguments(.function(.relu)), blocks: [[]]) == nil)
  }

  @Test(
    "texts of values",
    arguments: [
      (ArgumentType.count, "3", ArgumentValue.count(3)), (.extents, "3", .extents(Extents(3))),
      (.extents, "3x5", .extents(Extents([3, 5]))), (.padding, "same", .padding(.same)),
      (.padding, "causal", .padding(.causal)), (.sides, "2", .padding(Padding(2))),
      (.padding, "0", .padding(Padding(0))), (.offsets, "0", .extents(Extents(0))),
      (.offsets, "0x1", .extents(Extents([0, 1]))),
      (.ranges, "0:16", .ranges([SliceRange(from: 0, to: 16)])),
      (
        .ranges, "1:-1x:4x-3:",
        .ranges([SliceRange(from: 1, to: -1), SliceRange(to: 4), SliceRange(from: -3)])
      ),
      (.shape, "16x4x4", .shape([16, 4, 4])), (.shape, "_", .shape([nil])),
      (.shape, "8x_x2", .shape([8, nil, 2])),
      (.padding, "3:4", .padding(.explicit([Padding.Sides(before: 3, after: 4)]))),
      (
        .sides, "1x0:2",
        .padding(
          .explicit([Padding.Sides(before: 1, after: 1), Padding.Sides(before: 0, after: 2)]))
      ),
      (.number(0...1), "1e-05", .number(1e-5)), (.number(-9...9), "-2.5", .number(-2.5)),
      (.share, "0", .number(0)), (.share, "0.999", .number(0.999)), (.flag, "yes", .flag(true)),
      (.flag, "no", .flag(false)), (.bias, "yes", .flag(true)), (.bias, "no", .flag(false)),
      (.bias, "-2", .number(-2)), (.bias, "0", .number(0)), (.activation, "none", .activation(nil)),
      (.activation, "relu", .activation(.relu)), (.choice(["A", "B"]), "A", .word("A")),
    ])
  func values(type: ArgumentType, text: String, value: ArgumentValue) {
    #expect(type.value(of: text) == value)
    #expect(value.text == text)
  }

  @Test(
    "other spellings of flags and activations, as pasted from Python",
    arguments: [
      (.padding, "valid", .padding(Padding(0))), (.padding, "3:3", .padding(Padding(3))),
      (ArgumentType.flag, "True", ArgumentValue.flag(true)), (.flag, "FALSE", .flag(false)),
      (.flag, "on", .flag(true)), (.flag, "off", .flag(false)), (.flag, "true", .flag(true)),
      (.activation, "None", .activation(nil)),
      (.activation, "swish", .activation(Activation(.silu))),
    ])
  func spellings(type: ArgumentType, text: String, value: ArgumentValue) {
    #expect(type.value(of: text) == value)
  }

  @Test(
    "other frameworks' words for keys",
    arguments: [
      (
        "conv filters=8 kernel_size=3 strides=2 padding=1 use_bias=no activation=relu",
        "conv 8 3 stride=2 pad=1 bias=no act=relu"
      ),
      ("conv out_channels=8 kernel_size=3 dilation_rate=2", "conv 8 3 dilation=2"),
      ("maxpool kernel_size=3 strides=2 padding=1", "maxpool 3 stride=2 pad=1"),
      ("avgpool pool_size=3 padding=same", "avgpool 3 pad=same"),
      ("dense out_features=4", "dense 4"), ("bn epsilon=0.001", "bn eps=0.001"),
      ("conv1d 8 3 padding=causal", "conv1d 8 3 pad=causal"),
    ])
  func otherWords(typed: String, ours: String) throws {
    #expect(try ScriptReader.arguments(typed) == ScriptReader.arguments(ours))
  }

  private static let refusedTexts: [(type: ArgumentType, texts: [String])] = [
    (.count, ["", "0", "-1", "1.5", "a", " 1", "1 ", "9223372036854775808", "1x2", "１"]),
    (.extents, ["", "0", "3x", "x3", "3x0", "3xx3", "-1x2", "3X5", "3,5", "3x5 "]),
    (.padding, ["", "-1", "1:", ":1", "1:2:3", "1x", "x1", "Same", "1.5", "1:-1"]),
    (.offsets, ["", "-1", "1x", "same", "1:2"]),
    (.ranges, ["", "3", "1:2:3", "a:", "1:2x", "1:2x3", "1.5:"]),
    (.shape, ["", "0", "4x0", "_x_", "-1x_", "2x2x2x2", "4x", "a"]),
    (.sides, ["causal", "same", "valid", "", "-1"]),
    (.number(0...1), ["", "-0.1", "1.1", "nan", "inf", "a", "1e400", "0,5"]),
    (.share, ["1", "-0.1", "nan", "inf", "", "50%"]), (.flag, ["", "1", "0", "y", "yes "]),
    (.bias, ["", "y", "nan", "inf", "-1001", "1e4"]),
    (.activation, ["", "conv", "act", "Relu", "identity"]),
    (.choice(["A", "B"]), ["", "a", "AB", "A,B"]),
  ]

  @Test("texts that are no values")
  func refused() {
    for (type, texts) in Self.refusedTexts {
      for text in texts { #expect(type.value(of: text) == nil, "\(type): \"\(text)\"") }
    }
  }

  private static let unsuited:
    [(words: [String], options: [(String, String)], fault: ArgumentFault)] =
      [
        (["10", "3", "2"], [], .surplus(kind: .convolution, index: 2)),
        (["10"], [], .missing(kind: .convolution, parameter: "kernel")),
        ([], [], .missing(kind: .convolution, parameter: "channels")),
        ([], [("kernel", "3")], .missing(kind: .convolution, parameter: "channels")),
        (["10", "3"], [("size", "2")], .unknownKey(kind: .convolution, key: "size")),
        (["10", "3"], [("Stride", "2")], .unknownKey(kind: .convolution, key: "Stride")),
        (["10", "3"], [("", "2")], .unknownKey(kind: .convolution, key: "")),
        (
          ["10", "3"], [("stride", "2"), ("stride", "2")],
          .repeated(kind: .convolution, key: "stride")
        ),
        (["10", "3"], [("kernel", "3")], .repeated(kind: .convolution, key: "kernel")),
        (["10"], [("channels", "3")], .repeated(kind: .convolution, key: "channels")),
        (
          ["10", "3"], [("padding", "1"), ("pad", "2")],
          .repeated(kind: .convolution, key: "pad")
        ),
        (
          ["10", "3"], [("padding", "-1")],
          .value(kind: .convolution, parameter: "pad", text: "-1", type: .padding)
        ),
        (
          ["ten", "3"], [],
          .value(kind: .convolution, parameter: "channels", text: "ten", type: .count)
        ),
        (
          ["10", "0"], [],
          .value(kind: .convolution, parameter: "kernel", text: "0", type: .extents)
        ),
        (
          ["10", "3"], [("pad", "-1")],
          .value(kind: .convolution, parameter: "pad", text: "-1", type: .padding)
        ),
        (
          ["10", "3"], [("act", "conv")],
          .value(kind: .convolution, parameter: "act", text: "conv", type: .activation)
        ),
      ]

  @Test("words and keys that do not suit a convolution", arguments: unsuited)
  func faults(words: [String], options: [(String, String)], fault: ArgumentFault) {
    let error = #expect(throws: ArgumentFault.self) {
      try Arguments(
        .convolution, words: words, options: options.map { (key: $0.0, text: $0.1) })
    }
    #expect(error == fault)
  }

  @Test(
    "words and keys that do not suit other kinds",
    arguments: [
      ("relu 3", ArgumentFault.surplus(kind: .function(.relu), index: 0)),
      (
        "pad same",
        .value(kind: .pad, parameter: "amount", text: "same", type: .sides)
      ),
      (
        "maxpool 2 stride=SIZE",
        .value(kind: .maximumPooling, parameter: "stride", text: "SIZE", type: .extents)
      ),
      ("dropout 1", .value(kind: .dropout, parameter: "rate", text: "1", type: .share)),
      ("act", .missing(kind: .activation, parameter: "function")),
      (
        "bn momentum=2",
        .value(kind: .batchNormalization, parameter: "momentum", text: "2", type: .number(0...1))
      ),
      (
        "residual shortcut=given { }",
        .value(
          kind: .residual, parameter: "shortcut", text: "given",
          type: .shortcut)
      ),
      (
        "parallel join=mean { }",
        .value(
          kind: .parallel, parameter: "join", text: "mean",
          type: .choice(["concat", "add", "mul", "highway"]))
      ),
      (
        "se units=0",
        .value(kind: .squeezeExcite, parameter: "units", text: "0", type: .countOrAuto)
      ),
      ("repeat { }", .missing(kind: .repeated, parameter: "copies")),
      ("seq 3 { }", .surplus(kind: .sequential, index: 0)),
    ])
  func otherFaults(text: String, fault: ArgumentFault) {
    let error = #expect(throws: ArgumentFault.self) { try ScriptReader.blocks(text) }
    #expect(error == fault)
  }

  @Test("what is given, what is missing, what is a default")
  func given() throws {
    var arguments = try Arguments(.convolution, words: ["10"], options: [("kernel", "3")])
    #expect(arguments.isGiven("channels") && arguments.isGiven("kernel"))
    #expect(!arguments.isGiven("stride"))
    #expect(arguments["stride"] == .extents(Extents(1)))
    #expect(arguments["size"] == nil)
    #expect(arguments.missing.isEmpty)
    #expect(Arguments(.convolution).missing.map(\.name) == ["channels", "kernel"])
    arguments["stride"] = .extents(Extents(2))
    #expect(arguments.words == ["10", "3", "stride=2"])
  }
}

extension Arguments {
  /// The arguments that printed words give.
  fileprivate static func read(_ kind: Kind, _ words: [String]) -> Arguments? {
    let options = words.filter { $0.contains("=") }.map { word in
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      return (key: parts[0], text: parts[1])
    }
    let positional = words.filter { !$0.contains("=") }
    return try? Arguments(kind, words: positional, options: options)
  }

  /// Only the values that are printed.
  fileprivate var withoutDefaults: Arguments? { Self.read(kind, words) }
}
