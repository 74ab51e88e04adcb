import Networks
import Testing

@testable import Training

@Suite struct AugmentationTests {
  private static func examples(_ count: Int, _ shape: Shape) -> Examples {
    Examples(
      inputs: Tensor(
        shape: [count] + shape.extents, values: (0..<count * shape.count).map { Float($0 + 1) }),
      targets: .classes((0..<count).map { Int32($0 % 2) }, names: ["even", "odd"]))
  }

  private static func made(_ change: (inout Augmentation) -> Void) -> Augmentation {
    var augmentation = Augmentation()
    change(&augmentation)
    return augmentation
  }

  /// What becomes of the first example in some epochs.
  private static func values(
    _ augmentation: Augmentation, _ shape: Shape, epochs: Int = 40
  ) throws -> [[Float]] {
    let examples = examples(1, shape)
    return try (0..<epochs).map {
      try augmentation.applied(to: examples, at: [0], epoch: $0, seed: 1).inputs.values
    }
  }

  @Test func seedEpochAndPositionDecideAlone() throws {
    let all = Self.made {
      ($0.crop, $0.jitter, $0.scale, $0.noise, $0.cutout) = (1, 0.1, 0.1, 0.1, 2)
      $0.flip = .yes
    }
    let examples = Self.examples(6, Shape([2, 4, 5]))
    let whole = try all.applied(to: examples, at: Array(0..<6), epoch: 3, seed: 9)
    let part = try all.applied(to: examples, at: [4, 2], epoch: 3, seed: 9)
    #expect(part.inputs.values[..<40] == whole.inputs.values[160..<200])
    #expect(part.inputs.values[40...] == whole.inputs.values[80..<120])
    guard case .classes([0, 0], ["even", "odd"]) = part.targets else {
      Issue.record("other targets")
      return
    }
    for (epoch, seed) in [(4, UInt64(9)), (3, 8)] {
      let other = try all.applied(to: examples, at: [4, 2], epoch: epoch, seed: seed)
      #expect(other.inputs != part.inputs)
    }
    #expect(whole.inputs.values.allSatisfy { $0.isFinite })
  }

