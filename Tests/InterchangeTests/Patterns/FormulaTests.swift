import Testing

@testable import Interchange

/// Numbers in code: their text, their value, and what is left of them when some parameters are known.
struct FormulaTests {
  private static let n = Formula.parameter("n")
  private static let k = Formula.parameter("k")

  private static let texts: [(formula: Formula, text: String)] = [
    (.literal(3), "3"),
    (.literal(0.5), "0.5"),
    (.literal(-2), "-2"),
    (n, "n"),
    (.operation(n, .subtract, .one), "n - 1"),
    (.operation(.operation(n, .subtract, .one), .multiply, k), "(n - 1) * k"),
    (.operation(n, .subtract, .operation(k, .subtract, .one)), "n - (k - 1)"),
    (.operation(.operation(n, .multiply, k), .floorDivide, .literal(2)), "n * k // 2"),
    (.operation(n, .power, .operation(k, .subtract, .one)), "n ** (k - 1)"),
    (.operation(.operation(n, .power, k), .power, .literal(2)), "(n ** k) ** 2"),
    (.operation(n, .multiply, .operation(k, .power, .literal(2))), "n * k ** 2"),
  ]

  @Test("a formula is written as Python reads it", arguments: texts)
  func python(formula: Formula, text: String) {
    #expect(formula.python == text)
  }

  @Test("whole numbers divide down, as in Python, and what is no number has no value")
  func values() {
    let values = ["n": 7.0, "k": -2.0]
    func value(_ operation: Formula.Operator) -> Double? {
      Formula.operation(Self.n, operation, Self.k).value(values)
    }
    #expect(value(.floorDivide) == -4)
    #expect(value(.remainder) == -1)
    #expect(value(.divide) == -3.5)
    #expect(value(.power) == nil)
    #expect(Formula.operation(Self.n, .divide, .literal(0)).value(values) == nil)
    #expect(Formula.parameter("other").value(values) == nil)
    #expect(Formula.word("same").value(values) == nil)
  }

  @Test("factors and exponents of 1 are left out, and what is known becomes a number")
  func simplification() {
    #expect(Self.n.times(.one) == Self.n)
    #expect(Formula.one.times(Self.n) == Self.n)
    #expect(Formula.literal(2).times(.literal(3)) == .literal(6))
    #expect(Self.n.raised(to: .one) == Self.n)
    #expect(Formula.one.raised(to: Self.n) == .one)
    #expect(Self.n.raised(to: .literal(0)) == .one)
    let formula = Formula.operation(Self.n, .subtract, Self.k)
    #expect(formula.replacing(["n": .literal(5)]).python == "5 - k")
    #expect(formula.replacing(["n": .literal(5), "k": .literal(2)]) == .literal(3))
    #expect(formula.parameters == ["n", "k"])
  }
}
