import Engine
import Language
import Networks
import Testing
import Training

@testable import Sessions

/// The text of every fault that commands can meet, with its notes and offers.
struct FaultTextTests {
  /// A diagnostic and all it says, a line each.
  struct Case: CustomTestStringConvertible, Sendable {
    let diagnostic: Diagnostic
    let lines: [String]

    init(_ diagnostic: Diagnostic, _ lines: String...) {
      (self.diagnostic, self.lines) = (diagnostic, lines)
    }

    var testDescription: String { lines.first ?? "" }
  }

  private static func shape(_ fault: ShapeFault, path: String = "conv1") -> Diagnostic {
    Diagnostic(ShapeError(path: path, block: BlockID(), fault: fault), at: nil)
  }

  private static let series = Shape([4, 10])
  private static let image = Shape([3, 8, 8])

  static let shapes = [
    Case(
      shape(.rank(kind: "conv2d", wanted: [2], input: series)),
      "E-SHAPE: conv1: conv2d expects channels × height × width, found 4×10"),
    Case(
      shape(.rank(kind: "flat", wanted: [0], input: series)),
      "E-SHAPE: conv1: flat expects features, found 4×10"),
    Case(
      shape(.dimensions(parameter: "kernel", given: "3x3", input: series)),
      "E-SHAPE: conv1: kernel=3x3 gives 2 sizes, but the input 4×10 has 1 spatial dimension"),
    Case(
      shape(.causalPadding(input: image)),
      "E-SHAPE: conv1: pad=causal looks back along one dimension, but the input 3×8×8 has 2 spatial "
        + "dimensions"),
    Case(
      shape(
        .window(
          kernel: 3, dilation: 5, extent: 8, padding: .init(before: 1, after: 1), input: series)),
      "E-SHAPE: conv1: a window of 11 (kernel 3, dilation 5) is wider than its input: 8 positions "
        + "with 2 of padding"),
    Case(
      shape(
        .window(
          kernel: 9, dilation: 1, extent: 1, padding: .init(before: 0, after: 0), input: series)),
      "E-SHAPE: conv1: a window of 9 is wider than its input: 1 position"),
    Case(
      shape(.paddingWidth(kernel: 2, padding: .init(before: 2, after: 3)), path: "maxpool1"),
      "E-SHAPE: maxpool1: a pooling window of 2 expects less padding than its size on each side, "
        + "found 2 before and 3 after"),
    Case(
      shape(.groups(groups: 3, inputChannels: 4, outputChannels: 6)),
      "E-SHAPE: conv1: groups=3 must divide the channels, found 4 in and 6 out"),
    Case(
      shape(.normalizationGroups(groups: 3, channels: 8), path: "gn1"),
      "E-SHAPE: gn1: gn expects groups that divide the channels, found 3 groups of 8 channels"),
    Case(
      shape(.heads(4, channels: 6), path: "attention1"),
      "E-SHAPE: attention1: attention expects heads that divide the channels, found 4 heads for 6 "
        + "channels"),
    Case(
      shape(.severalIndices(kind: "embedding", input: series), path: "embedding1"),
      "E-SHAPE: embedding1: embedding expects one channel of whole numbers, found 4×10"),
    Case(
      shape(.oddChannels(kind: "glu", input: Shape([5, 8])), path: "glu1"),
      "E-SHAPE: glu1: glu multiplies one half of the channels with the other: expected an even "
        + "number of channels, found 5"),
    Case(
      shape(
        .sum(body: Shape([8, 5]), shortcut: Shape([4, 10]), input: series, kind: .identity),
        path: "res1"),
      "E-SHAPE: res1: cannot add body 8×5 and shortcut 4×10 (shortcut=identity)",
      "note: channels: 8 from the body, 4 from the shortcut",
      "note: positions: the body takes 10 to 5"),
    Case(
      shape(
        .sum(body: Shape([3, 6, 6]), shortcut: image, input: image, kind: .automatic), path: "res1"),
      "E-SHAPE: res1: cannot add body 3×6×6 and shortcut 3×8×8 (shortcut=auto)",
      "note: positions: the body takes 8×8 to 6×6; no whole stride does, so positions were lost "
        + "(pad=0?)"),
    Case(
      shape(.branches(join: .add, first: series, ordinal: 2, other: image), path: "par1"),
      "E-SHAPE: par1: cannot add branch 1 4×10 and branch 2 3×8×8: shapes must be equal"),
    Case(
      shape(.branches(join: .concatenate, first: series, ordinal: 3, other: image), path: "par1"),
      "E-SHAPE: par1: cannot join branch 1 4×10 and branch 3 3×8×8: all but the channels must be equal"
    ),
    Case(
      shape(
        .factors(ordinal: 1, shape: series, otherOrdinal: 2, other: Shape([3])), path: "par1"),
      "E-SHAPE: par1: cannot multiply branch 1 4×10 and branch 2 3: shapes must be equal, or one "
        + "without positions have as many channels"),
    Case(
      shape(.highway(isGate: false, output: Shape([8, 10]), input: series), path: "highway1"),
      "E-SHAPE: highway1: cannot mix the transform H 8×10 and the input 4×10: shapes must be equal"
    ),
    Case(
      shape(.highway(isGate: true, output: Shape([3]), input: series), path: "par1"),
      "E-SHAPE: par1: cannot mix the gate T 3 and the input 4×10: shapes must be equal, or T "
        + "without positions have as many channels"),
    Case(
      shape(.highwayBranches(count: 3), path: "par1"),
      "E-SHAPE: par1: join=highway expects two branches, the transform H and the gate T; found 3"),
    Case(
      shape(.subsampleChannels(input: series, channels: 2), path: "subsample1"),
      "E-SHAPE: subsample1: subsample only adds channels: expected at least 4, found 2"),
    Case(
      shape(
        .mirroredWidth(extent: 4, padding: Padding.Sides(before: 5, after: 0)), path: "pad1"),
      "E-SHAPE: pad1: mode=reflect mirrors positions next to the edge: expected fewer than 4 on "
        + "each side, found 5 before and 0 after"),
    Case(
      shape(.outputPadding(outpad: 3, stride: 2, dilation: 1), path: "deconv1"),
      "E-SHAPE: deconv1: outpad adds fewer positions than stride or dilation: expected at most 1, "
        + "found 3"),
    Case(
      shape(
        .nothingLeft(extent: 6, padding: Padding.Sides(before: 3, after: 4)), path: "deconv1"),
      "E-SHAPE: deconv1: pad leaves no position: the windows cover 6, pad takes off 3 before and 4 "
        + "after"),
    Case(
      shape(.undivided(kind: "pixelshuffle", channels: 6, by: 4), path: "pixelshuffle1"),
      "E-SHAPE: pixelshuffle1: pixelshuffle expects a number of channels that 4 divides, found 6"),
    Case(
      shape(.slice(range: "3:9", extent: 6, unit: .channels), path: "slice1"),
      "E-SHAPE: slice1: 3:9 is no range of 6 channels: expected places from 0 to 6, the first "
        + "before the last, or below 0 from the end"),
    Case(
      shape(.reshape(shape: "3x_", input: series), path: "reshape1"),
      "E-SHAPE: reshape1: cannot reshape 4×10 to 3x_: expected a shape of 40 values"),
    Case(
      shape(.order(order: "1 3 2", input: series), path: "permute1"),
      "E-SHAPE: permute1: 1 3 2 is no order of the dimensions of 4×10: expected 1 2 in any order, "
        + "those behind as they are"),
    Case(
      shape(.tooLarge(quantity: .extent, limit: 1_048_576)),
      "E-SHAPE: conv1: a size would be larger than 1,048,576"),
    Case(
      shape(.tooLarge(quantity: .valuesPerExample, limit: 1_000)),
      "E-SHAPE: conv1: an example would have more than 1,000 values"),
    Case(
      shape(.tooLarge(quantity: .parameters, limit: 1_000), path: ""),
      "E-SHAPE: the network would have more than 1,000 parameters"),
    Case(
      shape(.tooLarge(quantity: .multiplyAdds, limit: 1_000)),
      "E-SHAPE: conv1: an example would take more than 1,000 multiply-adds"),
    Case(
      shape(.tooLarge(quantity: .nesting, limit: 64)),
      "E-SHAPE: conv1: blocks would lie within each other more than 64 deep"),
    Case(
      shape(.tooLarge(quantity: .blocks, limit: 200_000)),
      "E-SHAPE: conv1: the network would have more than 200,000 blocks"),
  ]

