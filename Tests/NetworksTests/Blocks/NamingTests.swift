import Networks
import Testing

/// Names for blocks that were given none.
struct NamingTests {
  @Test(
    "fresh names",
    arguments: [
      ("conv", [], "conv1"), ("conv", ["conv1", "conv2"], "conv3"), ("conv", ["conv2"], "conv3"),
      ("conv", ["conv", "relu1", "convx", "conv1x"], "conv1"), ("conv", ["conv007"], "conv8"),
      ("resnet20", [], "resnet20"), ("resnet20", ["resnet20"], "resnet20_2"),
      ("resnet20", ["resnet20", "resnet20_2"], "resnet20_3"),
      ("resnet20", ["resnet20_7"], "resnet20"),
      ("resnet20", ["resnet20", "resnet20_7"], "resnet20_8"),
      ("conv", ["conv999999999"], "conv1000000000"),
      ("conv", ["conv999999999", "conv1000000000"], "conv1000000001"),
      ("conv", ["conv9223372036854775807"], "conv1"),
      ("conv", ["conv99999999999999999999999999"], "conv1"), ("größe", ["größe3"], "größe4"),
    ])
  func fresh(base: String, siblings: [String], name: String) {
    #expect(Naming.fresh(base, among: siblings) == name)
    #expect(!siblings.contains(name))
  }

  @Test("fresh names stay within the length of names")
  func length() {
    let base = String(repeating: "a", count: 70)
    let first = Naming.fresh(base, among: [])
    let second = Naming.fresh(base, among: [first])
    #expect(Naming.isValid(first) && Naming.isValid(second) && first != second)
  }

  @Test("many fresh names one after another are all different")
  func supply() {
    var supply = NameSupply(["conv3", "stem"])
    var names: Set<String> = []
    for index in 0..<500 {
      let name = supply.fresh(index % 2 == 0 ? "conv" : "net2")
      let isNew = supply.insert(name)
      let isNewAgain = supply.insert(name)
      #expect(isNew && !isNewAgain)
      names.insert(name)
    }
    #expect(names.count == 500)
    #expect(names.contains("conv4") && names.contains("net2") && names.contains("net2_2"))
    #expect(supply.contains("stem") && !supply.contains("conv3x"))
  }

  @Test("a supply and a single look at the siblings agree")
  func agree() {
    var random = RandomSource(seed: 52)
    let stems = ["conv", "co", "net2", "net2_", "a", "", "9", "net"]
    for _ in 0..<500 {
      let siblings = (0..<random.number(0...8)).map { _ in
        random.one(of: stems) + (random.chance(70) ? "\(random.number(0...12))" : "")
      }
      for base in stems where !base.isEmpty {
        let name = Naming.fresh(base, among: siblings)
        #expect(name == NameSupply(siblings).fresh(base), "\(base) among \(siblings)")
        #expect(!siblings.contains(name))
      }
    }
  }

  @Test(
    "what may be a name",
    arguments: [
      ("a", true), ("conv1", true), ("1", true), ("_", true), ("größe", true), ("层", true),
      ("", false), (" ", false), ("a b", false), ("a.b", false), ("a-b", false), ("*", false),
      ("a=b", false), ("a;b", false), ("{", false), ("$a", false), ("a\n", false),
      ("é\u{301}", true),
      ("🙂", false), ("a\u{200B}", false),
    ])
  func valid(name: String, isValid: Bool) {
    #expect(Naming.isValid(name) == isValid)
  }

  @Test("64 letters at most, however they are composed")
  func validLength() {
    #expect(Naming.isValid(String(repeating: "a", count: 64)))
    #expect(!Naming.isValid(String(repeating: "a", count: 65)))
    #expect(!Naming.isValid("a" + String(repeating: "\u{301}", count: 64)))
  }

  @Test("children whose names repeat")
  func unique() throws {
    func names(_ text: String, keeping: [Int] = []) throws -> [String] {
      let blocks = try text.split(separator: " ").map { name in
        try Block(name: String(name), form: block("relu").form)
      }
      return Naming.unique(blocks, keeping: Set(keeping.map { blocks[$0].id })).map(\.name)
    }
    #expect(try names("a b c") == ["a", "b", "c"])
    #expect(try names("relu1 relu1 relu2 relu1") == ["relu1", "relu3", "relu2", "relu4"])
    #expect(try names("a a") == ["a", "a1"])
    #expect(try names("7 7") == ["7", "relu1"])
    #expect(try names("relu1 x relu1", keeping: [2]) == ["relu2", "x", "relu1"])
  }

  @Test("stems of automatic names", arguments: Kind.allCases)
  func stems(kind: Kind) {
    #expect(Naming.isValid(kind.nameStem))
    #expect(kind.nameStem.last?.isNumber == false)
  }
}
