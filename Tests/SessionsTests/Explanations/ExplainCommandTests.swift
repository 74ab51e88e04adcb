import Testing

@testable import Sessions

/// What `explain` answers and refuses.
@Suite struct ExplainCommandTests {
  private func session() -> Session {
    let session = Session()
    session.answer("input 1x64; add conv 10 3 stride=2; add bn; add relu; wrap residual act=relu")
    return session
  }

  @Test("a word that several things bear has one text, by each of its names")
  func oneText() {
    let session = session()
    let text = session.answer("explain residual").text
    #expect(text.hasPrefix("A residual block adds its input to what its body makes of it"))
    for command in ["explain skip", "explain Residual", "explain skip-connection", "help skip"] {
      #expect(session.answer(command).text == text, "\(command)")
    }
    let stride = session.answer("explain stride").text
    #expect(session.answer("explain stride=2").text == stride)
    #expect(session.answer("help stride").text == stride)
    #expect(session.answer("explain receptive field").text == session.answer("explain rf").text)
    #expect(session.answer("help projection").text == session.answer("explain B").text)
  }

  @Test("help leads on where a text exists")
  func helpLeadsOn() {
    let session = Session()
    #expect(
      session.answer("help residual").text.hasSuffix("\nexplain residual: why it is there"))
    #expect(session.answer("help wrap").text.hasSuffix("\nexplain wrap: why it is there"))
    #expect(session.answer("help E-SHAPE").text == session.answer("explain E-SHAPE").text)
    #expect(session.answer("help cnn").text.contains("def cnn"))
    #expect(session.answer("explain cnn").text == session.answer("explain conv").text)
  }

  @Test(
    "what is not explained is refused",
    arguments: [
      (
        "explain redisual",
        "there is nothing to explain by the name of redisual; did you mean residual?",
        ["explain residual"]
      ),
      (
        "explain conv7", "there is nothing to explain by the name of conv7; did you mean conv?",
        ["explain conv"]
      ),
      ("explain qwertz", "there is nothing to explain by the name of qwertz", ["explain"]),
      (
        "explain the stride",
        "there is nothing to explain by the name of the stride; did you mean stride?",
        ["explain stride"]
      ),
      (
        "explain res1.body.conv9", "no block at res1.body.conv9; did you mean res1.body.conv1?",
        ["explain res1.body.conv1"]
      ),
      ("explain res2.*", "no block at res2.*", ["tree"]),
      (
        "explain res1.relu1..conv1",
        "res1.body.relu1 and res1.body.conv1 are no neighbours in this order, so no range runs between them",
        ["tree"]
      ),
      ("help redisual", "there is no help on redisual; did you mean residual?", ["help residual"]),
      ("help add conv", "there is no help on add conv; did you mean conv?", ["help conv"]),
      ("explain { }", "explain takes no { … }", ["help explain"]),
    ])
  func refusals(command: String, message: String, offers: [String]) {
    let complaint = Complaint(session().answer(command).text)
    #expect(complaint.message == message)
    #expect(complaint.offers == offers)
  }

  @Test("all words by groups, in lines of 80 columns")
  func overview() {
    let lines = Session().answer("explain").text.split(separator: "\n").map(String.init)
    #expect(
      lines.first?.hasPrefix("Residual    residual, shortcut, projection, A, C, pool,") == true)
    #expect(lines.last == "explain TERM, explain PATH for a block of the network in hand")
    for line in lines { #expect(line.count <= 80, "\(line)") }
    for group in Explanation.Group.allCases {
      #expect(lines.contains { $0.hasPrefix(group.rawValue) })
    }
    for text in ExplanationTable.all {
      #expect(lines.contains { $0.contains(text.name) }, "\(text.name)")
    }
  }

  @Test("programs get the same")
  func json() {
    let session = session()
    #expect(
      session.data("explain identity")?.line.hasPrefix(
        #"{"about":"term","term":"identity","names":["identity","identity mapping","shortcut=identity"],"group":"Residual","lines":["#
      ) == true)
    #expect(
      session.data("explain res1.conv1")?.line.contains(
        #""formulas":[{"subject":"length","formula":"⌊(64 + 2·1 − 3)/2⌋ + 1","value":32},"#) == true
    )
    #expect(
      session.data("explain")?.line.hasPrefix(
        #"{"about":"terms","groups":[{"group":"Residual","terms":[["residual","skip","#) == true)
  }

  @Test("the tab key knows the terms and the paths")
  func completion() {
    let session = session()
    let words = { (text: String) in
      session.completion(of: text, at: text.utf8.count).candidates.map(\.text)
    }
    #expect(words("explain resid") == ["residual"])
    #expect(words("explain E-SH") == ["E-SHAPE"])
    #expect(words("explain res1").contains("res1"))
  }

  @Test("a question is answered in the language it is asked in")
  func gluon() {
    let session = Session()
    let text = session.answer("explain gluon").text
    for word in [
      "gluon block", "gluon activation", "gluon argument", "sequential", "gluon order",
      "gluon names",
    ] {
      #expect(text.contains("explain " + word), "\(word)")
      #expect(session.answer("explain " + word).outcome == .done)
    }
    #expect(text.hasSuffix("\n  input 1x64\n  RES_CNN1D(10, 3, 2, chain_length=3)\n  tree"))
  }
}