  static let arguments = [
    Case(
      Diagnostic(ArgumentFault.surplus(kind: .function(.relu), index: 0), at: nil),
      "E-ARGUMENT: relu takes no words without a key", "note: usage: relu", "try: help relu"),
    Case(
      Diagnostic(ArgumentFault.surplus(kind: .dense, index: 1), at: nil),
      "E-ARGUMENT: dense takes at most 1 word without a key",
      "note: usage: dense UNITS bias=yes act=none", "try: help dense"),
    Case(
      Diagnostic(ArgumentFault.unknownKey(kind: .dense, key: "bais"), at: nil),
      "E-ARGUMENT: dense has no key bais; did you mean bias?",
      "note: usage: dense UNITS bias=yes act=none", "try: help dense"),
    Case(
      Diagnostic(ArgumentFault.repeated(kind: .dense, key: "units"), at: nil),
      "E-ARGUMENT: dense was given units twice", "note: usage: dense UNITS bias=yes act=none",
      "try: help dense"),
    Case(
      Diagnostic(
        ArgumentFault.value(kind: .dense, parameter: "act", text: "x", type: .activation), at: nil),
      "E-ARGUMENT: act expects an activation such as relu, or none, found x", "try: help dense"),
    Case(
      Diagnostic(ArgumentFault.missing(kind: .dense, parameter: "units"), at: nil),
      "E-ARGUMENT: dense needs UNITS", "note: usage: dense UNITS bias=yes act=none",
      "try: help dense"),
  ]

