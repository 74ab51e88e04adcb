import Foundation
import Testing

@testable import Sessions

/// Going through lessons at a prompt.
@Suite(.serialized) struct LessonCommandTests {
  /// What a line typed at the prompt answers.
  @discardableResult
  private func typed(_ line: String, in session: Session) -> String {
    session.answer(line, from: .prompt).text
  }

  @Test("a lesson begins with what it shows, how to get on, and its first step")
  func begins() {
    let session = Session()
    #expect(
      typed("lesson 2", in: session) == """
          input 1x64
        What kernel, stride and padding do to a shape, and where parameters come from.
        Enter goes on, hint helps, undo takes a line back, lesson stop leaves.

        Shapes and padding  lesson 2, step 1 of 7
        One example here is one channel of 64 positions: 1x64, a short series.
        Add a convolution with 10 channels and a kernel of 3, without padding:
        add pad=0 at its end. Think first: how many positions will be left?
        still to do: the positions that are left without padding; hint helps
        """)
  }

  @Test(
    "any right answer goes on, a wrong one says what is still to do, one that only looks nothing")
  func answers() {
    let session = Session()
    typed("lesson shapes", in: session)
    #expect(
      typed("add conv 10 3", in: session) == """
        conv1  conv 10 3  1×64 → 10×64  40 parameters
        still to do: the positions that are left without padding; out(net) is 10x64, not 10x62
        """)
    #expect(!typed("tree", in: session).contains("still to do"))
    typed("undo", in: session)
    let right = typed("add conv 10 3 pad=valid", in: session)
    #expect(
      right.contains(
        "\n✓ the positions that are left without padding\n\nShapes and padding  lesson 2, step 2 of 7\n"
      ))
  }

  @Test("how many blocks are wanted is told beside how many there are")
  func wrongCount() {
    let session = Session()
    typed("lesson depth", in: session)
    #expect(
      typed("add flatten; add dense 10", in: session).hasSuffix(
        "\nstill to do: flatten, three hidden layers, ten outputs; blocks(net) is 2, not 5"))
  }

  @Test("a wrong number is told to be wrong, and does not give the right one away")
  func wrongNumber() {
    let session = Session()
    typed("lesson shapes step=5", in: session)
    #expect(
      typed("let answer = 13", in: session)
        == "still to do: the number of positions; 13 is not it")
    #expect(typed("let answer = 14", in: session).hasPrefix("✓ the number of positions\n"))
  }

  @Test("what a step expects is looked at after the whole line")
  func wholeLine() {
    let session = Session()
    typed("lesson shapes", in: session)
    let answer = typed("add conv 10 3 pad=0; add relu", in: session)
    #expect(answer.contains("\n✓ the positions that are left without padding\n"))
    #expect(answer.contains("relu1  relu"))
    let takenBack = Session()
    typed("lesson shapes", in: takenBack)
    #expect(!typed("add conv 10 3 pad=0; undo", in: takenBack).contains("✓"))
    typed("lesson projection", in: session)
    #expect(!typed("add conv 10 3 stride=2 pad=0", in: session).contains("✓"))
    #expect(typed("add bn; add relu", in: session).contains("✓ conv, bn, relu to 10x74"))
  }

  @Test("undo takes back neither what the lesson has laid out nor the line before a refused one")
  func undoInALesson() {
    let session = Session()
    typed("input 1x64", in: session)
    typed("lesson shapes", in: session)
    #expect(
      typed("undo", in: session) == "nothing to undo in this lesson; lesson stop leaves it")
    typed("add conv 10 3", in: session)
    typed("add conv 3x", in: session)
    #expect(
      typed("undo", in: session)
        == "the last line was refused: nothing of it is there to undo; undo takes back: add conv 10 3"
    )
    #expect(typed("undo", in: session).hasPrefix("undone: add conv 10 3\n"))
    #expect(session.isInLesson)
    typed("add conv 10 3 pad=0", in: session)
    #expect(
      typed("exit lesson", in: session).contains(
        "error[E-ARGUMENT]: exit ends the session, lesson stop leaves a lesson"))
    #expect(typed("lesson restart", in: session).contains("lesson 2, step 1 of 7"))
    #expect(session.state.current?.network.paths == [])
  }

  @Test("hints come one by one, and the last one is what to type")
  func hints() {
    let session = Session()
    typed("lesson shapes", in: session)
    #expect(typed("hint", in: session) == "a window of 3 fits 62 times into 64")
    #expect(typed("hint", in: session) == "add conv CHANNELS KERNEL pad=0")
    #expect(
      typed("hint", in: session)
        == "next types this, from where the step began:\n  add conv 10 3 pad=0")
    #expect(
      typed("hint", in: session)
        == "next types this, from where the step began:\n  add conv 10 3 pad=0")
  }

  @Test("next types what is missing from where the step began, back shows the step before")
  func pages() {
    let session = Session()
    typed("lesson shapes", in: session)
    typed("add conv 99 9", in: session)
    #expect(
      typed("next", in: session).hasPrefix(
        """
          add conv 10 3 pad=0
        conv1  conv 10 3 pad=0  1×64 → 10×62  40 parameters

        Shapes and padding  lesson 2, step 2 of 7
        """))
    #expect(session.state.current?.network.paths == ["conv1"])
    #expect(typed("back", in: session).hasSuffix("Enter goes on"))
    #expect(session.emptyLine == "next")
    #expect(typed("back", in: session) == "this is the first step")
    #expect(typed("next", in: session).contains("lesson 2, step 2 of 7"))
    #expect(session.emptyLine == "lesson step")
    #expect(typed("undo", in: session).hasPrefix("undone: add conv 10 3 pad=0\n"))
    #expect(session.state.current?.network.paths == [])
    #expect(typed("undo", in: session).hasPrefix("undone: next\n"))
    #expect(session.state.current?.network.output.displayText == "99×64")
  }

  @Test(
    "what was in force comes back behind a lesson, and networks get other names where it needs theirs"
  )
  func keeps() {
    let session = Session()
    session.answer("data moons; batch 7; seed 9; net shapes; input 4; add dense 3")
    let before = session.recipe
    #expect(
      typed("lesson 2", in: session).contains(
        """

        your network shapes is called shapes_kept now
        Your networks stay; data and recipe come back after the lesson.
        Enter goes on, hint helps, undo takes a line back, lesson stop leaves.

        """))
    #expect(session.recipe != before && session.state.data == nil)
    #expect(typed("lesson stop", in: session) == "lesson shapes goes on at step 1 another time")
    #expect(session.recipe == before && session.state.data?.name == "moons")
    #expect(session.state.networks["shapes_kept"]?.network.paths == ["dense1"])
    #expect(session.state.currentName == "shapes_kept")
  }

  @Test("a lesson that begins again keeps what differs from what was kept, weights included")
  func keepsOnce() {
    let session = Session()
    for _ in 0..<3 {
      session.answer(
        "lesson 2; add conv 2 3; add gap; add dense 4; data waves; train 1; lesson stop")
    }
    #expect(session.state.networkNames == ["shapes_kept", "shapes"])
    session.answer("net shapes; data waves; train 1; lesson 2; lesson stop")
    #expect(session.state.networkNames == ["shapes_kept", "shapes_kept_2", "shapes"])
  }

  @Test("where a lesson was left is remembered from session to session, and that it is done")
  func remembers() throws {
    Workplace.enter()
    let folder = "lessons-\(UUID())"
    let first = Session()
    first.rememberLessons(in: folder)
    typed("lesson shapes", in: first)
    typed("next", in: first)
    typed("next", in: first)
    let second = Session()
    second.rememberLessons(in: folder)
    #expect(
      typed("lesson", in: second).contains("\n  2  shapes      Shapes and padding  step 3 of 7\n"))
    let goesOn = typed("lesson shapes", in: second)
    #expect(goesOn.contains("lesson 2, step 3 of 7"))
    #expect(second.state.current?.network.output.displayText == "10×64")
    #expect(typed("lesson shapes step=7", in: second).contains("Worth keeping:\n  draw shapes.svg"))
    #expect(
      typed("next", in: second) == """
        lesson 2 is done
        the networks you built stay: net shapes selects the last one
        the next one: lesson field, The receptive field; next begins it
        """)
    #expect(second.emptyLine == nil)
    #expect(typed("next", in: second).contains("\nThe receptive field  lesson 3, step 1 of 6\n"))
    typed("lesson stop", in: second)
    #expect(typed("lesson", in: second).contains("Shapes and padding  ✓ done"))
  }

  @Test("a run that ends in the background leads on when it is over")
  func background() {
    let session = Session()
    let text = """
      ## tiny: A tiny lesson
      # It trains for an epoch.
      data moons count=20
      add dense 2

      # Train one epoch.
      # hint: train 1
      train 1
      expect epochs(net) == 1 "an epoch"

      # That was all.
      """
    Workplace.enter()
    #expect((try? text.write(toFile: "tiny.esp", atomically: true, encoding: .utf8)) != nil)
    let marked = "\u{FEFF}" + text
    #expect((try? marked.write(toFile: "marked.esp", atomically: true, encoding: .utf8)) != nil)
    #expect(typed("lesson marked.esp", in: session).contains("lesson tiny, step 1 of 2"))
    #expect(typed("lesson tiny.esp", in: session).contains("lesson tiny, step 1 of 2"))
    #expect(!typed("train 1", in: session).contains("still to do"))
    while session.trainer.isRunning { session.trainer.waitForEnd() }
    let lines = session.takeNotices().flatMap(\.lines).map(\.text)
    #expect(lines.contains("✓ an epoch"))
    #expect(lines.last == "the last page: lesson stop leaves")
    #expect(session.emptyLine == "lesson step")
  }

  @Test(
    "a run that ends short of what a step expects leaves what is still to do, with what was found")
  func shortRun() {
    Workplace.enter()
    let session = Session()
    let text = """
      ## brief: A brief lesson
      # It trains for two epochs.
      data moons count=20
      add dense 2

      # Train two epochs.
      # hint: train 2
      train 2
      expect epochs(net) >= 2 "two epochs"

      # That was all.
      """
    #expect((try? text.write(toFile: "brief.esp", atomically: true, encoding: .utf8)) != nil)
    typed("lesson brief.esp", in: session)
    typed("train 1", in: session)
    while session.trainer.isRunning { session.trainer.waitForEnd() }
    let lines = session.takeNotices().flatMap(\.lines).map(\.text)
    #expect(lines.last == "still to do: two epochs; epochs(net) is 1 and should be >= 2")
  }

  @Test("on the last page Enter says how to get on, and the lesson's network stays at hand")
  func lastPage() {
    let session = Session()
    #expect(
      typed("lesson shapes step=7", in: session).hasSuffix(
        "\nthe last page: lesson 3 begins the next one, lesson stop leaves"))
    #expect(session.emptyLine == "lesson step")
    #expect(
      typed("lesson step", in: session)
        == "the last page: lesson 3 begins the next one, lesson stop leaves")
    #expect(typed("explain conv4", in: session).contains("10×14"))
    typed("lesson 3", in: session)
    #expect(typed("lesson", in: session).contains("Shapes and padding  ✓ done"))
    typed("lesson shapes step=7", in: session)
    #expect(typed("lesson stop", in: session).hasPrefix("lesson 2 is done\n"))
  }

  @Test("without a lesson there is nothing to turn")
  func none() {
    for command in ["next", "back", "hint", "lesson step", "lesson stop"] {
      #expect(Session().answer(command).text == "no lesson goes on; lesson lists them")
    }
  }

  private static let refusals: [(command: String, text: String)] = [
    (
      "lesson foo",
      """
      x:1:8: error[E-NAME]: no lesson is called foo
        lesson foo
               ^~~
        try: lesson
      """
    ),
    (
      "lesson ship",
      """
      x:1:8: error[E-NAME]: no lesson is called ship; did you mean skip?
        lesson ship
               ^~~~
        try: lesson skip
      """
    ),
    (
      "lesson 11",
      """
      x:1:8: error[E-NAME]: no lesson has the number 11
        lesson 11
               ^~
        try: lesson
      """
    ),
    (
      "lesson 1 step=9",
      """
      x:1:15: error[E-ARGUMENT]: step expects a whole number from 1 to 7, found 9
        lesson 1 step=9
                      ^
        try: help lesson
      """
    ),
    (
      "lesson step=3",
      """
      x:1:13: error[E-ARGUMENT]: step is one of a lesson
        lesson step=3
                    ^
        try: lesson 1 step=3
      """
    ),
    (
      "examples foo",
      """
      x:1:10: error[E-NAME]: no example is called foo
        examples foo
                 ^~~
        try: examples
      """
    ),
    (
      "theme blue",
      """
      x:1:7: error[E-ARGUMENT]: theme expects one of dark, light, plain, colour-blind, found blue
        theme blue
              ^~~~
        try: help theme
      """
    ),
  ]

  @Test("refusals", arguments: refusals)
  func refuses(command: String, text: String) {
    #expect(Session().answer(command).text == text)
  }

  @Test("neither lessons nor examples begin while a run goes on")
  func busy() {
    let session = Session()
    session.answer("data moons count=20; add dense 2; train 100000 &; pause", from: .prompt)
    for (command, what) in [("lesson 1", "a lesson"), ("examples block", "an example")] {
      let complaint = Complaint(session.answer(command, from: .prompt).text)
      #expect(complaint.message == "\(what) begins when nothing is training")
      #expect(complaint.offers == ["stop", "wait"])
    }
    session.answer("stop", from: .prompt)
  }

  @Test("an example runs in networks of its own")
  func example() {
    let session = Session()
    session.answer("net before; data digits; add dense 3")
    let answer = session.answer("examples activation")
    #expect(answer.outcome == .done)
    #expect(
      answer.text.hasSuffix(
        "\nyour network before is called before_kept now\ndata and recipe are those of the example now"
      ))
    #expect(session.state.networks["before_kept"]?.network.paths == ["dense1"])
    #expect(session.state.networks["before"]?.network.paths == ["conv1", "bn1"])
  }

  @Test("undo within an example takes back one command, behind it the last one")
  func exampleUndo() {
    let session = Session()
    session.answer("data digits; net plain; add dense 3")
    #expect(session.answer("examples mismatch").outcome == .done)
    #expect(session.state.current?.network.output.displayText == "10×75")
    #expect(session.state.data == nil)
    session.answer("undo")
    #expect(session.state.current?.network.isEmpty == true)
  }
}
