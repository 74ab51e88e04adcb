import Foundation
import Testing
import Training

@testable import Sessions

/// `lr` with its curves: rates as PyTorch's schedulers have them, texts and refusals.
@Suite struct ScheduleTests {
  struct Golden: Decodable {
    let text: String
    let length: Int?
    let losses: [Double]?
    let rates: [Double]
  }

  private func cases(_ name: String) throws -> [Golden] {
    var folder = URL(filePath: #filePath)
    for _ in 0..<3 { folder.deleteLastPathComponent() }
    let file = folder.appending(path: "Goldens/Training/\(name).json")
    return try JSONDecoder().decode([Golden].self, from: Data(contentsOf: file))
  }

  private func plan(_ text: String) throws -> RatePlan {
    let session = Session()
    let answer = session.answer(text)
    #expect(answer.outcome == .done, "\(answer.text)")
    return session.state.recipe.rates
  }

  @Test("rates are those of PyTorch's schedulers, by epochs and by steps")
  func goldens() throws {
    let cases = try cases("schedules")
    #expect(cases.count == 14)
    for golden in cases {
      let plan = try plan(golden.text)
      let length = try #require(golden.length)
      for (place, rate) in golden.rates.enumerated() {
        let found = plan.schedule.rate(base: plan.base, at: place, of: length)
        #expect(abs(found - rate) < 1e-12, "\(golden.text) at \(place)")
      }
    }
  }

  @Test("plateau makes the rate smaller when PyTorch's ReduceLROnPlateau does")
  func plateaus() throws {
    for golden in try cases("plateau") {
      let plan = try plan(golden.text)
      guard case .plateau(let plateau) = plan.schedule.curve else {
        Issue.record("\(golden.text) is no plateau")
        continue
      }
      var memory = PlateauMemory()
      for (loss, rate) in zip(golden.losses ?? [], golden.rates) {
        let found = plan.schedule.rate(base: plan.base, at: 0, of: 1, share: memory.share)
        #expect(abs(found - rate) < 1e-12, "\(golden.text)")
        memory.look(at: loss, plateau, base: plan.base, floor: plan.schedule.floor)
      }
      #expect(memory.share < 1)
    }
  }

  @Test(
    "a rate is printed as it is typed, without what goes without saying",
    arguments: [
      "lr 0.1", "lr 0", "lr 0.1 cosine", "lr 0.1 cosine to=0.001 warmup=5 unit=steps",
      "lr 0.1 constant warmup=3", "lr 0.1 step 30", "lr 0.1 step 30 60 gamma=0.5",
      "lr 0.1 step 7 gamma=0.3 unit=steps", "lr 0.1 poly power=2", "lr 1e-05 poly",
      "lr 0.1 exponential gamma=0.9", "lr 0.1 onecycle",
      "lr 0.1 onecycle pct_start=0.5 div_factor=10 final_div_factor=100",
      "lr 0.1 plateau", "lr 0.1 plateau on=test patience=3 factor=0.5 threshold=0.01 cooldown=2",
      "lr 0.1 plateau to=0.001 warmup=2",
    ])
  func printsAndParses(_ text: String) throws {
    let printed = ScheduleTable.text(of: try plan(text))
    #expect(printed == text.replacingOccurrences(of: " constant", with: ""))
    #expect(try plan(printed) == plan(text))
  }

  @Test(
    "curves are shown as bars",
    arguments: [
      ("lr 0.1; lr", "lr 0.1"),
      (
        "lr 0.1 cosine",
        "lr 0.1 cosine\n  0.100 ████▇▇▆▆▅▄▄▃▂▂▁▁▁▁▁▁ 6.17e-6 over a run of 200 epochs"
      ),
      (
        "lr 0.1; lr step 2 gamma=0.5",
        "lr 0.1 step 2 gamma=0.5\n  0.100 ██▄▄▂▂▁▁ 0.0125 over a run of 8 epochs"
      ),
      (
        "lr plateau on=test patience=1",
        "lr 0.1 plateau on=test patience=1\n"
          + "  times 0.1 when the test loss has not fallen for more than 1 epoch"
      ),
      (
        "lr 0.1 cosine; lr 0.05",
        "optimizer sgd lr=0.05 momentum=0 nesterov=no wd=0\n"
          + "  the rate is constant now, cosine has ended; lr 0.05 cosine keeps it"
      ),
      (
        "lr 0.1 cosine; optimizer sgd lr=0.2",
        "optimizer sgd lr=0.2 momentum=0 nesterov=no wd=0\nlr 0.2 cosine"
      ),
    ])
  func shows(commands: String, text: String) {
    let session = Session()
    var answer = ""
    for command in commands.split(separator: ";") { answer = session.answer(String(command)).text }
    #expect(answer == text)
  }

  @Test("only keys change the curve there is, and a value makes it constant")
  func changesKeys() throws {
    #expect(
      ScheduleTable.text(of: try plan("lr 0.1 cosine; lr to=0.01; lr warmup=2"))
        == "lr 0.1 cosine to=0.01 warmup=2")
    #expect(
      try plan("lr 0.1 step 3 6; lr gamma=0.5").schedule.curve == .milestones([3, 6], gamma: 0.5))
    #expect(try plan("lr 0.1 cosine; lr 0.3") == RatePlan(0.3))
    #expect(try plan("lr cosine").base == 0.1)
  }

  /// What is wrong, what is noted and what can be typed, of each refusal.
  private static let refusals:
    [(command: String, message: String, notes: [String], offers: [String])] = [
      ("lr fast", "lr expects a number from 0 to 1000, found fast", [], ["help lr"]),
      ("lr 2000", "lr expects a number from 0 to 1000, found 2000", [], ["help lr"]),
      ("lr cosne", "lr has no curve cosne; did you mean cosine?", [], ["lr cosine"]),
      (
        "lr 0.1 cosne",
        "the curve expects one of constant, cosine, step, poly, exponential, onecycle, plateau, found cosne; did you mean cosine?",
        [], ["lr 0.1 cosine"]
      ),
      (
        "lr 0.1 cosine 5", "lr cosine takes no more words, found 5",
        [
          "usage: lr [VALUE|find] [constant|cosine|step N …|poly|exponential|onecycle|plateau] [key=value …]"
        ],
        ["help lr"]
      ),
      (
        "lr 0.1 step", "lr step needs a number: every so many epochs, or several places", [],
        ["lr step 30", "lr step 30 60"]
      ),
      (
        "lr step 60 30", "the places of lr step ascend, found 30 after 60", [], ["lr step 30 60"]
      ),
      ("lr step 30 30", "the places of lr step ascend, found 30 after 30", [], ["help lr"]),
      (
        "lr step x", "lr step expects a whole number from 1 to 1,000,000,000, found x", [],
        ["help lr"]
      ),
      (
        "lr 0.1 cosine gamma=3", "lr cosine has no key gamma",
        ["keys of lr cosine: to, warmup, unit"], ["help lr"]
      ),
      (
        "lr 0.1 cosine warmpu=3", "lr cosine has no key warmpu; did you mean warmup?",
        ["keys of lr cosine: to, warmup, unit"], ["lr 0.1 cosine warmup=3"]
      ),
      (
        "lr plateau unit=steps", "lr plateau has no key unit",
        ["keys of lr plateau: on, patience, factor, threshold, cooldown, to, warmup"], ["help lr"]
      ),
      ("lr 0.1 cosine to=1", "to expects a number from 0 to 0.1, found 1", [], ["help lr"]),
      ("lr cosine unit=days", "unit expects one of epochs, steps, found days", [], ["help lr"]),
      ("lr plateau on=net", "on expects one of train, test, found net", [], ["help lr"]),
      (
        "lr cosine warmup=-1", "warmup expects a whole number from 0 to 1,000,000,000, found -1",
        [],
        ["help lr"]
      ),
      ("lr step 3 gamma=2", "gamma expects a number from 0 to 1, found 2", [], ["help lr"]),
      ("lr poly power=-1", "power expects a number from 0 to 100, found -1", [], ["help lr"]),
      (
        "lr onecycle div_factor=0.5",
        "div_factor expects a number from 1 to 1000000000.0, found 0.5", [], ["help lr"]
      ),
    ]

  @Test("refusals lead on")
  func refuses() {
    for (command, message, notes, offers) in Self.refusals {
      let complaint = Complaint(Session().answer(command).text)
      #expect(complaint.message == message)
      #expect(complaint.notes == notes)
      #expect(complaint.offers == offers)
    }
  }

  private func session() -> Session {
    var options = Session.Options()
    options.threads = 1
    let session = Session(options)
    session.answer("data moons count=64; add dense 8 act=tanh; add dense 2; batch 16")
    return session
  }

  @Test("a run begins with its curve")
  func tellsTheCurve() {
    let session = session()
    session.answer("lr 0.1 cosine warmup=2")
    let lines = session.answer("train 6").text.split(separator: "\n")
    #expect(lines.first == "  0.0333 ▃▅█▇▄▁ 0.0146 over 6 epochs")
    #expect(
      session.answer("lr 0.1; train 1").text.split(separator: "\n").last?.hasPrefix("trained")
        == true)
    session.answer("lr 0.1 step 4 gamma=0.5 unit=steps")
    #expect(session.answer("train 8 steps").text.hasPrefix("  0.100 ████▄▄▄▄ 0.0500 over 8 steps"))
  }

  @Test(
    "what a run cannot follow is refused before it begins",
    arguments: [
      (
        "lr 0.1 cosine", "train until loss < 0.1",
        "lr cosine is spread over the run, which has no length here",
        ["train 30 until loss < 0.1", "lr 0.1"]
      ),
      (
        "data moons count=64 test=0; lr plateau on=test", "train 3",
        "lr plateau looks at the test loss, and moons has no test part",
        ["split 0.8", "lr plateau on=train"]
      ),
    ])
  func refusesRuns(setting: String, command: String, message: String, offers: [String]) {
    let session = session()
    session.answer(setting)
    let text = session.answer(command).text
    #expect(Complaint(text).message == message, "\(text)")
    #expect(Complaint(text).offers == offers, "\(text)")
  }

  @Test("undo takes a curve back, also while a run goes on")
  func undoes() {
    let live = LiveSession()
    live.type("lr 0.2 cosine unit=steps")
    #expect(live.session.state.recipe.schedule.curve == .cosine)
    live.type("step 2")
    #expect((live.session.trainer.progress?.learningRate ?? 0) < 0.2)
    live.type("undo")
    #expect(live.session.state.recipe.schedule == .constant)
    live.type("step")
    #expect(live.session.trainer.progress?.learningRate == 0.1)
    #expect(live.type("lr step 5 unit=steps gamma=0.5").contains("now 0.1"))
    live.type("stop")
  }
}
