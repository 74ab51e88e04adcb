import Engine
import Foundation
import Networks
import Testing
import Training

@testable import Sessions

/// Commands that say how training learns besides the rate.
@Suite struct RecipeCommandTests {
  private func session(_ text: String = "") -> Session {
    Workplace.enter()
    var options = Session.Options()
    options.threads = 1
    let session = Session(options)
    session.answer(
      "data moons count=64; add dense 8 act=tanh; add dense 2; batch 16; \(text)")
    return session
  }

  @Test(
    "answers",
    arguments: [
      ("loss cross_entropy smoothing=0.1", "loss cross_entropy smoothing=0.1"),
      ("loss smoothing=0.2", "loss auto smoothing=0.2"),
      ("loss cross_entropy", "loss cross_entropy"), ("classweights", "classweights off"),
      ("classweights balanced", "classweights balanced: 1.00 1.00"),
      ("classweights 1 2.5", "classweights 1 2.5"), ("classweights off", "classweights off"),
      ("clip", "clip off"), ("clip norm=1", "clip norm=1"), ("clip value=0.5", "clip value=0.5"),
      ("clip off", "clip off"), ("batch", "batch 16"),
      ("batch 32 accumulate=4", "batch 32 accumulate=4"),
      ("batch mixup=0.2", "batch 16 mixup=0.2"), ("checkpoint", "checkpoint off"),
      (
        "checkpoint every=5 epochs keep=2 net.safetensors",
        "checkpoint every=5 epochs keep=2 net.safetensors"
      ),
      (
        "checkpoint every=0.5 minutes 'my net.safetensors'",
        "checkpoint every=0.5 minutes keep=3 \"my net.safetensors\""
      ),
      ("checkpoint net.safetensors", "checkpoint every=1 epochs keep=3 net.safetensors"),
      (
        "optimizer adamw wd=0.01 on=weights ema=0.999",
        "optimizer adamw lr=0.001 beta1=0.9 beta2=0.999 eps=1e-06 wd=0.01 on=weights ema=0.999"
      ),
      ("optimizer nag", "optimizer sgd lr=0.1 momentum=0.9 nesterov=yes wd=0"),
      ("optimizer adagrad", "optimizer adagrad lr=0.01 eps=1e-10 wd=0"),
      ("optimizer adadelta rho=0.95", "optimizer adadelta lr=1 rho=0.95 eps=1e-06 wd=0"),
      (
        "optimizer adamax beta1=0.8",
        "optimizer adamax lr=0.002 beta1=0.8 beta2=0.999 eps=1e-08 wd=0"
      ),
      ("optimizer nadam", "optimizer nadam lr=0.002 beta1=0.9 beta2=0.999 eps=1e-08 wd=0"),
      (
        "optimizer lamb eps=1e-5", "optimizer lamb lr=0.001 beta1=0.9 beta2=0.999 eps=1e-05 wd=0"
      ),
    ])
  func answers(command: String, text: String) {
    #expect(session().answer(command).text == text)
  }