  private static func edit(_ error: EditError) -> Diagnostic {
    Diagnostic(error, at: nil, replacement: nil)
  }

  static let edits = [
    Case(
      edit(.path(.nothing(path: "conv9", known: ["conv1"]))),
      "E-PATH: no block at conv9; did you mean conv1?", "try: tree"),
    Case(
      edit(.path(.nothing(path: "stage.conv2", known: ["other.conv2"]))),
      "E-PATH: no block at stage.conv2; did you mean other.conv2?", "try: tree"),
    Case(
      edit(.path(.several(path: "conv*", count: 3))),
      "E-PATH: conv* names 3 blocks where one is expected", "try: show conv*"),
    Case(
      edit(.path(.notNeighbours(from: "b", to: "a"))),
      "E-PATH: b and a are no neighbours in this order, so no range runs between them", "try: tree"),
    Case(
      edit(.argument(.missing(kind: .dense, parameter: "units"), path: "dense1")),
      "E-ARGUMENT: dense1: dense needs UNITS", "note: usage: dense UNITS bias=yes act=none",
      "try: help dense"),
    Case(
      edit(.nameTaken(name: "a", path: "stage.a")),
      "E-EDIT: stage.a: a block beside it is called a already"),
    Case(
      edit(.invalidName("a b")),
      "E-EDIT: a name has letters, digits and _, at most 64 of them; found a b"),
    Case(
      edit(.fixedPart(path: "res1.body")),
      "E-EDIT: res1.body has its place in the block around it; edit that block or what is inside",
      "try: show res1"),
    Case(
      edit(.nothingInside(path: "conv1")),
      "E-EDIT: conv1 is a layer; there is nothing inside to unwrap"),
    Case(
      Diagnostic(
        OutputDifference(
          Tensor(shape: [1, 2], values: [4, -8]), Tensor(shape: [1, 2], values: [4, -7.5])),
        verb: "widen", at: nil),
      "E-EDIT: outputs up to 8.0 would change by 0.50, which is more than rounding; nothing was done",
      "try: help widen"),
    Case(
      edit(.frozenWith(path: "res1.body.conv1", container: "res1")),
      "E-EDIT: res1.body.conv1 is frozen with res1, which is frozen as a whole",
      "try: unfreeze res1"),
    Case(
      edit(.branches(path: "par1", count: 2)),
      "E-EDIT: par1 has 2 branches; only a single one could take its place"),
    Case(
      edit(.nothingToWrap),
      "E-EDIT: nothing to wrap: no blocks after the last residual or parallel one", "try: tree"),
    Case(
      edit(.tooFew(asked: 9, found: 2)), "E-EDIT: last=9 asks for more blocks than the 2 there are"),
    Case(
      edit(.notAContainer(.function(.relu))),
      "E-EDIT: relu does not hold blocks; wrap in one of "
        + "seq, residual, parallel, repeat, se, highway, rezero, preact",
      "try: wrap residual"),
  ]

