import Networks
import Testing

/// The table of kinds: complete, consistent, and what it says.
struct KindTableTests {
  @Test(
    "every kind has a row with a summary, and parameters with summaries", arguments: Kind.allCases)
  func rows(kind: Kind) {
    let row = kind.row
    #expect(!row.summary.isEmpty && !row.summary.hasSuffix("."))
    #expect(Set(row.parameters.map(\.name)).count == row.parameters.count)
    #expect(row.parameters.allSatisfy { !$0.summary.isEmpty })
    #expect(!row.parameters.contains { $0.name == "name" }, "name= is the block's own")
    let firstKeyed = row.parameters.firstIndex { !$0.isPositional } ?? row.parameters.count
    #expect(row.parameters[firstKeyed...].allSatisfy { !$0.isPositional })
    let firstDefault =
      row.parameters.firstIndex { $0.defaultText != nil } ?? row.parameters.count
    #expect(row.parameters[firstDefault...].allSatisfy { $0.defaultText != nil })
  }

  @Test(
    "every default is a value of its type, or names another parameter", arguments: Kind.allCases)
  func defaults(kind: Kind) {
    for parameter in kind.row.parameters {
      guard let text = parameter.defaultText else { continue }
      if let value = parameter.type.value(of: text) {
        #expect(value.text == text, "\(kind.rawValue) \(parameter.name)")
      } else {
        #expect(kind.row.parameters.contains { $0.name.uppercased() == text })
      }
    }
  }

  @Test("words are unique: names and aliases lead to their kind and nowhere else")
  func words() {
    var kinds: [String: Kind] = [:]
    for kind in Kind.allCases {
      for word in [kind.rawValue] + kind.row.aliases {
        #expect(kinds.updateValue(kind, forKey: word) == nil, "\(word) twice")
        #expect(Kind(word: word) == kind)
      }
    }
    for word in ["", "Conv", "con", "conv ", "input", "none", "rélu"] {
      #expect(Kind(word: word) == nil)
    }
  }

  @Test(
    "aliases",
    arguments: [
      ("ramp", Kind.function(.relu)), ("leakyrelu", .function(.leaky)), ("swish", .function(.silu)),
      ("softrelu", .function(.softplus)),
      ("linear", .dense), ("batchnorm", .batchNormalization), ("activation", .activation),
      ("layernorm", .layerNormalization), ("rms", .rootMeanSquareNormalization),
      ("groupnorm", .groupNormalization), ("instancenorm", .instanceNormalization),
      ("dropout2d", .spatialDropout), ("stochasticdepth", .dropPath), ("gaussiannoise", .noise),
    ])
  func aliases(word: String, kind: Kind) {
    #expect(Kind(word: word) == kind)
  }

  private static let signatures: [(kind: Kind, text: String)] = [
    (
      .convolution,
      "conv CHANNELS KERNEL stride=1 pad=same dilation=1 groups=1 bias=yes act=none"
    ),
    (
      .convolution1D,
      "conv1d CHANNELS KERNEL stride=1 pad=same dilation=1 groups=1 bias=yes act=none"
    ),
    (
      .convolution2D,
      "conv2d CHANNELS KERNEL stride=1 pad=same dilation=1 groups=1 bias=yes act=none"
    ),
    (
      .transposedConvolution,
      "deconv CHANNELS KERNEL stride=1 pad=same outpad=0 dilation=1 groups=1 bias=yes act=none"
    ),
    (.dense, "dense UNITS bias=yes act=none"),
    (
      .batchNormalization, "bn momentum=0.9 eps=1e-05 scale=yes center=yes statistics=batch sync=no"
    ),
    (.function(.relu), "relu"),
    (.function(.leaky), "leaky SLOPE=0.01"), (.function(.sigmoid), "sigmoid"),
    (.function(.tanh), "tanh"), (.function(.elu), "elu ALPHA=1"),
    (.function(.selu), "selu"), (.function(.gelu), "gelu"), (.function(.silu), "silu"),
    (.function(.mish), "mish"), (.function(.hardswish), "hardswish"),
    (.function(.hardsigmoid), "hardsigmoid"), (.function(.relu6), "relu6"),
    (.function(.softplus), "softplus"),
    (.function(.softsign), "softsign"), (.function(.softmax), "softmax"),
    (.activation, "act FUNCTION"),
    (.maximumPooling, "maxpool SIZE=2 stride=SIZE pad=0 ceil=no"),
    (.averagePooling, "avgpool SIZE=2 stride=SIZE pad=0 ceil=no"), (.globalAveragePooling, "gap"),
    (.globalMaximumPooling, "gmp"), (.lastPosition, "last"), (.firstPosition, "first"),
    (.flatten, "flatten"),
    (.dropout, "dropout RATE=0.5"),
    (.scale, "scale START=1"), (.parametricRelu, "prelu START=0.25 shared=yes"),
    (.subsample, "subsample CHANNELS stride=1"), (.pad, "pad AMOUNT mode=zero"),
    (.upsample, "upsample FACTOR mode=nearest"), (.pixelShuffle, "pixelshuffle FACTOR"),
    (.channelShuffle, "channelshuffle GROUPS"), (.permute, "permute FIRST=2 SECOND=1 THIRD=3"),
    (.slice, "slice RANGE over=channels"), (.reshape, "reshape SHAPE"), (.identity, "identity"),
    (.tap, "tap TAP"),
    (.layerNormalization, "ln over=channels eps=1e-05 affine=yes"),
    (.rootMeanSquareNormalization, "rmsnorm eps=1.1920929e-07 affine=yes"),
    (.groupNormalization, "gn GROUPS eps=1e-05 affine=yes"),
    (.instanceNormalization, "instnorm eps=1e-05 affine=no"),
    (.localResponse, "lrn SIZE alpha=0.0001 beta=0.75 k=1"),
    (.layerScale, "layerscale START=1e-06"), (.spatialDropout, "spatialdropout RATE=0.5"),
    (.dropPath, "droppath RATE"), (.noise, "noise SD=0.1"), (.gatedLinear, "glu"),
    (.attention, "attention HEADS causal=no dropout=0 bias=yes"),
    (.embedding, "embedding VOCABULARY UNITS"), (.positions, "positions SOURCE=learned"),
    (.classToken, "cls"),
    (.longShortTermMemory, "lstm UNITS directions=1 return=all bias=yes"),
    (.gatedRecurrentUnit, "gru UNITS directions=1 return=all bias=yes"),
    (.sequential, "seq { … }"),
    (.residual, "residual shortcut=auto act=none scale=1 { … } { … }"),
    (.parallel, "parallel join=concat { … } { … }"),
    (.join, "join TAP JOIN=add [{ … }]"),
    (.repeated, "repeat COPIES shared=no { … }"),
    (.squeezeExcite, "se reduction=16 units=auto act=relu gate=sigmoid [{ … }]"),
    (.highway, "highway bias=-2 { … }"),
    (.rezero, "rezero shortcut=auto { … }"),
    (.preactivation, "preact shortcut=auto { … }"),
  ]