  @Test("a rate that was chosen and gives way is told, and so is a curve that ends")
  func whatGivesWay() {
    #expect(
      session("lr 0.05").answer("optimizer adam").text == """
        optimizer adam lr=0.001 beta1=0.9 beta2=0.999 eps=1e-08 wd=0
          lr was 0.05 and is 0.001, the rule's own; optimizer lr=0.05 takes it back
        """)
    #expect(!session().answer("optimizer adam").text.contains("takes it back"))
    #expect(!session("lr 0.05").answer("optimizer adam lr=0.01").text.contains("takes it back"))
    #expect(
      session("optimizer adam; lr 0.05 cosine").answer("lr 0.01").text == """
        optimizer adam lr=0.01 beta1=0.9 beta2=0.999 eps=1e-08 wd=0
          the rate is constant now, cosine has ended; lr 0.01 cosine keeps it
        """)
    #expect(!session("lr 0.05 cosine").answer("lr 0.01 constant").text.contains("keeps it"))
  }

  @Test("a share of less than half says which part it is")
  func smallShare() {
    #expect(
      session().answer("split 0.2").text.hasSuffix(
        "; the share is what trains: split 0.8 for the rest"))
    #expect(!session().answer("split 0.8").text.contains(";"))
  }

  @Test("a recipe that is printed makes the same recipe again")
  func printsAndParses() {
    let session = session()
    for text in [
      "lr 0.3", "optimizer nadam wd=0.1 on=weights ema=0.99; lr 0.1 step 3 6 gamma=0.5 warmup=2",
      "clip norm=2; loss cross_entropy smoothing=0.1; classweights 1 2; seed 9",
      "clip value=0.25; classweights balanced; batch 8 accumulate=3 mixup=0.4; threads auto",
      "optimizer lamb lr=0.01; loss auto; lr plateau on=test patience=2; threads 2",
    ] {
      session.answer(text)
      let recipe = session.state.recipe
      let other = Session()
      other.answer(
        "optimizer sgd nesterov=yes ema=0.5; lr 0.2 cosine; clip norm=3; batch 5 mixup=1; classweights 1 1"
      )
      for line in session.answer("recipe").text.split(separator: "\n") {
        #expect(other.answer(String(line)).outcome == .done)
      }
      #expect(other.state.recipe == recipe)
      #expect(RecipeText.lines(of: other.state.recipe) == RecipeText.lines(of: recipe))
    }
  }

  @Test("recipe > FILE and source FILE carry it over")
  func carriesOver() {
    let session = session("optimizer adamax; lr 0.01 poly power=2; clip norm=1")
    #expect(session.answer("recipe > recipe.esp").text == "wrote recipe.esp")
    let other = Session()
    #expect(other.answer("source recipe.esp").outcome == .done)
    session.answer("threads auto")
    other.answer("threads auto")
    #expect(other.state.recipe == session.state.recipe)
  }

  @Test(
    "refusals lead on",
    arguments: [
      (
        "loss bce smoothing=0.1", "smoothing is for cross_entropy, the loss is bce",
        ["loss cross_entropy smoothing=0.1"]
      ),
      ("loss smoothing=2", "smoothing expects a number from 0 to 1, found 2", ["help loss"]),
      (
        "classweights 1 2 3", "classweights has 3 numbers, the data 2 classes",
        ["classweights balanced"]
      ),
      (
        "classweights 1", "classweights has 1 number, the data 2 classes", ["classweights balanced"]
      ),
      (
        "classweights fair", "classweights expects one of balanced, off, found fair",
        ["help classweights"]
      ),
      (
        "classweights balanced 3", "classweights balanced takes no more words, found 3",
        ["help classweights"]
      ),
      (
        "classweights 1 -2", "classweights expects a number from 0 to 1000000, found -2",
        ["help classweights"]
      ),
      ("clip 5", "clip expects norm=N, value=N or off, found 5", ["clip norm=5"]),
      ("clip on", "clip expects norm=N, value=N or off, found on", ["help clip"]),
      ("clip off norm=2", "clip is off or has norm=, not both", ["help clip"]),
      ("clip norm=1 value=2", "clip takes norm= or value=, not both", ["help clip"]),
      (
        "clip norm=0", "norm expects a number from 1e-12 to 1000000000000.0, found 0",
        ["help clip"]
      ),
      (
        "batch accumulate=0", "accumulate expects a whole number from 1 to 1,000,000, found 0",
        ["help batch"]
      ),
      ("batch mixup=-1", "mixup expects a number from 0 to 1000, found -1", ["help batch"]),
      ("optimizer sgd on=bias", "on expects one of all, weights, found bias", ["help optimizer"]),
      ("optimizer sgd ema=2", "ema expects a number from 0 to 1, found 2", ["help optimizer"]),
      ("optimizer lamb rho=0.9", "optimizer has no key rho", ["help optimizer"]),
      (
        "train 5 steps patience=3", "patience looks at each epoch, and a run of steps has none",
        ["train 10 patience=3"]
      ),
      (
        "train 5 best=loss",
        "best expects train.loss, train.accuracy, test.loss, test.accuracy, or a metric such as test.f1, found loss",
        ["help train"]
      ),
      (
        "train 5 patience=0", "patience expects a whole number from 1 to 1,000,000,000, found 0",
        ["help train"]
      ),
      (
        "checkpoint every=2 epochs", "checkpoint needs FILE.safetensors", ["help checkpoint"]
      ),
      (
        "checkpoint net.esp", "a checkpoint is kept as .safetensors, found net.esp",
        ["checkpoint net.safetensors"]
      ),
      ("checkpoint off now", "checkpoint off takes no more", ["help checkpoint"]),
      (
        "checkpoint hours net.safetensors",
        "checkpoint expects epochs or minutes before FILE, found hours",
        ["checkpoint epochs net.safetensors"]
      ),
      (
        "checkpoint nowhere/net.safetensors", "there is no folder nowhere",
        ["checkpoint net.safetensors"]
      ),
    ])
  func refuses(command: String, message: String, offers: [String]) {
    let text = session().answer(command).text
    #expect(Complaint(text).message == message, "\(text)")
    #expect(Complaint(text).offers == offers, "\(text)")
  }

  @Test(
    "what the loss of a run does not take is refused before it begins",
    arguments: [
      (
        "data csv numbers.csv target=regression; set dense2 units=1; loss smoothing=0.1",
        "smoothing is for cross_entropy, the loss is l2", ["loss auto"]
      ),
      (
        "classweights balanced; set dense2 units=1; loss bce",
        "classweights are for cross_entropy, the loss is bce", ["classweights off"]
      ),
      (
        "classweights 1 2; data spirals; set dense2 units=3",
        "classweights has 2 numbers, the data 3 classes", ["classweights balanced"]
      ),
      (
        "batch mixup=0.2; set dense2 units=1; loss bce",
        "mixup needs labels that can be mixed, and bce has none",
        ["batch mixup=0", "loss cross_entropy"]
      ),
      (
        "batch mixup=0.2; net words; data digits; add embedding 17 4; add gap; add dense 10",
        "mixup mixes inputs, and the whole numbers that embedding1 takes cannot be mixed",
        ["batch mixup=0"]
      ),
    ])
  func refusesRuns(setting: String, message: String, offers: [String]) throws {
    let session = session()
    let rows = (1...20).map { "\(Double($0) / 7),\(Double($0) / 3),\(Double($0) / 11)" }
    try ("a,b,c\n" + rows.joined(separator: "\n") + "\n").write(
      toFile: "numbers.csv", atomically: true, encoding: .utf8)
    session.answer(setting)
    let text = session.answer("train 1").text
    #expect(Complaint(text).message == message, "\(text)")
    #expect(Complaint(text).offers == offers, "\(text)")
  }

  @Test("the best weights are put back and said, and undo has those from before")
  func putsTheBestBack() throws {
    let session = session("split 0.8; optimizer sgd lr=2; seed 3; train 2")
    let before = session.state.current?.weights.parameters
    let text = session.answer("train 40 patience=3 best=test.loss").text
    let last = try #require(text.split(separator: "\n").last)
    #expect(
      last.contains(/; best test.loss [0-9.e-]+ in epoch [0-9]+, whose weights are back/), "\(last)"
    )
    let best = try #require(text.firstMatch(of: /best test.loss ([0-9.]+)/)?.1)
    #expect(session.answer("evaluate test").text.contains("loss \(best)"))
    let after = session.state.current?.weights.parameters
    #expect(session.answer("undo").text.hasPrefix("undone: train 40 patience=3 best=test.loss"))
    #expect(session.state.current?.weights.parameters == before)
    session.answer("redo")
    #expect(session.state.current?.weights.parameters == after)
    #expect(
      session.answer("lr 0; train 9 patience=2").text.hasSuffix("; no better for 2 epochs"))
  }

  @Test("checkpoints are whole files, of which the newest stay")
  func writesCheckpoints() throws {
    let session = session("checkpoint every=2 epochs keep=2 kept.safetensors")
    let text = session.answer("train 9").text
    #expect(
      text.hasSuffix("\n  kept kept-epoch6.safetensors, kept-epoch8.safetensors"), "\(text)")
    let files = FileManager.default
    #expect(!files.fileExists(atPath: "kept-epoch2.safetensors"))
    #expect(!files.fileExists(atPath: "kept-epoch4.safetensors"))
    let other = Session()
    #expect(other.answer("load kept-epoch8.safetensors").outcome == .done)
    #expect(other.state.current?.weights.epochs == 8)
    session.answer("undo")
    session.answer("checkpoint off")
    #expect(!session.answer("train 2").text.contains("kept"))
    let pair = self.session("fork plain; checkpoint keep=1 pair.safetensors")
    let name = pair.state.networkNames.joined(separator: ",")
    #expect(
      pair.answer("train \(name) 2").text.hasSuffix(
        "\n  kept pair-main-epoch2.safetensors, pair-plain-epoch2.safetensors"))
  }

  @Test("a checkpoint that cannot be written is told of, and the run goes on")
  func tellsFailures() throws {
    let session = session()
    try FileManager.default.createDirectory(
      atPath: "gone", withIntermediateDirectories: true)
    session.answer("checkpoint gone/net.safetensors")
    try FileManager.default.removeItem(atPath: "gone")
    let text = session.answer("train 2").text
    #expect(text.contains("trained main for"))
    #expect(text.contains("\n  the last checkpoint failed: "), "\(text)")
  }

  @Test("a run goes on with what is changed of it, or says from when it holds")
  func changesLive() {
    let live = LiveSession()
    live.type("clip norm=0.5")
    live.type("step")
    #expect(live.type("batch accumulate=2") == "batch 32 accumulate=2 from the next epoch on")
    #expect(
      live.type("loss cross_entropy smoothing=0.1")
        == "loss cross_entropy smoothing=0.1 from the next run on")
    #expect(
      live.type("classweights 1 2") == "classweights 1 2 from the next run on")
    #expect(live.type("optimizer adamax ema=0.9").hasPrefix("optimizer adamax"))
    live.type("step 4")
    let weights = live.weights
    #expect(live.type("undo 2").contains("undone: optimizer adamax ema=0.9"))
    live.type("step 2")
    #expect(live.weights != weights)
    live.type("stop")
    #expect(live.session.state.recipe.clipping == .norm(0.5))
  }

  @Test("an edit in a run with an average, accumulation and clipping keeps what it keeps else")
  func editsLive() {
    let live = LiveSession(
      "optimizer adam ema=0.9; batch 16 accumulate=3; clip norm=1; lr cosine unit=steps",
      trains: false)
    live.train()
    let line = live.type("insert dense 8 before dense2")
    #expect(line.contains("kept"), "\(line)")
    live.type("step 3")
    #expect(live.type("undo").contains("undone: insert dense 8 before dense2"))
    live.type("step 2")
    live.type("stop")
    #expect((live.session.state.current?.weights.steps ?? 0) >= 8)
  }
}
