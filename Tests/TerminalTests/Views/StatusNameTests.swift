import Sessions
import Testing

@testable import Terminal

/// The status line names what its figures are of, and keeps the key that pauses.
struct StatusNameTests {
  private func row(_ facts: StatusFacts, _ keys: [KeyHint], _ width: Int) -> String {
    var frame = Frame(Size(width, 1))
    facts.line(keys: keys, glyphs: .unicode)
      .draw(Rectangle(x: 0, y: 0, width: width, height: 1), into: &frame)
    return frame.line(0)
  }

  private var training: StatusFacts {
    var facts = StatusFacts(activity: .training)
    (facts.epoch, facts.epochs, facts.step) = (4, 8, 400)
    (facts.loss, facts.accuracy, facts.secondsLeft) = (0.122, 0.963, 7)
    return facts
  }

  @Test func whileTraining() {
    let keys = [KeyHint("F1", "help"), KeyHint("F2", "panes"), .pause]
    #expect(
      row(training, keys, 120)
        == " ● training   epoch 4/8   step 400      smoothed loss 0.1220   batch accuracy 96.3 %    "
        + "7.0 s left   F1 help   ^C pause")
    #expect(
      row(training, keys, 80)
        == " ● training   epoch 4/8   smoothed loss 0.1220   accuracy 96.3 %       ^C pause")
    #expect(row(training, keys, 40) == " ● training   loss 0.1220      ^C pause")
  }

  @Test func atRest() {
    var facts = StatusFacts()
    (facts.step, facts.loss, facts.accuracy) = (400, 0.31, 0.9)
    #expect(
      row(facts, [KeyHint("F1", "help")], 100)
        == " ○ ready      step 400      epoch mean loss 0.3100   epoch mean accuracy 90.0 %"
        + "             F1 help")
  }

  @Test func everyPaneHasTheKeyThatPauses() throws {
    var state = try ScreenFixture.state(.unicode)
    for focus in [nil, Pane.tree, .chart, .transcript] {
      state.focus = focus
      state.status.activity = .training
      #expect(state.keys.contains(.pause))
      state.status.activity = .idle
      #expect(!state.keys.contains(.pause))
    }
  }
}
