import Networks
import Testing

@testable import Training

/// Sets of equal values that take the memory of one.
@Suite struct DataSharingTests {
  private static func set(
    _ values: [Float], _ targets: Examples.Targets, test: [Float]? = nil, shape: [Int] = [2, 2]
  ) -> Dataset {
    func part(_ values: [Float]) -> Examples {
      Examples(inputs: Tensor(shape: shape, values: values), targets: targets)
    }
    return Dataset(
      name: "made", description: "", train: part(Array(values)), test: test.map { part(Array($0)) })
  }

  /// Where inputs and targets of a part lie.
  private func places(_ part: Examples) -> [UnsafeRawPointer?] {
    func place<Element>(_ array: [Element]) -> UnsafeRawPointer? {
      array.withUnsafeBytes(\.baseAddress)
    }
    let targets: UnsafeRawPointer? =
      switch part.targets {
      case .classes(let labels, _): place(labels)
      case .maps(let maps): place(maps.labels)
      case .values(let values): place(values.values)
      case .none: nil
      }
    return [part.rows.tensor.flatMap { place($0.values) }, targets]
  }

  @Test("equal inputs and targets of each kind are kept once", arguments: 0..<4)
  func kinds(_ kind: Int) {
    func targets() -> Examples.Targets {
      switch kind {
      case 0: .classes([0, 1].map { $0 }, names: ["a", "b"])
      case 1: .maps(ClassMaps(labels: [0, 1, 1, 0].map { $0 }, extents: [2], names: ["a", "b"]))
      case 2: .values(Tensor(shape: [2, 1], values: [0.5, 1.5].map { $0 }))
      default: .none
      }
    }
    let one = Self.set([1, 2, 3, 4].map { $0 }, targets())
    let other = Self.set([1, 2, 3, 4].map { $0 }, targets())
    #expect(places(one.train)[0] != places(other.train)[0])
    #expect(places(other.sharing(with: one).train) == places(one.train))
  }

  @Test("each part is looked at by itself, and what differs by a bit stays")
  func parts() throws {
    let one = Self.set([1, 2, 3, 0], .classes([0, 1], names: ["a", "b"]), test: [5, 6, 7, 8])
    let other = Self.set(
      [1, 2, 3, -0.0], .classes([0, 1], names: ["c", "d"]), test: [5, 6, 7, 8])
    let shared = other.sharing(with: one)
    #expect(places(shared.train)[0] == places(other.train)[0])
    #expect(shared.train.inputs.values[3].sign == .minus)
    #expect(places(shared.train)[1] == places(one.train)[1])
    #expect(shared.train.classNames == ["c", "d"])
    #expect(try places(#require(shared.test)) == places(#require(one.test)))
    let without = Self.set([1, 2, 3, 0], .none)
    #expect(without.sharing(with: one).test == nil)
    #expect(one.sharing(with: without).test?.inputs.values == [5, 6, 7, 8])
  }

  @Test("the shape stays that of the set itself")
  func shape() {
    let one = Self.set([1, 2, 3, 4], .none)
    let other = Self.set([1, 2, 3, 4], .none, shape: [2, 1, 2])
    let shared = other.sharing(with: one)
    #expect(shared.train.rows.shape == [2, 1, 2])
    #expect(places(shared.train) == places(one.train))
  }

  @Test("the digits are made once")
  func digits() throws {
    let sets = try (0..<2).map { _ in try #require(DataSource.named("digits")).make() }
    #expect(places(sets[0].train) == places(sets[1].train))
    #expect(try places(#require(sets[0].test)) == places(#require(sets[1].test)))
  }
}
