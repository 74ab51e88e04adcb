import COneDNN
import Kernels
import Networks
import Testing

@testable import Engine

/// Choices of who computes convolutions, measured and remembered.
@Suite struct ConvolutionTuningTests {
  private static var hasLibrary: Bool { espalier_onednn_is_available() != 0 }

  /// Windows of all kinds: single positions whose gradient is added to a shortcut's, a stride, groups, and one that
  /// runs backwards.
  private func net() throws -> Network {
    try network(
      [32, 12, 12],
      [
        conv(32, Extents(3)), residual([conv(32, Extents(1))]), relu,
        conv(64, Extents(3)) { $0.stride = Extents(2) },
        conv(64, Extents(3)) { $0.groups = 64 },
        leaf(.transposedConvolution(TransposedConvolution(channels: 32, kernel: Extents(2)))),
        gap, dense(3),
      ])
  }

  /// The passes that a step of a network has.
  private func tasks(_ net: Network, batch: Int, threads: Int = 1) throws -> [ConvolutionTask] {
    let question = MemoryQuestion(
      network: net, optimizer: .sgd, loss: .crossEntropy, threads: threads)
    return try ConvolutionSurvey(question, batch: batch, isAnew: true).items.map(\.task)
  }

  /// The same way for all passes.
  private func choices(_ tasks: [ConvolutionTask], _ method: ConvolutionMethod)
    -> ConvolutionChoices
  {
    var choices = ConvolutionChoices()
    for task in tasks { choices[task] = method }
    return choices
  }

  @Test(
    "loss and gradients are those of the rule whoever computes them, to rounding; to the bit by the same choices",
    .enabled(if: hasLibrary),
    arguments: [
      ConvolutionMethod.direct, .product, .library(images: 1, channels: 1),
      .library(images: 4, channels: 1), .library(images: 2, channels: 2),
    ])
  func agree(_ method: ConvolutionMethod) throws {
    let net = try net()
    let batch = examples(net, count: 8)
    let choices = choices(try tasks(net, batch: 8), method)
    let models = try [nil, choices, choices].map {
      try Model(network: net, parameters: randomParameters(net), choices: $0)
    }
    let losses = try models.map { try $0.differentiate(batch, rows: 0..<8).loss }
    #expect(abs(losses[0] - losses[1]) < 1e-5 * max(1, abs(losses[0])))
    for specification in net.parameters {
      let values = models.map { $0.gradients[specification.key]?.values ?? [] }
      #expect(values[0].count == specification.count)
      #expect(values[1] == values[2])
      let scale = values[0].reduce(Float(1e-3)) { max($0, abs($1)) }
      for (left, right) in zip(values[0], values[1]) {
        #expect(abs(left - right) < 1e-4 * scale, "\(specification.path) \(method)")
      }
    }
  }

  @Test(
    "a plan has the ways that were chosen, and the rule's where they cannot be had",
    .enabled(if: hasLibrary))
  func followed() throws {
    let net = try net()
    let slabs = try ParameterSlabs(ParameterLayout(net.parameters), stateSlabs: 0)
    func methods(_ method: ConvolutionMethod?) throws -> [ConvolutionTask: ConvolutionMethod] {
      var options = PlanOptions(mode: .training, batch: 8, loss: .crossEntropy, threads: 1)
      if let method { options.choices = choices(try tasks(net, batch: 8), method) }
      let draft = try PlanDraft(net, slabs: slabs, options: options, seed: 0)
      return Dictionary(
        draft.builder.convolutions.map { ($0.task, $0.method) }, uniquingKeysWith: { $1 })
    }
    let ruled = try methods(nil)
    #expect(try methods(.direct).values.allSatisfy { $0 == .direct })
    #expect(try methods(.library(images: 9, channels: 1)) == ruled)
    #expect(try methods(.library(images: 1, channels: 1000)) == ruled)
    for (task, method) in try methods(.product) {
      let canBe = task.geometry.isPointwise && !task.isTransposed
      #expect(method == (canBe ? .product : ruled[task]))
    }
    let cut = try methods(.library(images: 4, channels: 1))
    #expect(cut.values.contains(.library(images: 4, channels: 1)))
  }

  @Test("plans are kept apart by their choices, and forgotten where a model goes on with others")
  func plans() throws {
    let net = try net()
    let model = try Model(network: net, parameters: randomParameters(net))
    let first = try model.plan(batch: 8, mode: .training)
    model.use(nil)
    #expect(try model.plan(batch: 8, mode: .training) === first)
    model.use(choices(try tasks(net, batch: 8), .direct))
    let second = try model.plan(batch: 8, mode: .training)
    #expect(second !== first)
    #expect(second.libraryCalls.isEmpty)
  }

