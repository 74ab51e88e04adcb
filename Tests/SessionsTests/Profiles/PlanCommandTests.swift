import Foundation
import Networks
import Testing

@testable import Engine
@testable import Sessions
@testable import Training

/// `plan`: where the time of a training step goes.
struct PlanCommandTests {
  private static let small =
    "data digits; batch 8; add conv2d 4 3; add bn; add relu; add gap; add dense 10"

  private func session(_ text: String = small) -> Session {
    let session = Session()
    session.answer(text)
    return session
  }

  private func lines(_ text: String) -> [String] {
    text.split(separator: "\n").map(String.init)
  }

  @Test("the heaviest steps come first, with the sums of passes and of all below")
  func table() throws {
    let text = session().answer("plan steps=5").text
    let lines = lines(text)
    #expect(lines[0] == "8 train examples of digits, 1 thread; median of 5 steps")
    let machine =
      /this machine, [a-z0-9]+: [0-9.]+ GFLOP\/s in products, [0-9.]+ GB\/s over [0-9]+ [KM]iB/
    #expect(lines[1].wholeMatch(of: machine) != nil, "\(lines[1])")
    let heads = lines[2].split(separator: " ").map(String.init)
    #expect(heads == ["block", "kernel", "µs", "p99", "GFLOP/s", "bound", "sum"])
    #expect(lines[lines.count - 3].hasSuffix("100 %"))
    #expect(lines[lines.count - 2].hasPrefix("forward "))
    #expect(
      lines[lines.count - 1].wholeMatch(
        of: /sum [0-9.,]+ µs; a whole step without clocks in it takes [0-9.,]+ µs \(p99 [0-9.,]+\)/)
        != nil, "\(lines[lines.count - 1])")
    #expect(lines.allSatisfy { DisplayWidth.columns(of: $0) <= 80 }, "\(text)")
  }

  @Test("programs are told all figures, in the order of execution; shares come to 1")
  func data() throws {
    let data = try #require(session().data("plan steps=5"))
    #expect(data["network"]?.string == "main")
    #expect(data["examples"] == .integer(8))
    let steps = try #require(data["steps"]).elements
    let shares = steps.compactMap { $0["share"]?.double }
    let sum = shares.reduce(0, +)
    #expect(shares.count == steps.count)
    #expect(abs(sum - 1) < 1e-9)
    #expect(steps.first?["path"]?.string == "input")
    #expect(steps.last?["pass"]?.string == "update")
    let convolution = try #require(
      steps.first {
        $0["path"]?.string == "conv1" && ($0["kernel"]?.string ?? "").hasPrefix("conv 3x3 own")
      })
    #expect(convolution["layout"]?.string == "nhwc")
    let median = try #require(convolution["median_us"]?.double)
    let rate = try #require(convolution["gflops"]?.double)
    // 8 examples, 64 positions, 4 channels, 9 taps; a multiplication and an addition.
    let operations = rate * median * 1e3
    // Microseconds are told to the nanosecond.
    #expect(abs(operations - 36_864) < 0.001 * 36_864)
    let passes = try #require(data["passes"]).elements.compactMap { $0["share"]?.double }
    let all = passes.reduce(0, +)
    #expect(abs(all - 1) < 1e-9)
  }

  @Test("a path has the steps of its blocks alone, in shares of the whole step")
  func path() throws {
    let session = session()
    let steps = try #require(session.data("plan dense1 steps=3")?["steps"]).elements
    #expect(!steps.isEmpty)
    #expect(steps.allSatisfy { $0["path"]?.string == "dense1" })
    let part = steps.compactMap { $0["share"]?.double }.reduce(0, +)
    #expect(part < 1)
    let order = lines(session.answer("plan dense1 sort=order steps=3").text)
    #expect(order[2].hasSuffix("share"))
    #expect(order[3].hasPrefix("dense1"))
    #expect(
      lines(session.answer("plan bn1 steps=3").text).count > 4, "the statistics are bn1's own")
  }

  @Test("of many steps the heaviest are shown, and how all of them are")
  func first() {
    let text = lines(session().answer("plan steps=3 first=2").text)
    #expect(text.count == 8)
    #expect(text[5].wholeMatch(of: /[0-9]+ more steps, [0-9]+ %: plan first=[0-9]+/) != nil)
  }

  @Test("a block that is merged with its neighbour says so")
  func merged() {
    let text = session().answer("plan relu1 steps=3").text
    let merged = "relu1 has no step of its own: a neighbour's does its work along"
    #expect(text.hasSuffix(merged) || text.contains("bn + relu"))
  }

  @Test(
    "nothing of the network changes, at rest and in the midst of a run", arguments: [true, false])
  func changesNothing(live: Bool) {
    let session = LiveSession("train 1", trains: live)
    let before = session.learned
    #expect(!session.type("plan steps=2").contains("error"))
    #expect(session.learned.parameters == before.parameters)
    #expect(session.learned.optimizerState == before.optimizerState)
    #expect(session.learned.steps == before.steps)
    if live { session.type("stop") }
  }

  @Test("the run with a plan in it ends with the bits of the run without")
  func leavesNoTrace() {
    let plain = LiveSession("batch 16", trains: false)
    let timed = LiveSession("batch 16", trains: false)
    plain.type("train 2000 steps &")
    plain.type("pause; resume; wait")
    timed.type("train 2000 steps &")
    timed.type("pause; plan steps=2; step 2; plan steps=2; resume; wait")
    #expect(plain.learned.steps == 2000)
    #expect(plain.weights == timed.weights)
  }

  @Test(
    "without data that fits inputs are random numbers",
    arguments: [
      "input 3x16x16; add conv2d 4 3; add gap; add dense 10",
      "input 1x32; add conv 4 3", "input 8; add dense 1; loss bce",
      "input 8; add dense 3; loss bce",
      "input 1x12; add embedding 20 8; add lstm 4; add dense 20",
      "data digits; net other; input 5; add dense 2",
    ])
  func randomInputs(text: String) {
    let answer = session("batch 4; " + text).answer("plan steps=2")
    #expect(answer.outcome == .done, "\(answer.text)")
    #expect(
      answer.text.hasPrefix("4 examples of random numbers, 1 thread; median of 2 steps\n"),
      "\(answer.text)")
  }

  @Test("files have all rows and all figures")
  func files() throws {
    Workplace.enter()
    let session = session()
    #expect(session.answer("plan steps=3 > where.csv").text == "wrote where.csv")
    let table = try String(contentsOfFile: "where.csv", encoding: .utf8)
    #expect(
      table.hasPrefix(
        "path,pass,kernel,layout,threads,median_us,p99_us,gflops,bytes,gbs,share,matrix_share,"
          + "memory_share,bound\r\ninput,forward,copy of the batch,"))
    #expect(session.answer("plan steps=3 > where.txt").text == "wrote where.txt")
    let text = try String(contentsOfFile: "where.txt", encoding: .utf8)
    let heads = lines(text)[2].split(separator: " ").map(String.init)
    #expect(
      heads == [
        "block", "kernel", "pass", "layout", "threads", "µs", "p99", "GFLOP/s", "KiB", "GB/s",
        "bound", "share", "sum",
      ])
    #expect(lines(text).count == table.split(separator: "\r\n").count + 4)
    session.answer("plan steps=3 > where.json")
    let written = try Data(contentsOf: URL(filePath: "where.json"))
    let answer = try JSONSerialization.jsonObject(with: written) as? [String: Any]
    #expect((answer?["data"] as? [String: Any])?["steps"] != nil)
  }

  @Test(
    "what cannot be timed is refused",
    arguments: [
      (
        "", "plan",
        """
        error[E-SHAPE]: no input yet: a network begins with the shape of one example
          plan
          ^~~~
          try: input 1x64
          try: input 3x32x32
          try: data digits
        """
      ),
      (
        "input 4", "plan",
        """
        error[E-STATE]: main has no blocks yet, so there is no plan
          plan
          ^~~~
          try: add dense 10
        """
      ),
      (
        "input 4; add dense 2", "plan dense2",
        """
        error[E-PATH]: no block at dense2; did you mean dense1?
          plan dense2
               ^~~~~~
          try: plan dense1
        """
      ),
      (
        "input 4; add dense 2", "plan sort=time",
        """
        error[E-ARGUMENT]: sort expects one of share, order, found time
          plan sort=time
                    ^~~~
          try: help plan
        """
      ),
      (
        "input 4; add dense 2", "plan steps=0",
        """
        error[E-ARGUMENT]: steps expects a whole number from 1 to 100,000, found 0
          plan steps=0
                     ^
          try: help plan
        """
      ),
      (
        "input 4; add dense 2", "plan first=0",
        """
        error[E-ARGUMENT]: first expects a whole number from 1 to 1,000,000, found 0
          plan first=0
                     ^
          try: help plan
        """
      ),
    ])
  func refusals(start: String, command: String, text: String) {
    #expect(session(start).answer(command, from: .prompt).text == text)
  }

  @Test("what a step comes nearest to decides its bound")
  func bounds() {
    let peak = MachinePeak(threads: 1, operations: 1e11, bandwidth: 1e10, footprint: 1 << 20)
    func line(_ operations: Double, _ bytes: Double) -> StepTimes.Line {
      StepTimes.Line(
        block: nil, path: "x", pass: .forward, kernel: "k", layout: "nc", threads: 1,
        operations: operations, bytes: bytes, times: TimeSpread([1e-3]))
    }
    // In a millisecond the machine does 1e8 operations, or moves 1e7 bytes.
    let lines = [line(6e7, 1e6), line(2e7, 5e6), line(5e6, 5e5), line(0, 2e7)]
    let times = StepTimes(
      lines: lines, whole: TimeSpread([4e-3]), count: 1, batch: 1, threads: 1, footprint: 1 << 20)
    let reading = PlanReading(
      StepProfile(times: times, peak: peak), network: "main", inputs: "", path: nil, blocks: nil)
    #expect(reading.rows.map(\.bound) == [.matrix, .memory, .overhead, .memory])
    let shares = reading.rows.map { ($0.boundShare * 100).rounded() }
    #expect(shares == [60, 50, 5, 200])
    #expect(reading.rows.map(\.share) == [0.25, 0.25, 0.25, 0.25])
    // A step that does more than was measured says what the machine can do.
    let faster = StepTimes(
      lines: [line(2e8, 1e6), line(1e8, 1e6)], whole: TimeSpread([2e-3]), count: 1, batch: 1,
      threads: 1, footprint: 1 << 20)
    let raised = PlanReading(
      StepProfile(times: faster, peak: peak), network: "main", inputs: "", path: nil, blocks: nil)
    #expect(raised.peak.operations == 2e11)
    #expect(raised.rows.map(\.boundShare) == [1, 0.5])
  }

  @Test("the tree is told until the blocks change, and again after undo")
  func shares() throws {
    let session = session(
      "input 3x8x8; add conv2d 4 3; repeat 2 { residual { conv2d 4 3; bn } }; add gap; add dense 3")
    #expect(session.measuredTimes == nil)
    session.answer("plan steps=2")
    let found = try #require(session.measuredTimes)
    let network = try #require(session.state.current?.network)
    let shares = TimeShares(found.shares, in: network)
    let whole = network.root.children.reduce(0) { $0 + (shares.blocks[$1.id] ?? 0) }
    // What is left is of no block: the batch, the loss and the update.
    #expect(whole > 0 && whole < 1)
    let stage = try #require(network.root.children.first { $0.name == "rep1" })
    let copies = stage.children.reduce(0) { $0 + (shares.blocks[$1.id] ?? 0) }
    let own = shares.blocks[stage.id] ?? 0
    #expect(abs(own - copies) < 1e-12)
    session.answer("add relu")
    #expect(session.measuredTimes == nil)
    session.answer("undo")
    #expect(session.measuredTimes?.number == found.number)
  }

  @Test("a check says what it would do, and undo has nothing of it")
  func check() {
    let session = session()
    session.answer("plan steps=2")
    #expect(session.answer("undo").text.contains("add dense 10"))
  }
}
