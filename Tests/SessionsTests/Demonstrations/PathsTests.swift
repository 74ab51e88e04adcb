import Foundation
import Networks
import Testing

@testable import Sessions

/// Paths through residual blocks.
struct PathsTests {
  private func network(_ commands: String) throws -> Network {
    let session = Session()
    session.answer("input 3x16x16; \(commands)")
    return try #require(session.state.current?.network)
  }

  @Test(
    "n blocks are 2ⁿ paths of mean length n/2, spread as binomial numbers",
    arguments: [1, 4, 9, 54])
  func binomial(count: Int) throws {
    let paths = PathCounts(try network("repeat \(count) { basicblock 3 }"))
    #expect(paths.blocks == count && paths.power == count)
    #expect(abs(paths.mean - Double(count) / 2) < 1e-9)
    var binomial = 1.0
    for (length, number) in paths.counts.enumerated() {
      #expect(abs(number - binomial) <= 1e-9 * binomial)
      binomial = (binomial * Double(count - length) / Double(length + 1)).rounded()
    }
  }

  @Test(
    "the ResNets of the library", arguments: [("resnet20", 9), ("resnet110", 54), ("resnet50", 16)])
  func library(name: String, count: Int) throws {
    let session = Session()
    session.answer("input 3x64x64; add \(name)")
    #expect(PathCounts(try #require(session.state.current?.network)).power == count)
  }

  @Test("blocks in blocks, and branches")
  func nested() throws {
    let inner = PathCounts(try network("add residual { basicblock 3; conv 3 3 }"))
    #expect(inner.counts == [1, 1, 1] && inner.blocks == 1)
    let branches = PathCounts(
      try network("add parallel { basicblock 3 } { conv 3 3 }; add basicblock 3"))
    #expect(branches.counts == [2, 3, 1])
  }

  @Test("shares of the gradient are shares, and follow numbers of paths")
  func shares() {
    let even = PathGradients(norms: [1, 1, 1])
    #expect(even.shares.map { ($0 * 4).rounded() } == [1, 2, 1])
    #expect(abs(even.mean - 1) < 1e-12)
    #expect(even.lengths(holding: 0.7) == 0...1)
    let short = PathGradients(norms: [1, 0, 0])
    #expect(short.shares == [1, 0, 0] && short.lengths(holding: 0.95) == 0...0)
    let many = PathGradients(norms: [Double](repeating: 1, count: 2001))
    #expect(abs(many.shares.reduce(0, +) - 1) < 1e-9)
  }

  @Test("with data the gradient by length, the same for the same seed; nothing changes")
  func gradients() throws {
    let session = Session()
    session.answer(
      "data waves count=64 length=16; add conv 4 3; repeat 4 { basicblock 4 }; add gap; add dense 4"
    )
    session.answer("train 1")
    let before = session.state
    let answer = session.answer("paths")
    #expect(answer.text.hasPrefix("4 residual blocks: 2^4 = 16 paths, mean length 2"))
    #expect(answer.text.contains("\n95 % of the gradient comes by paths of "))
    #expect(
      answer.text.hasSuffix(
        "\nwhere gradient is above the share of paths, paths of that length carry more than their share"
      ))
    let first = session.state.shown
    #expect(first["paths"] == 16 && first["mean"] == 2 && first["gradient"] != nil)
    session.answer("paths")
    #expect(session.state.shown == first)
    #expect(!session.state.differs(from: before))
    let data = try #require(session.data("paths samples=1"))
    #expect(
      data.members.map(\.key) == [
        "network", "blocks", "paths", "mean_length", "gradient_mean_length", "lengths",
      ])
  }

  @Test("without data they are counted alone")
  func counted() {
    let session = Session()
    session.answer("input 3x16x16; add resnet20")
    #expect(
      session.answer("paths").text.hasSuffix(
        "\ndata digits: with data it tells how much of the gradient comes by them"))
  }

  @Test("one path is no news")
  func plain() {
    let session = Session()
    session.answer("input 3x16x16; add conv 3 3")
    let complaint = Complaint(session.answer("paths").text)
    #expect(complaint.message == "main has no residual block, so there is one path")
    #expect(
      Complaint(session.answer("paths samples=0").text).message
        == "samples expects a whole number from 1 to 10,000, found 0")
  }
}
