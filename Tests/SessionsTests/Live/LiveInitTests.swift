import Networks
import Testing
import Training

@testable import Sessions

/// Weights that are drawn anew, and parameters that are frozen, while a network learns.
struct LiveInitTests {
  @Test("init with a path takes effect between two steps, and undo brings the weights back")
  func redraws() {
    let live = LiveSession()
    let before = live.learned
    let weights = live.weights
    let answer = live.type("init xavier dense2")
    #expect(
      Masks.masked(answer) == """
        drew 2 tensors of dense2 anew
        kept 4 tensors, new 2 (dense2.weight …); loss # → #
        """)
    let drawn = live.weights
    #expect(drawn["dense2.weight"] != weights["dense2.weight"])
    #expect(drawn["dense1.weight"] == weights["dense1.weight"])
    live.type("step 2")
    let later = live.weights
    #expect(
      Masks.masked(live.type("undo")).contains("kept 4 tensors, restored 2 (dense2.weight …)"))
    #expect(live.weights["dense2.weight"] == weights["dense2.weight"])
    #expect(live.weights["dense1.weight"] == later["dense1.weight"])
    for specification in live.network?.parameters ?? []
    where specification.path.hasPrefix("dense2") {
      let key = specification.key
      #expect(
        live.learned.optimizerState.moments[0][key] == before.optimizerState.moments[0][key])
      #expect(live.learned.optimizerState.updates[key] == before.optimizerState.updates[key])
    }
    live.type("step 2")
    live.type("redo")
    #expect(live.weights["dense2.weight"] == later["dense2.weight"])
    live.type("stop")
  }

  @Test("init of the whole network begins anew in the midst of a run, and can be undone")
  func redrawsAll() {
    let live = LiveSession()
    let first = live.weights
    let steps = live.learned.steps
    #expect(
      Masks.masked(live.type("init gluon")) == """
        new weights are drawn by gluon
        kept 0 tensors, new 6 (dense1.weight …); loss # → #
        """)
    #expect(live.weights != first)
    #expect(live.learned.steps == steps)
    live.type("undo")
    #expect(live.weights == first)
    live.type("stop")
  }

  @Test(
    "after the run undo still leads to the weights before the drawing, and redo to those at the end"
  )
  func afterTheRun() {
    let live = LiveSession()
    let before = live.weights["dense2.weight"]
    live.type("init xavier dense2")
    live.type("step 2")
    live.type("stop")
    let end = live.weights
    live.type("undo")
    #expect(live.weights["dense2.weight"] == before)
    #expect(live.weights["dense1.weight"] == end["dense1.weight"])
    live.type("redo")
    #expect(live.weights == end)
  }

  @Test("freezing holds from the next step on, to the bit, and is undone with it")
  func freezes() {
    let live = LiveSession()
    let answer = live.type("freeze dense1..dense2")
    #expect(
      Masks.masked(answer) == """
        froze 2 blocks, 96 parameters; 18 of 114 learn
        kept 6 tensors; loss # → #
        """)
    let before = live.learned
    live.type("step 5")
    for specification in live.network?.parameters ?? [] {
      let key = specification.key
      let isSame = live.learned.parameters[key] == before.parameters[key]
      #expect(
        isSame == specification.path.hasPrefix("dense1") || specification.path.hasPrefix("dense2"))
      if specification.isFrozen {
        #expect(isSame)
        #expect(
          live.learned.optimizerState.moments[0][key] == before.optimizerState.moments[0][key])
      }
    }
    #expect(
      live.type("freeze *") == """
        error[E-STATE]: main is being trained and could not go on: all 114 parameters are frozen; nothing is left to learn
          freeze *
          ^~~~~~~~
          try: stop; freeze *
        """)
    let frozen = live.weights
    live.type("undo")
    live.type("step 2")
    #expect(live.weights["dense1.weight"] != frozen["dense1.weight"])
    live.type("stop")
  }
}