  @Test func cropMovesAndFlipMirrors() throws {
    let shape = Shape([1, 1, 3])
    let cropped = try Set(Self.values(Self.made { $0.crop = 1 }, Shape([1, 3])))
    #expect(cropped == [[1, 2, 3], [0, 1, 2], [2, 3, 0]])
    #expect(try Set(Self.values(Self.made { $0.flip = .yes }, shape)) == [[1, 2, 3], [3, 2, 1]])
    #expect(
      try Set(Self.values(Self.made { $0.flip = .time }, Shape([2, 2]))) == [
        [1, 2, 3, 4], [2, 1, 4, 3],
      ])
    let square = try Set(Self.values(Self.made { $0.crop = 1 }, Shape([1, 2, 2]), epochs: 200))
    #expect(
      square == [
        [1, 2, 3, 4], [0, 1, 0, 3], [2, 0, 4, 0], [0, 0, 1, 2], [3, 4, 0, 0], [0, 0, 0, 1],
        [0, 0, 2, 0], [0, 3, 0, 0], [4, 0, 0, 0],
      ])
  }

  @Test func cutoutSetsASquareToNothing() throws {
    for values in try Self.values(Self.made { $0.cutout = 2 }, Shape([2, 4, 4])) {
      let zeros = values.indices.filter { values[$0] == 0 }
      #expect([2, 4, 8].contains(zeros.count))
      #expect(zeros.prefix(zeros.count / 2).map { $0 + 16 } == Array(zeros.suffix(zeros.count / 2)))
    }
    for values in try Self.values(Self.made { $0.cutout = 3 }, Shape([1, 9])) {
      let zeros = values.indices.filter { values[$0] == 0 }
      #expect((2...3).contains(zeros.count))
      #expect(zeros == Array(zeros[0]...zeros[zeros.count - 1]))
    }
  }

  @Test func deviationsAreThoseAskedFor() throws {
    let shape = Shape([4, 250])
    let original = Self.examples(1, shape).inputs.values
    func deviation(_ numbers: [Double]) -> Double {
      let mean = numbers.reduce(0, +) / Double(numbers.count)
      return (numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count))
        .squareRoot()
    }
    let noisy = try Self.values(Self.made { $0.noise = 0.5 }, shape, epochs: 4)
    let noises = noisy.flatMap { zip($0, original).map { Double($0 - $1) } }
    #expect(abs(deviation(noises) - 0.5) < 0.02)
    let scaled = try Self.values(Self.made { $0.scale = 0.1 }, shape, epochs: 400)
    #expect(abs(deviation(scaled.map { Double($0[999] / 1000) }) - 0.1) < 0.01)
    #expect(
      scaled[0].indices.allSatisfy { abs(scaled[0][$0] / scaled[0][0] - Float($0 + 1)) < 0.01 })
    let jittered = try Self.values(Self.made { $0.jitter = 0.2 }, shape, epochs: 100)
    let shifts = jittered.flatMap { values in
      (0..<4).map { Double(values[$0 * 250]) - Double($0 * 250 + 1) }
    }
    #expect(abs(deviation(shifts) - 0.2) < 0.02)
    #expect(abs(jittered[0][249] - jittered[0][0] - 249) < 1e-3)
  }

  @Test func warpedTimeRunsForthAndEndsWhereItDid() throws {
    let all = try Self.values(Self.made { $0.warp = 0.5 }, Shape([1, 100]))
    for values in all {
      #expect(values[0] == 1)
      #expect(abs(values[99] - 100) < 1e-3)
      #expect(zip(values, values.dropFirst()).allSatisfy { $0 < $1 })
      #expect(zip(values, values.dropFirst()).allSatisfy { (0.3...3.1).contains($1 - $0) })
    }
    #expect(Set(all).count == all.count)
    #expect(try Self.values(Self.made { $0.warp = 0.5 }, Shape([1, 1]), epochs: 2) == [[1], [1]])
  }

  @Test func whatMakesNoSenseIsRefused() {
    typealias Case = (Augmentation, Shape, Augmentation.Misfit?)
    let cases: [Case] = [
      (
        Self.made {
          $0.noise = 1; $0.scale = 1
        }, Shape([3]), nil
      ),
      (Self.made { $0.crop = 1 }, Shape([3]), .noPositions(key: "crop")),
      (Self.made { $0.flip = .yes }, Shape([3]), .noPositions(key: "flip")),
      (Self.made { $0.jitter = 1 }, Shape([3]), .noPositions(key: "jitter")),
      (Self.made { $0.warp = 0.1 }, Shape([3]), .noPositions(key: "warp")),
      (Self.made { $0.cutout = 1 }, Shape([3]), .noPositions(key: "cutout")),
      (Self.made { $0.warp = 0.1 }, Shape([3, 4, 4]), .notASeries(key: "warp")),
      (Self.made { $0.flip = .time }, Shape([3, 4, 4]), .notASeries(key: "flip=time")),
      (Self.made { $0.flip = .yes }, Shape([3, 4]), .flipOfSeries),
      (Self.made { $0.crop = 4 }, Shape([3, 4]), .tooLarge(key: "crop", found: 4, limit: 3)),
      (
        Self.made { $0.cutout = 5 }, Shape([1, 4, 9]), .tooLarge(key: "cutout", found: 5, limit: 4)
      ),
      (Self.made { $0.cutout = 4 }, Shape([1, 4, 9]), nil),
    ]
    for (augmentation, shape, misfit) in cases {
      var found: Augmentation.Misfit?
      do throws(Augmentation.Misfit) { try augmentation.check(shape) } catch { found = error }
      #expect(found == misfit)
    }
  }
}
