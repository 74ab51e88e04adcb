import Networks
import Testing
import Training

@testable import Sessions

/// What `check` finds right and wrong.
struct CheckCommandTests {
  /// The verdicts of a check, by name.
  private func verdicts(_ session: Session, _ command: String = "check") throws -> [String: String]
  {
    let data = try #require(session.data(command))
    let checks = data["checks"]?.elements ?? []
    return Dictionary(
      uniqueKeysWithValues: checks.map { ($0["check"]?.string ?? "", $0["verdict"]?.string ?? "") })
  }

  @Test("a sound network passes, at first and after it has learned")
  func sound() throws {
    let session = SickSessions.session("data digits; add cnn 8 3; add flatten; add dense 10")
    let first = try verdicts(session)
    #expect(
      first == [
        "first loss": "ok", "one batch": "ok", "gradients": "ok", "relus": "ok",
        "batch norm": "open",
      ])
    session.answer("train 2")
    #expect(try verdicts(session)["batch norm"] == "ok")
    #expect(session.data("check")?["ok"] == .boolean(true))
  }

  @Test(
    "gradients of every kind of layer are the slopes of the loss",
    arguments: [
      "add conv 6 3 stride=2; add bn; add tanh; add gap; add dense 10",
      "add residual { conv 4 3; bn; gelu; conv 4 3 }; add avgpool 2; add flatten; add dense 10",
      "add flatten; add dense 16; add prelu; add dropout 0.3; add dense 10",
      "add conv 8 3; wrap se conv1 reduction=2; add gap; add dense 10",
      "add conv 4 3; rezero { conv 4 3; silu; conv 4 3 }; add gmp; add dense 10",
      "add flatten; add dense 16; add sigmoid; add dense 10; loss l2",
    ])
  func gradients(_ blocks: String) throws {
    let session = SickSessions.session("data digits; \(blocks)")
    if blocks.hasSuffix("l2") {
      #expect(Complaint(session.answer("check").text).message.contains("l2"))
      return
    }
    let data = try #require(session.data("check"))
    let slopes = try #require(data["checks"]?.elements.first { $0["check"]?.string == "gradients" })
    #expect(slopes["verdict"]?.string == "ok", "\(slopes.line)")
    let figures = try #require(slopes["figures"])
    #expect(try #require(figures["compared"]?.double) >= 3)
    #expect(try #require(figures["worst"]?.double) < 0.02)
  }

  @Test(
    "where values are exactly at a kink, as over the blank edge of an image, no gradient is called wrong"
  )
  func kinks() throws {
    let session = SickSessions.session(
      "data digits; add conv 4 3; "
        + "repeat 3 shared=yes { ln; conv 4 3; gelu; layerscale 0.5; prelu shared=no }; "
        + "add gn 2; add gelu; add gap; add dense 10")
    #expect(try verdicts(session)["gradients"] == "ok")
  }

  @Test("a first loss far from guessing is wrong")
  func firstLoss() throws {
    let session = SickSessions.session("data digits; init normal 3; \(SickSessions.mlp)")
    #expect(try verdicts(session)["first loss"] == "wrong")
    #expect(session.data("check")?["ok"] == .boolean(false))
  }

  @Test("a batch that cannot be learned is wrong")
  func oneBatch() throws {
    let session = SickSessions.session("data digits; \(SickSessions.mlp); lr 0.000001")
    #expect(try verdicts(session)["one batch"] == "wrong")
  }

  @Test("dead relus are wrong")
  func relus() throws {
    let session = SickSessions.session(
      "data digits; \(SickSessions.mlp); lr 30; train 40 steps; lr 0.1")
    #expect(try verdicts(session)["relus"] == "wrong")
  }

  @Test("running statistics that do not fit the weights are wrong")
  func statistics() throws {
    let session = SickSessions.session(
      "data digits; add flatten; add dense 32; add bn; add relu; add dense 10; train 3")
    var weights = try #require(session.state.current?.weights)
    let network = try #require(session.state.current?.network)
    for specification in network.parameters where specification.key.role == .runningVariance {
      weights.parameters[specification.key] = Tensor(
        shape: specification.shape, filledWith: 1e-4)
    }
    weights.touch()
    session.state.current?.weights = weights
    #expect(try verdicts(session)["batch norm"] == "wrong")
  }

  @Test("with a path gradients and relus of that block alone are looked at")
  func path() throws {
    let session = SickSessions.session("data digits; \(SickSessions.mlp)")
    let all = try #require(session.data("check dense1"))
    let slopes = all["checks"]?.elements.first { $0["check"]?.string == "gradients" }
    #expect(slopes?["figures"]?["compared"]?.double == 4)
    #expect(slopes?["figures"]?["worst_path"]?.string?.hasPrefix("dense1.") == true)
    #expect(try verdicts(session, "check dense1")["relus"] == nil)
    #expect(try verdicts(session, "check relu1")["gradients"] == "open")
  }

  @Test("what there is no block of is refused")
  func refusals() {
    let session = SickSessions.session("data digits; \(SickSessions.mlp)")
    let complaint = Complaint(session.answer("check dense7").text)
    #expect(complaint.message == "no block at dense7; did you mean dense1?")
    #expect(complaint.offers == ["check dense1"])
  }
}
