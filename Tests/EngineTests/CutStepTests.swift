import Kernels
import Networks
import Synchronization
import Testing

@testable import Engine

/// A step that an end is asked for in its midst, wherever that is, leaves all as it was before it.
@Suite struct CutStepTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let input: [Int]
    var usesLibrary = true
    let body: @Sendable () -> [Block]

    var testDescription: String { name }
  }

  /// Networks with all that a forward pass changes or draws, and with kernels that ask in their midst.
  static let cases = [
    Case(name: "batch norm, dropout, noise and a residual", input: [2, 8]) {
      [
        conv(6, Extents(3)), bn(), relu, leaf(.dropout(Dropout(rate: 0.3))),
        residual([conv(6, Extents(3)), bn(), relu, leaf(.noise(Noise(deviation: 0.1)))]), gap,
        dense(3),
      ]
    },
    Case(name: "our own convolutions and pooling", input: [2, 6, 6], usesLibrary: false) {
      [
        conv(5, Extents(3)), bn(), pool(.maximum, Extents(2)), conv(20, Extents(1)),
        pool(.average, Extents(2)), gap, dense(3),
      ]
    },
    Case(name: "recurrent layers", input: [3, 7]) {
      [
        leaf(.recurrent(Recurrent(.longShortTerm, units: 5))), bn(),
        leaf(.recurrent(Recurrent(.gatedUnit, units: 4))), gap, dense(3),
      ]
    },
    Case(name: "attention", input: [3, 6]) {
      [
        conv(4, Extents(1)), leaf(.positions(Positions())),
        leaf(.attention(attention)), bn(), gap, dense(3),
      ]
    },
  ]

  private static var attention: Attention {
    var attention = Attention(heads: 2)
    attention.dropout = 0.2
    return attention
  }

  /// All of a model that lasts from one step to the next.
  private struct State: Equatable {
    let parameters: ParameterStore
    let optimizer: OptimizerState
    let memory: StepMemory
    let steps: Int

    init(_ model: Model) throws {
      (parameters, optimizer) = try model.learned()
      memory = try model.stepMemory()
      steps = model.steps
    }
  }

  private func model(_ net: Network, _ tested: Case, threads: Int) throws -> Model {
    var optimizer = Optimizer(.sgd(momentum: 0.9, nesterov: true), learningRate: 0.05)
    optimizer.averaging = 0.9
    let model = try Model(
      network: net, parameters: randomParameters(net), optimizer: optimizer, seed: 5,
      threads: threads, usesLibrary: tested.usesLibrary)
    model.clipping = .norm(0.5)
    return model
  }

  /// Takes the step of a number: other examples and another rate each time, every second one without an update.
  private func step(_ number: Int, of model: Model, on all: Examples) throws {
    _ = try model.step(
      all, rows: number * 4..<number * 4 + 4, learningRate: 0.01 * Double(number + 1),
      mixing: 0.7, updates: number % 2 == 1)
  }

  @Test("it is as if it had not begun, and comes out the same later", arguments: cases, [1, 2])
  func everyPlace(_ tested: Case, threads: Int) throws {
    let net = try network(tested.input, tested.body())
    let all = examples(net, count: 16)
    let (cut, whole) = (
      try model(net, tested, threads: threads), try model(net, tested, threads: threads)
    )
    for number in 0..<4 {
      let before = try State(cut)
      let norms = cut.gradientNorms()
      let counter = StopSignal()
      counter.set(after: 1_000_000)
      try Interruption.with(counter) { try step(number, of: whole, on: all) }
      let questions = 1_000_001 - counter.cell.pointee.load(ordering: .relaxed)
      #expect(questions > 15)
      var cuts = 0
      while cuts <= questions {
        let signal = StopSignal()
        signal.set(after: cuts)
        do {
          try Interruption.with(signal) { try step(number, of: cut, on: all) }
          break
        } catch EngineError.interrupted {
          #expect(try State(cut) == before, "step \(number) cut at question \(cuts)")
          #expect(cut.gradientNorms().isEmpty)
        }
        cuts += 1
      }
      // A kernel that asks in its midst is stopped there by the last question of all.
      #expect(cuts >= questions / 2 && cuts <= questions + 1, "\(cuts) of \(questions)")
      #expect(try State(cut) == State(whole), "step \(number)")
      #expect(norms.keys == cut.gradientNorms().keys || number == 0)
      #expect(cut.gradientNorms() == whole.gradientNorms())
    }
  }

  @Test("gradients that are asked for behind a cut step are those of their batch", arguments: cases)
  func gradientsBehind(_ tested: Case) throws {
    let net = try network(tested.input, tested.body())
    let all = examples(net, count: 16)
    let (cut, whole) = (try model(net, tested, threads: 1), try model(net, tested, threads: 1))
    let signal = StopSignal()
    signal.set(after: 3)
    #expect(throws: EngineError.interrupted) {
      try Interruption.with(signal) { try step(0, of: cut, on: all) }
    }
    for model in [cut, whole] { _ = try model.differentiate(all, rows: 0..<4) }
    #expect(!cut.gradientNorms().isEmpty && cut.gradientNorms() == whole.gradientNorms())
  }

  @Test("answers that were cut are the same when they are asked for again", arguments: cases)
  func answers(_ tested: Case) throws {
    let net = try network(tested.input, tested.body())
    let model = try model(net, tested, threads: 1)
    let some = inputs(net, count: 3)
    let expected = try model.predict(some)
    model.noteUpdate()
    var cuts = 0
    while cuts < 1000 {
      let signal = StopSignal()
      signal.set(after: cuts)
      do {
        #expect(try Interruption.with(signal) { try model.predict(some) } == expected)
        break
      } catch EngineError.interrupted { cuts += 1 }
    }
    #expect(cuts > 4 && cuts < 1000)
  }

  @Test("a step that was computed and is taken back leaves nothing behind", arguments: cases)
  func takenBack(_ tested: Case) throws {
    let net = try network(tested.input, tested.body())
    let model = try model(net, tested, threads: 1)
    let all = examples(net, count: 16)
    try step(0, of: model, on: all)
    let before = try State(model)
    #expect(try model.compute(all, rows: 4..<8).result.isFinite)
    #expect(try State(model).parameters != before.parameters)
    model.takeBack()
    #expect(try State(model) == before)
  }

  @Test("the update asks nobody: a step whose weights follow already is finished")
  func updating() throws {
    let net = try network([3], [dense(4), relu, dense(2)])
    let model = try Model(network: net, parameters: randomParameters(net), threads: 1)
    let all = examples(net, count: 4)
    let computed = try model.compute(all, rows: 0..<4)
    let signal = StopSignal()
    signal.set(true)
    try Interruption.with(signal) { () throws(EngineError) in
      try model.follow(computed, learningRate: 0.1, updates: true)
    }
    #expect(model.steps == 1)
  }

  @Test("kernels that may last stop in their midst", arguments: cases)
  func kernels(_ tested: Case) throws {
    let net = try network(tested.input, tested.body())
    let model = try model(net, tested, threads: 1)
    try step(0, of: model, on: examples(net, count: 4))
    let plan = try #require(model.lastTraining)
    let signal = StopSignal()
    signal.set(true)
    for index in plan.executor.instructions.indices {
      guard let instruction = plan.executor.instructions.baseAddress.map({ $0 + index }) else {
        continue
      }
      let asks =
        switch instruction.pointee.work {
        case .recurrent, .attention, .pooling: true
        case .directConvolution(let work):
          switch work.pass {
          case .forward, .backward, .weightGradient: true
          case .pack, .packBackward, .unpackGradient: false
          }
        default: false
        }
      let status = instruction.run(Part(index: 0, count: 1, stop: StopCell(signal.cell)))
      #expect(status == (asks ? Instruction.isStopped : status), "\(instruction.pointee.work)")
      if asks { #expect(instruction.run(Part(index: 0, count: 1)) == 0) }
    }
  }
}
