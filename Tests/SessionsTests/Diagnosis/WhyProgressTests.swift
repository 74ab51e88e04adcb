import Testing

@testable import Sessions

/// What `why` shows while it works, and that Ctrl-C ends it at any of these places.
struct WhyProgressTests {
  /// A shell whose user stops a command after so many notes of how far it is.
  private final class Onlooker: Console {
    private let most: Int
    private let interrupt: () -> Void
    private(set) var notes: [String] = []
    private(set) var messages: [String] = []

    init(stoppingAt most: Int = .max, _ interrupt: @escaping () -> Void = {}) {
      self.most = most
      self.interrupt = interrupt
    }

    func show(_ report: Report) { messages += report.diagnostics.map(\.message) }
    func waitForRun() {}

    func note(_ text: String) {
      notes.append(text)
      if notes.count == most { interrupt() }
    }
  }

  private func session() throws -> (session: Session, remedy: String) {
    let sick = try #require(SickSessions.cases.first { $0.symptom == .softmax })
    return (SickSessions.session(sick.commands), try #require(sick.remedy))
  }

  @Test("it says what it looks at, then each command that it tries")
  func notes() throws {
    let (session, remedy) = try session()
    let console = Onlooker()
    #expect(session.run(Source("why", from: .prompt), on: console) == .done)
    #expect(console.notes.first == "why  looking at main and steps of a copy")
    #expect(console.notes.dropFirst().allSatisfy { $0.hasPrefix("why  trying ") })
    #expect(console.notes.contains("why  trying \(remedy)"))
  }

  @Test("Ctrl-C ends it while it looks, and while it tries", arguments: [1, 2])
  func interruption(_ note: Int) throws {
    let (session, _) = try session()
    let before = session.state
    let console = Onlooker(stoppingAt: note, session.interrupt)
    #expect(session.run(Source("why", from: .prompt), on: console) == .interrupted)
    #expect(console.notes.count == note)
    #expect(console.messages == ["stopped by Ctrl-C"])
    #expect(!session.state.differs(from: before))
  }
}
