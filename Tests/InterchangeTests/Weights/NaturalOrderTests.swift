import Testing

@testable import Interchange

/// Names in an order in which numbers count as numbers.
@Suite struct NaturalOrderTests {
  @Test(arguments: [
    ["1", "2", "10"], ["0.weight", "2.weight", "10.weight"], ["b2", "b10", "c1"],
    ["layer1.0.bn1", "layer1.0.conv1", "layer1.10.bn1", "layer2.0.bn1", "layer10.0.bn1"],
    ["a", "a1", "ab"], ["", "a"], ["x9", "x99999999999999999999998", "x99999999999999999999999"],
    ["1é", "2", "2é"],
  ])
  func ascends(names: [String]) {
    #expect(names.reversed().sorted(by: NaturalOrder.isLess) == names)
    for name in names { #expect(!NaturalOrder.isLess(name, name)) }
  }

  @Test func zerosBeforeANumberCountForNothing() {
    #expect(NaturalOrder.isLess("a007", "a8") && NaturalOrder.isLess("a6", "a007"))
    #expect(!NaturalOrder.isLess("a7", "a007") && !NaturalOrder.isLess("a007", "a7"))
  }
}
