import Networks
import Testing

@testable import Sessions

/// What the tree is told of gradients: containers, copies and shortcuts, and how long that counts.
struct GradientNormTests {
  private func session() -> Session {
    let session = Session()
    session.answer(
      """
      data digits
      add conv 4 3 bias=no
      repeat 3 { residual { conv 4 3; bn } }
      residual { conv 8 3 stride=2 }
      add gap; add dense 10
      """)
    return session
  }

  @Test("the norms count until the weights change, also after undo")
  func validity() throws {
    let session = session()
    #expect(session.measuredGradients == nil)
    session.answer("gradients")
    let first = try #require(session.measuredGradients)
    #expect(first.norms.count == 11)
    session.answer("gradients")
    #expect(session.measuredGradients?.number != first.number)
    session.answer("init he")
    #expect(session.measuredGradients == nil)
    session.answer("undo")
    #expect(session.measuredGradients != nil)
    session.answer("net other; input 1x8x8")
    #expect(session.measuredGradients == nil)
  }

  @Test("measuring changes nothing that undo could give back")
  func undo() {
    let session = session()
    session.answer("gradients")
    #expect(session.answer("undo").text.contains("add dense 10"))
  }

  @Test("a container's norm is that of all its layers together")
  func containers() throws {
    let session = session()
    session.answer("gradients")
    let overview = session.overview
    let layers = try #require(session.measuredGradients).norms
    let norms = try #require(overview.gradientNorms(layers))
    let network = try #require(overview.network)
    func id(_ path: String) throws -> BlockID {
      try #require(Outline(network).rows.first { $0.path == path && $0.part == .block }?.id)
    }
    let stage = try id("rep1")
    let copies = try #require(norms.copies[stage])
    #expect(copies.count == 3)
    let whole = try #require(norms.blocks[stage])
    let square = copies.reduce(0) { $0 + $1 * $1 }
    #expect(abs(whole * whole - square) <= 1e-9 * square)
    let residual = try id("res1")
    let shortcut = try #require(norms.shortcuts[residual])
    let body = try #require(norms.blocks[try id("res1.body.conv1")])
    let both = try #require(norms.blocks[residual])
    #expect(abs(both * both - shortcut * shortcut - body * body) <= 1e-9 * both * both)
  }
}
