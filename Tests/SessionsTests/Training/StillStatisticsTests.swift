import Networks
import Testing

@testable import Sessions

/// Batch normalization by running statistics: they stay to the bit while the rest learns.
struct StillStatisticsTests {
  @Test("frozen statistics stay, those of others move")
  func stay() throws {
    let session = Session()
    #expect(
      session.answer(
        """
        data digits; seed 3; batch 64; threads 1
        add conv 6 3; add bn; add relu; add conv 6 3; add bn; add relu; add gap; add dense 10
        train 1
        freeze bn1 statistics=yes
        """
      ).outcome == .done)
    let before = try statistics(of: session)
    #expect(session.answer("train 1").outcome == .done)
    let after = try statistics(of: session)
    for (path, values) in before {
      #expect((after[path] == values) == path.hasPrefix("bn1"), "\(path)")
    }
  }

  /// The values of running means and variances, and of what is frozen, by path.
  private func statistics(of session: Session) throws -> [String: [Float]] {
    let known = try #require(session.state.current)
    let chosen = known.network.parameters.filter { $0.path.contains("running_") || $0.isFrozen }
    return Dictionary(
      uniqueKeysWithValues: chosen.map { ($0.path, known.weights.parameters[$0.key]?.values ?? []) }
    )
  }
}
