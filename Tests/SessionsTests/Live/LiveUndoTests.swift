import Networks
import Testing
import Training

@testable import Sessions

/// Undo and redo of edits while a network learns, and after it has.
struct LiveUndoTests {
  @Test("undo brings back what the edit dropped, redo what undo dropped")
  func backAndForth() {
    let live = LiveSession()
    let first = live.weights
    live.type("set dense2 units=5")
    live.type("step 2")
    let second = live.weights
    live.type("undo")
    let undone = live.weights
    #expect(undone["dense2.weight"] == first["dense2.weight"])
    #expect(undone["dense2.bias"] == first["dense2.bias"])
    #expect(undone["dense3.weight"] == first["dense3.weight"])
    #expect(undone["dense1.weight"] == second["dense1.weight"])
    #expect(undone["dense1.weight"] != first["dense1.weight"])
    live.type("step 2")
    live.type("redo")
    let redone = live.weights
    #expect(redone["dense2.weight"] == second["dense2.weight"])
    #expect(redone["dense3.weight"] == second["dense3.weight"])
    #expect(redone["dense1.weight"] != second["dense1.weight"])
    live.type("stop")
  }

  @Test("several edits are undone at once, each with what it dropped")
  func several() {
    let live = LiveSession()
    let first = live.weights
    live.type("insert dense 8 name=middle before dense2")
    live.type("step")
    let middle = live.weights["middle.weight"]
    live.type("remove dense2")
    live.type("remove middle")
    live.type("insert relu before dense3")
    let answer = live.type("undo 3")
    #expect(
      answer.hasPrefix(
        "undone: insert relu before dense3\nundone: remove middle\nundone: remove dense2\n"),
      "\(answer)")
    #expect(live.weights["middle.weight"] == middle)
    #expect(live.weights["dense2.weight"] != first["dense2.weight"])
    live.type("undo")
    #expect(Set(live.weights.keys) == Set(first.keys))
    live.type("redo 4")
    #expect(live.network?.root.children.map(\.name) == ["dense1", "relu1", "dense3"])
    live.type("undo 3")
    #expect(live.weights["middle.weight"] == middle)
    live.type("stop")
  }

  @Test(
    "undo that reaches train stops the run and gives the weights before it, redo those after it")
  func undoOfTrain() {
    let live = LiveSession("train 1", trains: false)
    let start = live.learned
    let root = live.network?.root
    live.train()
    live.type("insert dense 8 before dense2")
    live.type("step 4")
    let end = live.learned
    let taken = end.steps - start.steps
    #expect(taken >= 7)
    let answer = live.type("undo 2")
    #expect(
      answer == """
        stopped main after \(taken) steps
        undone: insert dense 8 before dense2
        undone: train 1000000
        2 → 2, 114 parameters
        """)
    #expect(live.session.progress == nil)
    #expect(live.learned.parameters == start.parameters)
    #expect(live.learned.optimizerState == start.optimizerState)
    #expect(live.learned.steps == start.steps)
    #expect(live.network?.root == root)
    live.type("redo 2")
    #expect(live.learned.parameters == end.parameters)
    #expect(live.learned.optimizerState == end.optimizerState)
    #expect(live.learned.steps == end.steps)
  }

  @Test("after the run undo of an edit made during it keeps what was learned")
  func afterRun() {
    let live = LiveSession("train 1", trains: false)
    let start = live.learned
    live.train()
    live.type("set dense2 act=relu")
    live.type("step 2")
    live.type("remove dense2")
    let dropped = live.session.history.next.undo?.current?.weights
    live.type("step 2")
    live.type("stop")
    let end = live.weights
    let steps = live.learned.steps
    live.type("undo")
    let undone = live.weights
    #expect(undone["dense1.weight"] == end["dense1.weight"])
    #expect(undone["dense3.bias"] == end["dense3.bias"])
    let key = live.network?.parameters.first { $0.path == "dense2.weight" }?.key
    #expect(key != nil)
    #expect(key.flatMap { dropped?.parameters[$0]?.values } == undone["dense2.weight"])
    #expect(key.flatMap { start.parameters[$0]?.values } != undone["dense2.weight"])
    live.type("undo")
    #expect(live.weights == undone)
    #expect(steps >= start.steps + 4)
    #expect(live.learned.steps == steps)
    #expect(live.type("undo").hasPrefix("undone: train 1000000"))
    #expect(live.learned.parameters == start.parameters)
    live.type("redo 3")
    #expect(live.weights == end)
  }

  @Test("undo of a setting goes to the current run")
  func settings() {
    let live = LiveSession()
    live.type("optimizer adam lr=0.01")
    live.type("step")
    #expect(live.learned.optimizerState.moments.count == 2)
    #expect(live.type("batch 16") == "batch 16 from the next epoch on")
    live.type("undo 2")
    live.type("step")
    #expect(live.learned.optimizerState.moments.count == 1)
    #expect(live.session.progress?.learningRate == 0.1)
    live.type("stop")
  }

  @Test("history counts arrays that states share once")
  func bytes() {
    let live = LiveSession("train 1")
    let before = live.session.history.bytes
    for _ in 0..<20 {
      live.type("wrap seq dense1")
      live.type("unwrap seq1")
    }
    live.type("stop")
    let weights = 114 * 4 * 2
    let networks = 40 * 6 * 1_000
    #expect(live.session.history.bytes <= before + networks + 6 * weights)
  }
}
