import Testing

@testable import Networks

/// How one network differs from another.
struct NetworkComparisonTests {
  private func leaf(_ name: String, _ units: Int) -> Block {
    Block(name: name, form: .layer(.dense(Dense(units: units))))
  }

  private func network(_ blocks: [Block]) throws -> Network {
    try Network(input: Shape([4]), root: Block(name: "", form: .sequential(BlockList(blocks))))
  }

  @Test func aCopyIsTheSame() throws {
    let one = try network([leaf("a", 3), leaf("b", 2)])
    let comparison = NetworkComparison(one, one)
    #expect(comparison.differences.isEmpty)
    #expect(comparison.partners.count == 3)
    let other = try network([leaf("a", 3), leaf("b", 2)])
    #expect(NetworkComparison(one, other).differences.isEmpty)
    #expect(
      NetworkComparison(one, other).partners[one.root.children[0].id] == other.root.children[0].id)
  }

  @Test func identityGoesBeforeNames() throws {
    let (a, b) = (leaf("a", 4), leaf("b", 4))
    let one = try network([a, b])
    let other = try network([b, a])
    #expect(
      NetworkComparison(one, other).differences == [.moved(from: ["b"], to: ["b"])]
        || NetworkComparison(one, other).differences == [.moved(from: ["a"], to: ["a"])])
    var renamed = a
    renamed.name = "c"
    #expect(
      NetworkComparison(one, try network([renamed, b])).differences == [
        .renamed(path: "a", to: "c")
      ])
  }

  @Test func keysBlocksAndPlaces() throws {
    let (a, b, c) = (leaf("a", 4), leaf("b", 4), leaf("c", 4))
    var wide = c
    wide.form = .layer(.dense(Dense(units: 9)))
    let group = Block(name: "group", form: .sequential([a, b]))
    let comparison = NetworkComparison(try network([a, b, c]), try network([group, wide]))
    #expect(
      comparison.differences == [
        .moved(from: ["a", "b"], to: ["group.a", "group.b"]),
        .changed(path: "c", keys: [.init(key: "units", before: "4", after: "9")]),
        .added(path: "group", block: group),
      ])
    let back = NetworkComparison(try network([group, wide]), try network([a, b, c]))
    #expect(
      back.differences == [
        .removed(path: "group", block: group),
        .moved(from: ["group.a", "group.b"], to: ["a", "b"]),
        .changed(path: "c", keys: [.init(key: "units", before: "9", after: "4")]),
      ])
  }

  @Test func ofAlikeCopiesTheFirstIsTold() throws {
    func copies(_ units: Int) -> Block {
      Block(
        name: "rep1",
        form: .repeated(
          BlockList(
            (1...3).map { Block(name: "\($0)", form: .sequential([leaf("a", units)])) })))
    }
    let comparison = NetworkComparison(try network([copies(4)]), try network([copies(5)]))
    #expect(
      comparison.differences == [
        .changed(path: "rep1.1.a", keys: [.init(key: "units", before: "4", after: "5")])
      ])
    #expect(comparison.partners.count == 8)
  }
}
