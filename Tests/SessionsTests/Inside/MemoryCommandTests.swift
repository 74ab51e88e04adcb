import Testing

@testable import Sessions

/// What a network is going to take, as `memory` tells it.
@Suite struct MemoryCommandTests {
  private static let start =
    "threads 1; input 2x8; add conv 4 3; add bn; add relu; add gap; add dense 3; batch 4"

  @Test("what a step and an evaluation take, what takes most, and what fits")
  func table() throws {
    let session = Session()
    session.answer(Self.start)
    let lines = session.answer("memory").text.split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
    let expected = """
      memory               step of 1  step of 4  evaluate, 256 at once
      weights              832 bytes  832 bytes              832 bytes
      their gradients      832 bytes  832 bytes
      running statistics   512 bytes  512 bytes              512 bytes
      """
    #expect(lines.prefix(4).joined(separator: "\n") == expected)
    #expect(lines.contains { $0.hasPrefix("total ") })
    let largest = try #require(lines.firstIndex { $0.hasPrefix("largest values") })
    #expect(
      lines[largest + 1].split(separator: " ").prefix(6)
        == ["conv1", "conv", "4", "3", "4×8", "512"])
    #expect(lines[largest + 1].hasSuffix("kept for the backward pass"))
    #expect(
      try #require(lines.last).hasSuffix(
        " can be had now: batch 65536 is the largest power of two that fits"))
  }

  private func need(_ session: Session, _ key: String) throws -> [String: Int] {
    let data = try #require(session.data("memory"))
    let need = try #require(data.members.first { $0.key == key }?.value)
    return Dictionary(
      uniqueKeysWithValues: need.members.compactMap { member in
        if case .integer(let number) = member.value { (member.key, number) } else { nil }
      })
  }

  @Test("the total is the sum of its parts, and what goes with the batch is what grows with it")
  func sums() throws {
    let session = Session()
    session.answer(Self.start)
    let small = try need(session, "step")
    for need in [small, try need(session, "single"), try need(session, "evaluate")] {
      let parts = need.filter { $0.key != "batch" && $0.key != "total" }.map(\.value)
      #expect(parts.reduce(0, +) == need["total"])
    }
    session.answer("batch 64; optimizer adam")
    let large = try need(session, "step")
    let (few, many) = (try #require(small["values"]), try #require(large["values"]))
    #expect(many > 8 * few && small["weights"] == large["weights"])
    #expect(small["optimizer"] == 0)
    #expect(try #require(large["optimizer"]) == 2 * (try #require(large["weights"])))
  }

  @Test("the batch is that of the data, and so are the examples that are answered")
  func data() throws {
    let session = Session()
    session.answer("data moons count=20 test=7; add dense 3 act=tanh; add dense 2")
    #expect(try need(session, "step")["batch"] == 20)
    #expect(try need(session, "evaluate")["batch"] == 7)
    session.answer("batch 8")
    #expect(try need(session, "step")["batch"] == 8)
    #expect(try need(session, "single")["batch"] == 1)
  }

  @Test("a batch of 1 has no figures where batch normalization would see one value")
  func singleValue() throws {
    let session = Session()
    session.answer("input 3; add dense 4; add bn; add dense 2")
    let data = try #require(session.data("memory"))
    #expect(data.members.first { $0.key == "single" }?.value == .null)
    session.answer("batch 1")
    let complaint = Complaint(session.answer("memory").text)
    #expect(complaint.message == "bn1 normalizes one value per channel, which has no variance")
    #expect(complaint.offers == ["batch 32", "remove bn1"])
  }

  @Test("without a network it is refused, and a network without blocks takes next to nothing")
  func empty() {
    let session = Session()
    #expect(
      Complaint(session.answer("memory").text).message
        == "no input yet: a network begins with the shape of one example")
    session.answer("input 4")
    let text = session.answer("memory").text
    #expect(text.contains("\ntotal") && !text.contains("largest values"))
  }

  @Test("a run that cannot be had is refused before it begins, with the batch that memory tells")
  func refusal() throws {
    let session = Session()
    session.answer(
      "data moons count=60000; add dense 1000000 act=relu; add dense 2; batch 60000")
    let told = session.answer("memory").text
    #expect(told.hasSuffix(" fits, 60,000 examples do not"))
    for command in ["step", "train 1", "train 2 steps"] {
      let console = ListeningConsole()
      #expect(session.run(Source(command, from: .file("x")), on: console) == .failed)
      let complaint = Complaint(console.take().0)
      #expect(complaint.message.hasPrefix("this needs 480 GB of memory, "))
      #expect(complaint.message.hasSuffix(" can be had"))
      let offer = try #require(complaint.offers.first)
      #expect(complaint.offers.count == 1 && offer.hasPrefix("batch "), "\(offer)")
    }
    #expect(session.state.current?.weights.steps == 0)
  }
}
