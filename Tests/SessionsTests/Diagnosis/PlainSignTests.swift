import Testing

@testable import Sessions

/// The line at the end of a run that leads to `why`.
struct PlainSignTests {
  private let stuck = "data digits; init normal 0.00001; \(SickSessions.mlp)"

  @Test("a loss that stayed where guessing is leads to why, once")
  func stayed() {
    let session = SickSessions.session(stuck)
    let lines = session.answer("train 100 steps").text.split(separator: "\n").map(String.init)
    #expect(lines.last == "loss stayed at ln 10 = 2.303: why")
    #expect(lines.count { $0.contains("why") } == 1)
    #expect(!session.answer("evaluate").text.contains("why"))
  }

  @Test("of networks side by side each is named")
  func named() {
    let session = SickSessions.session(
      "\(stuck); trace; net good; init he; \(SickSessions.mlp)")
    let text = session.answer("train main,good 100 steps").text
    #expect(text.contains("\nmain: loss stayed at ln 10 = 2.303: why main"), "\(text)")
    #expect(!text.contains("good: loss stayed"))
  }

  @Test("nothing is said of what learns, of short runs, or where it was not asked for")
  func silence() {
    #expect(
      !SickSessions.session("data digits; \(SickSessions.mlp)").answer("train 2").text
        .contains("why"))
    #expect(!SickSessions.session(stuck).answer("train 30 steps").text.contains("why"))
    let quiet = SickSessions.session(stuck)
    quiet.leadsToWhy = false
    #expect(!quiet.answer("train 100 steps").text.contains("why"))
  }

  @Test("a run that diverged offers why, which can be asked then")
  func diverged() {
    let session = SickSessions.session(SickSessions.cases[0].commands)
    let complaint = Complaint(session.answer("train 5 steps").text)
    #expect(complaint.offers.last == "why", "\(complaint.offers)")
  }
}
