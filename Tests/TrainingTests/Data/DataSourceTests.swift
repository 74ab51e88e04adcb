import Networks
import Testing

@testable import Training

@Suite struct DataSourceTests {
  @Test func tableNamesEverySourceAndItsPresetsAreAllowed() throws {
    #expect(
      DataSource.all.map(\.name) == [
        "digits", "waves", "spirals", "moons", "rings", "xor", "shapes", "text",
      ])
    for source in DataSource.all {
      let plain = try source.make()
      #expect(plain.name == source.name)
      let presets = Dictionary(
        uniqueKeysWithValues: source.settings.map { ($0.name, $0.preset) })
      let spelled = try source.make(presets)
      #expect(spelled.train.inputs == plain.train.inputs)
      #expect(spelled.test?.inputs == plain.test?.inputs)
    }
    #expect(DataSource.named("moon") == nil)
  }

  private static let generators = DataSource.all.map(\.name).filter {
    !["digits", "text"].contains($0)
  }

  @Test(arguments: generators) func seedDecidesEveryBit(name: String) throws {
    let source = try #require(DataSource.named(name))
    let first = try source.make(["count": "50", "test": "20", "seed": "5"])
    let again = try source.make(["count": "50", "test": "20", "seed": "5"])
    #expect(first.train.inputs == again.train.inputs)
    #expect(first.test?.inputs == again.test?.inputs)
    let other = try source.make(["count": "50", "test": "20", "seed": "6"])
    #expect(first.train.inputs != other.train.inputs)
    let longer = try source.make(["count": "60", "test": "20", "seed": "5"])
    #expect(longer.test?.inputs == first.test?.inputs)
    #expect(longer.train.inputs.values.starts(with: first.train.inputs.values))
    #expect(try source.make(["count": "5", "test": "0"]).test == nil)
    let counts = try #require(first.train.classCounts)
    #expect(first.train.hasPositions || (counts.max() ?? 0) - (counts.min() ?? 0) <= 1)
  }

  @Test func wavesAreWhatTheyAreCalled() throws {
    let source = try #require(DataSource.named("waves"))
    let set = try source.make([
      "count": "40", "test": "0", "channels": "3", "length": "100", "noise": "0",
    ])
    #expect(set.shape == Shape([3, 100]))
    #expect(set.train.classNames == ["sine", "square", "sawtooth", "chirp"])
    for index in 0..<40 {
      let values = set.train.inputs.values[index * 300..<index * 300 + 100]
      let different = Set(values)
      #expect(values.allSatisfy { abs($0) <= 1 })
      let steps = zip(values, values.dropFirst()).map { $1 - $0 }
      switch index % 4 {
      case 1: #expect(different == [-1, 1])
      case 2:
        let rising = steps.filter { $0 > 0 }
        #expect(rising.count > 85)
        #expect((rising.max() ?? 0) - (rising.min() ?? 0) < 1e-5)
      default:
        #expect(different.count > 20)
        #expect(steps.allSatisfy { abs($0) < 0.8 })
      }
    }
    #expect(try source.make(["classes": "2"]).train.classNames == ["sine", "square"])
  }

  @Test func pointsLieWhereTheirClassSays() throws {
    func points(_ name: String, _ settings: [String: String]) throws -> [(Float, Float, Int)] {
      var settings = settings
      settings["noise"] = "0"
      let set = try #require(DataSource.named(name)).make(settings)
      #expect(set.shape == Shape([2]))
      guard case .classes(let labels, _) = set.train.targets else { return [] }
      return labels.indices.map {
        (set.train.inputs.values[2 * $0], set.train.inputs.values[2 * $0 + 1], Int(labels[$0]))
      }
    }
    for (x, y, label) in try points("xor", [:]) { #expect((x * y < 0) == (label == 1)) }
    for (x, y, label) in try points("rings", ["rings": "4"]) {
      #expect(abs((x * x + y * y).squareRoot() - Float(label + 1) / 4) < 1e-5)
    }
    for (x, y, label) in try points("moons", [:]) {
      let (centre, height): (Float, Float) = label == 0 ? (0, 0) : (1, 0.5)
      #expect(abs((x - centre) * (x - centre) + (y - height) * (y - height) - 1) < 1e-5)
      #expect(label == 0 ? y >= 0 : y <= 0.5)
    }
    for (x, y, label) in try points("spirals", ["arms": "4", "turns": "0"]) {
      let expected: [(Float, Float)] = [(1, 0), (0, 1), (-1, 0), (0, -1)]
      let radius = (x * x + y * y).squareRoot()
      #expect(abs(x - radius * expected[label].0) < 1e-5)
      #expect(abs(y - radius * expected[label].1) < 1e-5)
    }
  }

  @Test func noiseHasTheDeviationAskedFor() throws {
    let source = try #require(DataSource.named("xor"))
    let plain = try source.make(["count": "1", "test": "0", "noise": "0"])
    let noisy = try (0..<2000).map { seed in
      try source.make(["count": "1", "test": "0", "noise": "0.5", "seed": "\(seed)"])
        .train.inputs.values[0]
        - source.make(["count": "1", "test": "0", "noise": "0", "seed": "\(seed)"])
        .train.inputs.values[0]
    }
    #expect(plain.train.count == 1)
    let mean = noisy.reduce(0, +) / 2000
    let deviation = (noisy.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 2000).squareRoot()
    #expect(abs(mean) < 0.05)
    #expect(abs(deviation - 0.5) < 0.03)
  }

  @Test(arguments: [
    (
      "waves", ["noisy": "1"],
      """
      data waves: expected one of count= test= classes= channels= length= target= noise= seed=, found 'noisy='
        next: help data
      """
    ),
    (
      "digits", ["count": "10"],
      """
      data digits: expected no settings, found 'count='
        next: help data
      """
    ),
    (
      "moons", ["noise": "-1"],
      """
      data moons: expected noise=0…1000, found 'noise=-1'
        next: data moons noise=0.1
      """
    ),
    (
      "moons", ["noise": "nan"],
      """
      data moons: expected noise=0…1000, found 'noise=nan'
        next: data moons noise=0.1
      """
    ),
    (
      "spirals", ["arms": "three"],
      """
      data spirals: expected arms=2…100, found 'arms=three'
        next: data spirals arms=3
      """
    ),
    (
      "rings", ["count": "10000001"],
      """
      data rings: expected count=1…10000000, found 'count=10000001'
        next: data rings count=1000
      """
    ),
    (
      "xor", ["seed": "-1"],
      """
      data xor: expected seed=WHOLE, found 'seed=-1'
        next: data xor seed=1
      """
    ),
    (
      "waves", ["count": "10000000", "length": "1000000"],
      """
      data waves: expected at most 268,435,456 values in all, found more
        next: data waves count=1000
      """
    ),
  ])
  func badSettings(source: String, settings: [String: String], text: String) throws {
    let source = try #require(DataSource.named(source))
    let error = #expect(throws: DataError.self) { try source.make(settings) }
    #expect(error?.description == text)
  }
}
