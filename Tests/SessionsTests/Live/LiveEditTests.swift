import Networks
import Testing
import Training

@testable import Sessions

/// Edits of a network that is learning: what stays, what is new, what the answer says.
struct LiveEditTests {
  @Test("an answer accounts for the tensors, and for the loss on the next batch")
  func accounts() {
    let live = LiveSession("batch 64; lr 0")
    #expect(
      live.type("wrap seq dense1") == """
        wrapped 1 block in seq: seq1
          seq1  seq  2 → 8  24 parameters
        kept 6 tensors; loss 0.4963 → 0.4963
        """)
    #expect(
      live.type("insert dense 8 act=tanh before dense2") == """
        dense4  dense 8 act=tanh  8 → 8  72 parameters
        kept 6 tensors, new 2 (dense4.weight …); loss 0.4963 → 0.7857
        """)
    #expect(
      live.type("set dense4 units=4") == """
        dense4  dense 4 act=tanh  8 → 4  36 parameters
        kept 5 tensors, new 3 (dense4.weight …); loss 0.7857 → 0.6035
        """)
    #expect(
      live.type("remove dense4") == """
        removed dense4; 2 → 2, 114 parameters
        kept 5 tensors, new 1 (dense2.weight), dropped 2; loss 0.6035 → 0.4963
        """)
    #expect(
      live.type("undo") == """
        undone: remove dense4
        2 → 2, 118 parameters
        kept 5 tensors, restored 3 (dense4.weight …); loss 0.4963 → 0.6035
        """)
    #expect(live.type("rename dense4 first").hasSuffix("kept 8 tensors; loss 0.6035 → 0.6035"))
    live.type("stop")
  }

  @Test("a network that has learned is accounted for too, one that has not is not")
  func atRest() {
    let live = LiveSession("batch 64; lr 0", trains: false)
    #expect(
      live.type("wrap seq dense1") == """
        wrapped 1 block in seq: seq1
          seq1  seq  2 → 8  24 parameters
        """)
    live.type("undo")
    live.session.answer("train 1")
    #expect(
      live.type("insert dense 8 before dense2") == """
        dense4  dense 8  8 → 8  72 parameters
        kept 6 tensors, new 2 (dense4.weight …); loss 0.4963 → 0.6765
        """)
  }

  @Test(
    "wraps of other kinds and their unwrapping, while training",
    arguments: [
      (
        "rezero", "res1",
        """
        wrapped 1 block in rezero: res1
          res1  residual  8 → 8  73 parameters
        kept 6 tensors, new 1 (res1.body.scale1.weight); loss 0.4963 → 0.3736
        """
      ),
      ("highway", "highway1", ""), ("se reduction=2", "seq1", ""), ("preact", "res1", ""),
    ])
  func gates(kind: String, name: String, answer: String) {
    let live = LiveSession("batch 64; lr 0")
    let before = live.weights
    let wrapped = live.type("wrap \(kind) dense2")
    if !answer.isEmpty { #expect(wrapped == answer) }
    #expect(wrapped.contains("kept 6 tensors, new "), "\(wrapped)")
    let unwrapped = live.type("unwrap \(name)")
    for (path, values) in before { #expect(live.weights[path] == values, "\(path)") }
    if kind == "preact" {
      #expect(unwrapped.contains("kept 10 tensors; loss"), "\(unwrapped)")
      #expect(live.network?.paths == ["dense1", "bn1", "tanh1", "dense2", "dense3"])
    } else {
      #expect(unwrapped.contains("kept 6 tensors, dropped "), "\(unwrapped)")
      #expect(unwrapped.hasSuffix("→ 0.4963"), "\(unwrapped)")
      #expect(live.weights == before)
    }
    live.type("stop")
  }

  @Test(
    "what an edit leaves alone keeps its weights and momentum to the bit",
    arguments: [
      "insert dense 8 before dense2", "insert relu after dense1", "wrap residual dense2",
      "wrap parallel dense2", "wrap repeat dense1..dense2 copies=1", "rename dense2 other",
      "move dense2 before dense1", "replace dense2 dense 8", "set dense2 units=5", "remove dense2",
      "set dense2 act=relu", "insert bn before dense3", "wrap rezero dense2",
      "wrap highway dense2", "wrap se dense2 reduction=2", "wrap preact dense2",
    ])
  func untouched(command: String) {
    let live = LiveSession()
    let before = live.learned
    let old = live.network?.parameters ?? []
    let answer = live.session.answer(command, from: .prompt)
    #expect(answer.outcome == .done, "\(answer.text)")
    #expect(answer.text.contains("kept "), "\(answer.text)")
    let after = live.learned
    let shapes = Dictionary(uniqueKeysWithValues: old.map { ($0.key, $0.shape) })
    var kept = 0
    for specification in live.network?.parameters ?? [] {
      #expect(after.has(specification))
      guard shapes[specification.key] == specification.shape else { continue }
      kept += 1
      #expect(after.parameters[specification.key] == before.parameters[specification.key])
      #expect(
        after.optimizerState.moments[0][specification.key]
          == before.optimizerState.moments[0][specification.key])
      #expect(
        after.optimizerState.updates[specification.key]
          == before.optimizerState.updates[specification.key])
    }
    #expect(kept >= 2)
    let steps = live.learned.steps
    live.type("step 2")
    #expect(live.learned.steps == steps + 2)
    #expect(live.learned.parameters != after.parameters)
    live.type("stop")
  }

  @Test("wrap residual and unwrap keep every weight")
  func wrapAndUnwrap() {
    let live = LiveSession()
    let before = live.learned
    live.type("wrap residual dense2")
    live.type("unwrap res1")
    #expect(live.learned.parameters == before.parameters)
    #expect(live.learned.optimizerState == before.optimizerState)
    live.type("stop")
  }

  @Test("an edit after which nothing could be learned is refused and changes nothing")
  func refusals() {
    let live = LiveSession()
    let before = live.learned
    let revision = live.session.state.revision
    #expect(
      live.type("set dense3 units=1") == """
        error[E-SHAPE]: main is being trained and could not go on: the data has 2 classes, the network 1 outputs
          set dense3 units=1
          ^~~~~~~~~~~~~~~~~~
          try: stop; set dense3 units=1
        """)
    #expect(
      live.type("input 3") == """
        error[E-SHAPE]: main is being trained and could not go on: the data has inputs of 2, the network takes 3
          input 3
          ^~~~~~~
          try: stop; input 3
        """)
    #expect(live.learned.parameters == before.parameters)
    #expect(live.session.state.revision == revision)
    for command in ["drop main"] {
      #expect(
        live.type(command).hasPrefix(
          "error[E-STATE]: main is being trained and cannot be changed before the run is over"),
        "\(command)")
    }
    #expect(live.learned.parameters == before.parameters)
    live.type("stop")
  }

  @Test("the run's record marks the edits")
  func marks() {
    let live = LiveSession()
    let first = live.session.progress?.step ?? 0
    live.type("wrap residual dense2")
    live.type("step 2")
    live.type("undo")
    #expect(
      live.session.currentRuns.first?.record.marks.map { "\($0.step - first) \($0.label)" } == [
        "0 wrap residual", "2 undo",
      ])
    live.type("stop")
  }
}