  @Test("signatures of all kinds")
  func signatureTexts() {
    #expect(Self.signatures.map(\.kind) == Kind.allCases)
    for (kind, text) in Self.signatures { #expect(kind.signature == text) }
  }

  @Test(
    "what is expected of each type, as an error says it",
    arguments: [
      (ArgumentType.count, "a whole number from 1"),
      (.countOrAuto, "a whole number from 1, or auto"),
      (.extents, "a size from 1 such as 3 or 3x5"),
      (.padding, "same, valid, causal, or positions such as 1, 3:4 or 1x2"),
      (.sides, "positions such as 1, 3:4 or 1x2"),
      (.offsets, "a number of positions from 0 such as 1 or 0x1"),
      (.ranges, "a range of places such as 0:16, 8:, :-1 or 1:-1x0:4"),
      (.shape, "a shape such as 16x4x4 or _x4x4, where _ is what is left"),
      (.number(0...1), "a number from 0 to 1"),
      (.number(-1000...1000), "a number from -1000 to 1000"),
      (.number(0.5...1e12), "a number from 0.5 to 1000000000000.0"),
      (.share, "a number from 0 to below 1"), (.flag, "yes or no"),
      (.bias, "yes, no or a number from -1000 to 1000"),
      (.activation, "an activation such as relu, or none"), (.choice(["a", "b"]), "a, b"),
    ])
  func expectations(type: ArgumentType, text: String) {
    #expect(type.expectation == text)
  }

  @Test("every completion is a value")
  func completions() {
    #expect(ArgumentType.padding.completions == ["same", "valid", "causal"])
    #expect(ArgumentType.sides.completions == [])
    #expect(ArgumentType.flag.completions == ["yes", "no"])
    #expect(ArgumentType.bias.completions == ["yes", "no"])
    #expect(ArgumentType.count.completions == [])
    #expect(ArgumentType.countOrAuto.completions == ["auto"])
    #expect(
      ArgumentType.activation.completions == ["none"]
        + Activation.Function.allCases.map(\.rawValue))
    for type in [ArgumentType.padding, .flag, .activation, .choice(["a", "b"])] {
      #expect(type.completions.allSatisfy { type.value(of: $0) != nil })
    }
  }

  @Test("kinds that take braces, and how many")
  func braces() {
    let counts = Kind.allCases.filter { $0.row.blocks != nil }.map { ($0, $0.row.blocks) }
    #expect(
      counts.map(\.0) == [
        .sequential, .residual, .parallel, .join, .repeated, .squeezeExcite, .highway, .rezero,
        .preactivation,
      ])
    #expect(counts.map(\.1) == [1...1, 1...2, 1...64, 0...1, 1...1, 0...1, 1...1, 1...1, 1...1])
  }
}
