import Foundation
import Networks
import Testing

@testable import Sessions

/// Variants of one network, trained alike.
struct AblateTests {
  private func session(_ blocks: String = "add basicblock 4; add basicblock 8 stride=2") -> Session
  {
    let session = Session()
    session.answer(
      "data waves count=64 length=16; add conv 4 3; add relu; \(blocks); add gap; add dense 4")
    return session
  }

  @Test(
    "every topic has its variants",
    arguments: [
      ("skip", ["skipno", "skipyes"]), ("shortcut", ["shortcutA", "shortcutB", "shortcutC"]),
      ("order", ["orderasitis", "orderbeforethesum", "orderpre-activation"]),
      ("gamma", ["gamma0", "gamma1"]),
      ("rezero", ["rezerono", "rezeroyes"]), ("depth", ["depthstochastic", "depthwhole"]),
      (
        "activation",
        ["activationgelu", "activationleaky", "activationrelu", "activationsilu", "activationtanh"]
      ),
    ])
  func topics(topic: String, names: [String]) {
    let session = session()
    session.answer("train 1")
    let before = session.state
    let answer = session.answer("ablate \(topic) epochs=1")
    #expect(answer.outcome == .done, "\(answer.text)")
    let losses = session.state.shown.keys.filter { $0.hasSuffix(".loss") }.sorted()
    #expect(losses == names.map { $0 + ".loss" })
    #expect(!session.state.differs(from: before))
  }

  @Test("parameters of shortcuts A, B and C; without shortcuts as with A")
  func parameters() throws {
    let session = session()
    session.answer("ablate shortcut epochs=1")
    let shown = session.state.shown
    let (a, b, c) = (
      shown["shortcutA.params"], shown["shortcutB.params"], shown["shortcutC.params"]
    )
    // B: 4 · 8 weights and 2 · 8 of bn; C: 4 · 4 and 2 · 4 more.
    #expect(b == a.map { $0 + 48 } && c == a.map { $0 + 72 })
    session.answer("ablate skip epochs=1")
    #expect(session.state.shown["skipno.params"] == a)
  }

  @Test("in pre-activation order one more normalization follows the last block")
  func order() throws {
    let session = Session()
    session.answer("input 1x8x8; add conv 4 3; repeat 2 { basicblock 4 }; add gap; add dense 2")
    let network = try #require(session.state.current?.network)
    let changed = try network.preactivated()
    #expect(
      changed.root.children.map(\.name) == ["conv1", "rep1", "bn1", "relu1", "gap1", "dense1"])
    #expect(changed.learnableCount == network.learnableCount + 8)
    let early = try network.activatedBeforeSums()
    #expect(early.learnableCount == network.learnableCount)
    #expect(early.paths.contains("rep1.2.res1.body.relu2"))
    session.answer("net library; input 3x32x32; add resnet20 shortcut=B")
    let library = try #require(session.state.current?.network)
    #expect(library.learnableCount == 272_474)
    // 16 and 32 channels less to normalize where stages change, 64 more at the end.
    #expect(try library.preactivated().learnableCount == 272_474 - 2 * 16 - 2 * 32 + 2 * 64)
    session.answer("net bare; add conv 4 3; add relu")
    let bare = try #require(session.state.current?.network)
    #expect(try bare.preactivated().isSame(as: bare))
  }

  @Test(
    "refusals",
    arguments: [
      (
        "ablate",
        "ablate needs what to vary: skip, shortcut, order, gamma, rezero, activation, depth"
      ),
      (
        "ablate width",
        "ablate expects one of skip, shortcut, order, gamma, rezero, activation, depth, found width"
      ),
      ("ablate skip", "main has no residual block, so there is nothing to compare"),
      ("ablate gamma", "main has no residual body that ends in bn, so there is nothing to compare"),
    ])
  func refusals(command: String, message: String) {
    let session = session("add conv 4 3")
    #expect(Complaint(session.answer(command).text).message == message)
  }

  @Test("without data")
  func noData() {
    let complaint = Complaint(Session().answer("ablate order").text)
    #expect(complaint.message == "ablate trains on data, and there is none yet")
    #expect(complaint.offers == ["data digits; add resnet8; ablate order"])
  }
}
