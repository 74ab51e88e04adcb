import Testing

@testable import Sessions

/// Runs that are repeated come to the same bits, or it is said what is missing.
struct RerunTests {
  private func session(_ text: String) -> Session {
    let session = Session()
    session.rememberRuns()
    session.answer(text)
    return session
  }

  private static let small =
    "data waves length=16 count=60; add conv 4 3; add relu; add gap; add dense 4; "

  @Test(
    "a run has the same bits again, whatever the settings are meanwhile",
    arguments: [
      "train 2; wait", "optimizer adam; batch 7; seed 5; train 10 steps; wait",
      "init xavier; loss bce; loss auto; train 1; wait",
      "split 0.7; normalize; train 2 until loss < 0.1; wait",
    ])
  func sameBits(_ run: String) {
    let session = session(Self.small + run)
    session.answer("seed 9; batch 64; optimizer rmsprop; data moons; net other; init normal")
    let answer = session.answer("rerun 1", from: .prompt).text
    #expect(answer.hasSuffix("\nthe weights of run 1, to the bit"), "\(answer)")
    #expect(session.state.currentName == "rerun1")
  }

  @Test("a run that went on from another is repeated with it")
  func chain() {
    let session = session(
      Self.small + "train 1; wait; lr 0.01; train 1; wait; optimizer adam; step 3")
    let answer = session.answer("rerun 3", from: .prompt).text
    #expect(
      answer.split(separator: "\n").filter { $0.hasSuffix("to the bit") }.map(String.init) == [
        "the weights of run 1, to the bit", "the weights of run 2, to the bit",
        "the weights of run 3, to the bit",
      ], "\(answer)")
    #expect(session.state.currentName == "rerun3")
  }

  @Test("networks that learned side by side do so again")
  func sideBySide() {
    let session = session(
      Self.small + "fork wide; set conv1 channels=9; train main,wide 2; wait")
    let answer = session.answer("rerun 2", from: .prompt).text
    #expect(answer.contains("the weights of run 1, to the bit"), "\(answer)")
    #expect(answer.hasSuffix("the weights of run 2, to the bit"), "\(answer)")
  }

  @Test("networks side by side that only their condition ends")
  func sideBySideUntil() {
    let session = session(
      Self.small + "fork wide; set conv1 channels=9; train main,wide until epochs >= 2; wait")
    let answer = session.answer("rerun 1", from: .prompt).text
    #expect(answer.contains("the weights of run 1, to the bit"), "\(answer)")
    #expect(answer.hasSuffix("the weights of run 2, to the bit"), "\(answer)")
  }

  @Test("a run that went on alone from one side by side is refused, and repeated alone anyway")
  func fromSideBySide() {
    let session = session(
      Self.small + "fork wide; set conv1 channels=9; train main,wide 1; wait; train 1; wait")
    #expect(
      session.answer("rerun 3", from: .prompt).text == """
        error[E-STATE]: run 3 cannot be repeated to the bit: run 2 wide learned beside other networks
          rerun 3
                ^
          try: rerun 3 anyway=yes
        """)
    let answer = session.answer("rerun 3 anyway=yes", from: .prompt).text
    #expect(answer.contains("trained rerun3 for "), "\(answer)")
    #expect(!answer.contains("error"), "\(answer)")
  }

  @Test("a repetition that fails leaves nothing to be compared with")
  func failure() {
    Workplace.enter()
    let session = session(
      """
      print "a,b\\n1,x\\n2,y\\n3,x\\n4,y" > records-gone.csv
      data records-gone.csv; add dense 2; train 1; wait
      print "a" > records-gone.csv
      """)
    let answer = session.answer("rerun 1", from: .prompt).text
    #expect(answer.contains("error[E-FILE]: records-gone.csv"), "\(answer)")
    let after = session.answer("data moons count=20; net rerun1; input 2; train 1; wait").text
    #expect(!after.contains("run 1"), "\(after)")
  }

  @Test("undo gives back what was before")
  func undone() {
    let session = session(Self.small + "train 1; wait; lr 0.7")
    let before = session.state
    session.answer("rerun 1", from: .prompt)
    session.answer("undo", from: .prompt)
    #expect(session.state.currentName == "main")
    #expect(session.state.recipe == before.recipe)
    #expect(session.state.networkNames == ["main"])
  }

  @Test("a run that was changed, stopped or began otherwise is refused with the reason")
  func lacks() {
    let edited = session(Self.small)
    edited.answer("train 1000", from: .prompt)
    edited.answer("pause; lr 0.01; stop", from: .prompt)
    let text = edited.answer("rerun 1", from: .prompt).text
    #expect(text.contains("error[E-STATE]: run 1 cannot be repeated to the bit: "), "\(text)")
    #expect(text.contains("run 1 main was stopped after "), "\(text)")
    #expect(text.hasSuffix("try: rerun 1 anyway=yes"), "\(text)")
    let loaded = session(
      Self.small
        + "train 1; wait; save records-weights.safetensors; load records-weights.safetensors; train 1; wait"
    )
    #expect(
      loaded.answer("rerun 2", from: .prompt).text == """
        error[E-STATE]: run 2 cannot be repeated to the bit: run 2 main began with weights that neither a run nor init left
          rerun 2
                ^
          try: rerun 2 anyway=yes
        """)
    let forgotten = session(Self.small + "train 1; wait; train 1; wait; runs forget 1")
    #expect(
      forgotten.answer("rerun 2", from: .prompt).text == """
        error[E-STATE]: run 2 cannot be repeated to the bit: it began with the weights of run 1, which was forgotten
          rerun 2
                ^
          try: rerun 2 anyway=yes
        """)
  }

  @Test("other weights are said to be so, with what may be why")
  func otherWeights() {
    let session = session(
      Self.small
        + "train 1; wait; save records-other.safetensors; load records-other.safetensors; train 1; wait"
    )
    let answer = session.answer("rerun 2 anyway=yes", from: .prompt).text
    #expect(answer.hasSuffix("\nother weights than those of run 2"), "\(answer)")
  }

  @Test("a rerun waits for the run that goes on")
  func busy() {
    let session = session(Self.small + "train 1; wait")
    session.answer("train 100000", from: .prompt)
    #expect(
      session.answer("rerun 1", from: .prompt).text == """
        error[E-STATE]: training runs already
          rerun 1
          ^~~~~~~
          try: stop
          try: wait
        """)
    session.answer("stop", from: .prompt)
  }
}
