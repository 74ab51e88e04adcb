import Networks
import Testing

@testable import Engine

/// The smaller batch that is offered where a batch takes more memory than there is.
@Suite struct PlanSizeTests {
  @Test("the largest power of two whose plan can be had is offered, and the next cannot")
  func largestThatFits() throws {
    let net = try network([1, 4096], [conv(64, Extents(3)), gap])
    let model = try Model(network: net, usesLibrary: false)
    let error = #expect(throws: EngineError.self) {
      _ = try model.plan(PlanOptions(mode: .training, batch: 1 << 18, loss: .l2, threads: 1))
    }
    guard case .memory(let needed, let available, let batch) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(needed > available)
    let found = try #require(batch)
    #expect(found.nonzeroBitCount == 1 && found < 1 << 18)
    func floats(_ batch: Int) throws -> Int {
      let options = PlanOptions(mode: .training, batch: batch, loss: .l2, threads: 1)
      return try PlanDraft(net, slabs: model.slabs, options: options, seed: 0).floats
    }
    #expect(try floats(found) * 4 <= AvailableMemory.bytesAvailable)
    let next = try? floats(2 * found)
    #expect(next.map { $0 * 8 > AvailableMemory.bytesAvailable / 2 } ?? true)
  }
}
