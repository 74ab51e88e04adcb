import Terminal
import Testing

/// The table of readline's functions, held against the readline that is there.
@Suite struct KeyFunctionTests {
  @Test func namesEveryFunctionOfReadline() {
    let known = Set(KeyFunctions.rows.map(\.name))
    let missing = LineEditor.functionNames.filter { !known.contains($0) }
    #expect(missing == [], "readline has functions on which nothing is decided; they ring")
  }

  @Test func decidesOnceAndSaysWhy() {
    let names = KeyFunctions.rows.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(KeyFunctions.rows.filter(\.reason.isEmpty).map(\.name) == [])
    #expect(KeyFunctions.decision(on: "self-insert") == .works)
    #expect(KeyFunctions.decision(on: "made-up") == .rings)
    let used = Set(
      KeyFunctions.rows.compactMap { row in
        if case .ours(let replacement) = row.decision { replacement } else { nil }
      })
    #expect(used == Set(KeyFunctions.Replacement.allCases))
  }
}