  @Test("each pass is measured once, the rule's way among others; what is known is left out")
  func survey() throws {
    let net = try network(
      [16, 8, 8],
      [
        conv(16, Extents(3)),
        conv(16, Extents(3)), gap, dense(3),
      ])
    var question = MemoryQuestion(
      network: net, optimizer: .sgd, loss: .crossEntropy, threads: 1)
    let survey = try ConvolutionSurvey(question, batch: 4, isAnew: false)
    #expect(survey.knownCount == 0)
    // The first one's input needs no gradient.
    #expect(survey.items.map(\.task.passWords).sorted() == ["dW", "dx", "y"])
    #expect(
      Set(survey.items.map(\.paths)) == [["conv1", "conv2"], ["conv2", "conv1"], ["conv2"]])
    for item in survey.items {
      let timing = try #require(try survey.time(item))
      #expect(timing.candidates.allSatisfy { $0.seconds > 0 && $0.seconds < 10 })
      #expect(timing.candidates.contains(timing.ruled))
      #expect(timing.candidates.contains(timing.chosen))
      #expect(timing.chosen.seconds <= timing.ruled.seconds)
      #expect(timing.gain >= 0 && timing.saved >= 0)
      let methods = timing.candidates.map(\.method)
      #expect(Set(methods).count == methods.count && methods.contains(.direct))
    }
    question.choices = choices([survey.items[0].task], .direct)
    let next = try ConvolutionSurvey(question, batch: 4, isAnew: false)
    #expect(next.knownCount == 1)
    #expect(next.items.map(\.task) == survey.items.dropFirst().map(\.task))
    #expect(try ConvolutionSurvey(question, batch: 4, isAnew: true).items.count == 3)
    #expect(try ConvolutionSurvey(question, batch: 5, isAnew: false).knownCount == 0)
  }

  @Test("another way is chosen where it saves 3 %")
  func threshold() throws {
    let task = try #require(try tasks(net(), batch: 8).first)
    func timing(_ seconds: Double) -> ConvolutionTiming {
      ConvolutionTiming(
        task: task, paths: ["conv1", "conv2"],
        ruled: .init(method: .library(images: 1, channels: 1), seconds: 1),
        others: [.init(method: .direct, seconds: seconds)])
    }
    #expect(timing(0.98).chosen.method == .library(images: 1, channels: 1))
    #expect(timing(0.98).saved == 0)
    #expect(timing(0.9).chosen.method == .direct)
    #expect(abs(timing(0.9).gain - 0.1) < 1e-12)
    #expect(abs(timing(0.9).saved - 0.2) < 1e-12)
  }

  @Test("tasks and methods come back from their texts")
  func texts() throws {
    for threads in [1, 2] {
      for task in try tasks(net(), batch: 8, threads: threads) {
        #expect(ConvolutionTask(text: task.text) == task)
      }
    }
    let text =
      "pass=weights threads=2 images=8 groups=1 input=32x12x12 output=64x5x5 vertical=3,2,1,0,0 "
      + "horizontal=3,2,1,0,0 bias=yes transposed=no add=no"
    let task = try #require(ConvolutionTask(text: text))
    #expect(task.text == text)
    #expect(task.words == "3x3 32x12x12 → 64" && task.passWords == "dW")
    for (pass, words) in [("inputs", "dx added"), ("weights", "dW added")] {
      let added = text.replacing("add=no", with: "add=yes")
        .replacing("pass=weights", with: "pass=\(pass)")
      #expect(ConvolutionTask(text: added)?.passWords == words)
    }
    for (part, other) in [
      ("pass=weights", "pass=upward"), ("threads=2", "threads=two"), ("images=8", "images=-8"),
      ("input=32x12x12", "input=32x12"), ("horizontal=3,2,1,0,0", "horizontal=3,2,1,0"),
      ("bias=yes", "bias=1"), (" add=no", ""), ("add=no", "add=no add=no"),
      ("images=8", "images=99999999999999999999"), ("groups=1", "groups"),
    ] {
      #expect(ConvolutionTask(text: text.replacing(part, with: other)) == nil, "\(other)")
    }
    let methods: [(ConvolutionMethod, String, String)] = [
      (.direct, "own", "own"), (.product, "product", "product"),
      (.library(images: 1, channels: 1), "onednn:1x1", "oneDNN"),
      (.library(images: 8, channels: 2), "onednn:8x2", "oneDNN 8x2"),
    ]
    for (method, text, words) in methods {
      #expect(method.text == text && method.words == words)
      #expect(ConvolutionMethod(text: text) == method)
    }
    for text in ["", "Own", "onednn", "onednn:0x1", "onednn:1", "onednn:1x", "onednn:ax1"] {
      #expect(ConvolutionMethod(text: text) == nil, "\(text)")
    }
  }

  @Test("what memory tells of a step by choices is what it takes", .enabled(if: hasLibrary))
  func need() throws {
    let net = try net()
    var question = MemoryQuestion(
      network: net, optimizer: .sgd, loss: .crossEntropy, threads: 1)
    let choices = choices(try tasks(net, batch: 8), .library(images: 4, channels: 1))
    question.choices = choices
    let need = try question.training(batch: 8)
    let model = try Model(network: net, parameters: randomParameters(net), choices: choices)
    let plan = try model.plan(batch: 8, mode: .training)
    #expect(need.plan == plan.arenaBytes)
  }
}
