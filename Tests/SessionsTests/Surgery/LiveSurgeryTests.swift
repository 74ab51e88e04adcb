import Networks
import Testing
import Training

@testable import Sessions

/// Surgery on a network that is learning: what stays, what is new, and the way back.
struct LiveSurgeryTests {
  private static let forms = "set dense1 act=relu; set dense2 act=relu; insert bn after dense1"

  @Test("an answer says what was inserted, how far outputs moved, and that the loss stayed")
  func answers() {
    let live = LiveSession("set dense1 act=relu; set dense2 act=relu; batch 64; lr 0")
    let deepened = live.type("deepen dense2")
    #expect(
      Masks.masked(deepened) == """
        deepened dense2: dense4 after dense2
          dense4  dense 8 act=relu  8 → 8  72 parameters
          max|Δoutput| # on 64 examples, outputs up to #
        kept 6 tensors, new 2 (dense4.weight …); loss # → #
        """)
    let widened = live.type("widen dense1 12")
    #expect(
      Masks.masked(widened) == """
        widened dense1 from 8 to 12; read by dense2
          dense1  dense 12 act=relu  2 → 12  36 parameters
          max|Δoutput| # on 64 examples, outputs up to #
        kept 5 tensors, new 3 (dense1.weight …); loss # → #
        """)
    for answer in [deepened, widened] {
      let losses = answer.split(separator: "; loss ").last?.split(separator: " → ") ?? []
      #expect(losses.count == 2 && losses.first == losses.last, "\(answer)")
    }
    live.type("stop")
  }

  @Test(
    "other tensors keep their weights and momentum to the bit; undo and redo restore everything",
    arguments: ["deepen dense1", "deepen dense2", "widen dense1 11", "widen dense2 20"],
    [true, false])
  func untouched(command: String, isLive: Bool) {
    let live = LiveSession(Self.forms, trains: isLive)
    if !isLive { live.session.answer("train 3 steps") }
    let before = live.learned
    let root = live.network?.root
    let old = live.network?.parameters ?? []
    let answer = live.session.answer(command, from: .prompt)
    #expect(answer.outcome == .done && answer.text.contains("kept "), "\(answer.text)")
    let after = live.learned
    let shapes = Dictionary(uniqueKeysWithValues: old.map { ($0.key, $0.shape) })
    var kept = 0
    for specification in live.network?.parameters ?? [] {
      #expect(after.has(specification))
      guard shapes[specification.key] == specification.shape else { continue }
      kept += 1
      let key = specification.key
      #expect(after.parameters[key] == before.parameters[key])
      #expect(after.optimizerState.moments[0][key] == before.optimizerState.moments[0][key])
      #expect(after.optimizerState.updates[key] == before.optimizerState.updates[key])
    }
    #expect(kept >= 3)
    let changed = live.weights
    live.type("undo")
    #expect(live.network?.root == root)
    for specification in old {
      let key = specification.key
      #expect(live.learned.parameters[key] == before.parameters[key], "\(specification.path)")
      #expect(live.learned.optimizerState.moments[0][key] == before.optimizerState.moments[0][key])
      #expect(live.learned.optimizerState.updates[key] == before.optimizerState.updates[key])
    }
    live.type("redo")
    #expect(live.weights == changed)
    let steps = live.learned.steps
    if isLive { live.type("step 2") } else { live.session.answer("train 2 steps") }
    #expect(live.learned.steps == steps + 2)
    #expect(live.weights != changed)
    if isLive { live.type("stop") }
  }

  @Test("the copies of a channel do not stay alike")
  func copiesPart() {
    let live = LiveSession("set dense1 act=relu", trains: false)
    live.session.answer("train 5 steps")
    live.type("widen dense1 16")
    func rows() -> [[Float]] {
      let values = live.weights["dense1.weight"] ?? []
      return stride(from: 0, to: values.count, by: 2).map { Array(values[$0..<$0 + 2]) }
    }
    let copies = rows().enumerated().filter { index, row in
      index >= 8 && rows().firstIndex(of: row) ?? 99 < 8
    }
    #expect(copies.count == 8)
    live.session.answer("train 3 steps")
    // Dead units move neither themselves nor their copies.
    #expect(Set(rows()).count > Set(rows().prefix(8)).count)
  }

  @Test("weights that were not drawn yet are drawn as training draws them")
  func draws() {
    let plain = LiveSession("set dense1 act=relu", trains: false)
    let widened = LiveSession("set dense1 act=relu", trains: false)
    widened.type("widen dense2 20")
    plain.session.answer("init he; train 1 steps; undo; evaluate")
    #expect(widened.weights["dense1.weight"] == plain.weights["dense1.weight"])
    #expect(widened.weights["dense1.weight"]?.isEmpty == false)
  }

  @Test("the seed decides copies and shares")
  func seeds() {
    func weights(_ seed: Int) -> [String: [Float]] {
      let live = LiveSession("seed 1; evaluate; seed \(seed)", trains: false)
      live.type("widen dense1 20")
      return live.weights
    }
    #expect(weights(1) == weights(1))
    #expect(weights(1) != weights(2))
  }
}