  static let engine = [
    Case(
      Diagnostic(EngineError.singleValueNormalization(path: "bn1", block: BlockID()), at: nil),
      "E-STATE: bn1 normalizes one value per channel, which has no variance", "try: batch 32",
      "try: remove bn1"),
    Case(
      Diagnostic(EngineError.memory(needed: 1_500_000_000_000, available: 8_000_000_000), at: nil),
      "E-MEMORY: this needs 1.5 TB of memory, 8.0 GB can be had", "try: memory"),
    Case(
      Diagnostic(
        EngineError.memory(needed: 34_500_000_000, available: 8_000_000_000, batch: 64), at: nil),
      "E-MEMORY: this needs 34.5 GB of memory, 8.0 GB can be had", "try: batch 64"),
    Case(
      Diagnostic(
        EngineError.stray(StrayNumber(number: 30, path: "embedding1", vocabulary: 27)), at: nil),
      "E-STATE: embedding1 takes whole numbers from 0 to 26, found 30",
      "try: set embedding1 vocabulary=31"),
    Case(
      Diagnostic(EngineError.severalOutputs(3), at: nil),
      "E-SHAPE: bce takes one output, the network has 3", "try: loss cross_entropy"),
    Case(
      Diagnostic(EngineError.batchSize(0), at: nil),
      "E-STATE: a batch of 0 examples is out of bounds", "try: batch 32"),
    Case(
      Diagnostic(EngineError.inputShape(expected: series, found: image), at: nil),
      "E-SHAPE: the data has inputs of 3×8×8, the network takes 4×10", "try: input 3x8x8"),
    Case(
      Diagnostic(EngineError.outputHasPositions(loss: .crossEntropy, output: series), at: nil),
      "E-SHAPE: the output 4×10 still has positions; classes need one score each",
      "try: add gap; add dense 10"),
    Case(
      Diagnostic(EngineError.targetPositions(expected: series, found: [20]), at: nil),
      "E-SHAPE: the data has a class at each of 20 positions, the network's output is 4×10",
      "try: summary"),
    Case(
      Diagnostic(EngineError.label(7, outputs: 4), at: nil),
      "E-SHAPE: label 7 needs at least 8 outputs, the network has 4", "try: add dense 8"),
    Case(
      Diagnostic(EngineError.targetKind(loss: .l1), at: nil),
      "E-STATE: loss l1 compares numbers, the data has classes as targets",
      "try: loss cross_entropy", "try: loss auto"),
    Case(
      Diagnostic(EngineError.targetKind(loss: .crossEntropy), at: nil),
      "E-STATE: loss cross_entropy compares classes, the data has numbers as targets",
      "try: loss l2",
      "try: loss auto"),
    Case(
      Diagnostic(EngineError.targetShape(expected: Shape([4]), found: [2, 3]), at: nil),
      "E-SHAPE: the data has targets of 2×3, the network's output is 4", "try: add dense 6"),
    Case(
      Diagnostic(EngineError.noTargets, at: nil), "E-STATE: the data has nothing to predict",
      "try: help data"),
  ]

  @Test(
    "every fault says what is wrong and what to do", arguments: shapes + arguments + edits + engine)
  func text(of fault: Case) {
    let diagnostic = fault.diagnostic
    let lines =
      ["\(diagnostic.code): \(diagnostic.message)"] + diagnostic.notes.map { "note: " + $0.text }
      + diagnostic.offers.map { "try: " + $0 }
    #expect(lines == fault.lines)
  }
}
