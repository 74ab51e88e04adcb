import Engine
import Networks
import Testing

@testable import Training

/// Data with a target at each position.
struct PositionDataTests {
  private func made(_ name: String, _ settings: [String: String]) throws -> Dataset {
    try #require(DataSource.named(name)).make(settings)
  }

  @Test("shapes are brighter than the background, and the classes lie where they are")
  func shapes() throws {
    let set = try made("shapes", ["count": "40", "test": "10", "size": "24", "noise": "0"])
    #expect(set.shape == Shape([1, 24, 24]))
    let maps = try #require(set.train.maps)
    #expect(maps.extents == [24, 24] && maps.count == 40 && maps.vocabulary == nil)
    #expect(maps.names == ["background", "circle", "square", "triangle"])
    #expect(try #require(set.train.classCounts).allSatisfy { $0 > 100 })
    for index in 0..<40 {
      let values = set.train.inputs.values[index * 576..<(index + 1) * 576]
      let pairs = Array(zip(values, maps[index]))
      #expect(Set(pairs.filter { $0.1 == 0 }.map(\.0)).count == 1)
      #expect(pairs.allSatisfy { ($0.1 == 0) == ($0.0 < 0.4) })
    }
    #expect(
      set.lines[2].hasPrefix("4 classes at each of 24×24 positions: background (") == true)
  }

  @Test("all kinds of shapes are of the same area")
  func areas() throws {
    let set = try made("shapes", ["count": "3000", "test": "0", "size": "24", "noise": "0"])
    let counts = try #require(set.train.classCounts).dropFirst().map { Double($0) }
    let mean = counts.reduce(0, +) / 3
    #expect(counts.allSatisfy { abs($0 - mean) < 0.05 * mean })
  }

  @Test("the clean wave is the target of the same noisy one")
  func clean() throws {
    let settings = ["count": "12", "test": "3", "channels": "2", "length": "32", "noise": "0.3"]
    let classes = try made("waves", settings)
    let numbers = try made("waves", settings.merging(["target": "clean"]) { $1 })
    let without = try made("waves", settings.merging(["noise": "0"]) { $1 })
    #expect(numbers.train.inputs == classes.train.inputs)
    #expect(numbers.train.classNames == nil && numbers.train.hasPositions)
    guard case .values(let targets) = numbers.train.targets else {
      Issue.record("no numbers")
      return
    }
    #expect(targets.shape == [12, 2, 32])
    // The first example is drawn before any noise.
    #expect(targets.values[..<64] == without.train.inputs.values[..<64])
    let distances = zip(targets.values, numbers.train.inputs.values).map { Double($1 - $0) }
    let variance = distances.reduce(0) { $0 + $1 * $1 } / Double(distances.count)
    #expect(abs(variance.squareRoot() - 0.3) < 0.03)
    #expect(numbers.lines[2] == "2×32 numbers to predict")
  }

  @Test("other words than those of a setting are refused")
  func words() throws {
    let source = try #require(DataSource.named("waves"))
    let error = DataError.badValue(
      source: "waves", setting: "target", form: "class|clean", preset: "class", found: "both")
    #expect(throws: error) { try source.make(["target": "both"]) }
    #expect(error.message == "data waves: expected target=class|clean, found 'target=both'")
  }

  @Test(
    "windows of a text follow one another, and each character is behind the one that predicts it")
  func text() throws {
    let set = try made("text", ["characters": "20000", "length": "32", "seed": "3"])
    let vocabulary = try #require(set.train.vocabulary)
    #expect(set.shape == Shape([1, 32]))
    #expect(set.train.count == 17_999 / 32 && set.test?.count == 1999 / 32)
    #expect(vocabulary.names == set.train.classNames)
    #expect(vocabulary.names.prefix(2) == ["newline", "space"])
    let maps = try #require(set.train.maps)
    let inputs = set.train.inputs.values
    #expect(zip(inputs.dropFirst(), maps.labels).allSatisfy { $0 == Float($1) })
    let text = vocabulary.text(of: maps.labels.prefix(400))
    #expect(text.contains(". ") && text.contains("the "))
    #expect(
      try made("text", ["characters": "20000", "length": "32", "seed": "3"]).train.inputs.values
        == inputs)
    #expect(try made("text", ["characters": "20000", "seed": "4"]).train.inputs.values != inputs)
    #expect(
      set.lines[2].hasSuffix("…; the next one is predicted at each position")
        && set.lines[2].contains(" characters: newline space \" , . "))
  }

  @Test("a text that is shorter than a window is refused")
  func shortText() throws {
    let source = try #require(DataSource.named("text"))
    let error = DataError.shortText(source: "text", length: 4096)
    #expect(throws: error) {
      try source.make(["characters": "10000", "length": "4096", "holdout": "0.1"])
    }
    #expect(
      error.description == """
        data text: expected 4,096 characters and one more to train and to test, found fewer
          next: data text length=64
        """)
    #expect(try source.make(["characters": "10000", "holdout": "0"]).test == nil)
  }

  @Test("names and characters say one another")
  func vocabulary() throws {
    let text = "b a\t\n\u{301}\u{200D}ü€\r\u{1F600}"
    let vocabulary = Vocabulary(of: text.unicodeScalars)
    #expect(
      vocabulary.names == [
        "tab", "newline", "return", "space", "a", "b", "ü", "U+301", "U+200D", "€", "😀",
      ])
    #expect(Vocabulary(names: vocabulary.names) == vocabulary)
    #expect(vocabulary.text(of: [5, 3, 4, 99, -1]) == "b a")
    #expect(vocabulary.number(of: "c") == nil)
    #expect(Vocabulary(names: ["a", "ab"]) == nil && Vocabulary(names: ["a", "a"]) == nil)
    #expect(Vocabulary(names: []) == nil)
    #expect(Vocabulary(names: ["b", "a"])?.number(of: "a") == 1)
  }

  @Test("targets go with their examples through selection, split and gathering")
  func selection() throws {
    let set = try made("shapes", ["count": "9", "test": "4", "size": "8"])
    let maps = try #require(set.train.maps)
    let chosen = set.train.selecting([7, 2])
    #expect(chosen.maps?[0] == maps[7] && Array(chosen.maps?[1] ?? []) == Array(maps[2]))
    let dealt = try set.split(0.5, seed: 1)
    #expect(dealt.train.count == 6 && dealt.test?.count == 7)
    let whole = set.train.joined(with: try #require(set.test))
    for (part, count) in [(dealt.train, 6), (try #require(dealt.test), 7)] {
      for index in 0..<count {
        let row = try part.rows.row(index)
        let place = try #require(try (0..<13).first { try whole.rows.row($0) == row })
        #expect(Array(part.maps?[index] ?? []) == Array(whole.maps?[place] ?? []))
      }
    }
    let buffer = UnsafeMutableBufferPointer<Int32>.allocate(capacity: 128)
    defer { buffer.deallocate() }
    #expect(set.train.gatherClasses(at: [7, 2], into: buffer))
    #expect(Array(buffer) == Array(maps[7]) + Array(maps[2]))
    #expect(set.train.targetWidth == 64 && set.train.targetSize == 0)
  }

  // MARK: Augmentation

  private func changed(_ examples: Examples, _ change: (inout Augmentation) -> Void) throws
    -> Examples
  {
    var augmentation = Augmentation()
    change(&augmentation)
    return try augmentation.applied(
      to: examples, at: Array(0..<examples.count), epoch: 2, seed: 3)
  }

  @Test("classes at positions are mirrored with their image")
  func mirrored() throws {
    let set = try made("shapes", ["count": "20", "test": "0", "size": "8", "noise": "0"]).train
    let flipped = try changed(set) { $0.flip = .yes }
    var count = 0
    for index in 0..<20 {
      let (before, after) = (Array(set.maps?[index] ?? []), Array(flipped.maps?[index] ?? []))
      let mirrored = (0..<8).flatMap { before[$0 * 8..<($0 + 1) * 8].reversed() }
      let isSame = try set.rows.row(index) == flipped.rows.row(index)
      #expect(after == (isSame ? before : mirrored))
      if !isSame { count += 1 }
    }
    #expect(count > 4 && count < 16)
  }

  @Test("numbers at positions move with theirs")
  func moved() throws {
    let values = Tensor(shape: [8, 1, 6], values: (0..<48).map { Float($0 % 7 + 1) })
    let examples = Examples(inputs: values, targets: .values(values))
    for change: (inout Augmentation) -> Void in [
      { $0.crop = 2 }, { $0.flip = .time }, { $0.warp = 0.5 },
      { ($0.crop, $0.flip, $0.warp) = (1, .time, 0.3) },
    ] {
      let found = try changed(examples, change)
      guard case .values(let targets) = found.targets else { return }
      #expect(targets == found.inputs && targets != values)
    }
    let noisy = try changed(examples) { $0.noise = 0.1 }
    guard case .values(let targets) = noisy.targets else { return }
    #expect(targets == values && noisy.inputs != values)
  }

  @Test("what moves positions is refused where no class comes in, and anything of a text")
  func misfits() throws {
    func misfit(_ examples: Examples, _ change: (inout Augmentation) -> Void) -> Augmentation
      .Misfit?
    {
      var augmentation = Augmentation()
      change(&augmentation)
      do throws(Augmentation.Misfit) { try augmentation.check(examples) } catch { return error }
      return nil
    }
    let shapes = try made("shapes", ["count": "2", "test": "0", "size": "8"]).train
    #expect(misfit(shapes) { $0.crop = 1 } == .classAtPosition(key: "crop"))
    #expect(misfit(shapes) { ($0.noise, $0.cutout, $0.flip) = (1, 2, .yes) } == nil)
    let text = try made("text", ["characters": "10000"]).train
    #expect(misfit(text) { $0.noise = 0.1 } == .text(key: "noise"))
    #expect(misfit(text) { _ in } == nil)
    let other = Examples(
      inputs: Tensor(shape: [1, 2, 8]), targets: .values(Tensor(shape: [1, 2, 4])))
    #expect(misfit(other) { $0.flip = .time } == .otherPositions(key: "flip"))
    #expect(misfit(other) { $0.noise = 1 } == nil)
  }

  // MARK: Measures

  @Test("positions are counted as examples are, in batches of any size")
  func measures() throws {
    let examples = try made("shapes", ["count": "12", "test": "0", "size": "8"]).train
    let model = try Model(
      network: try network([1, 8, 8], [conv("conv1", 4)]), loss: .crossEntropy, seed: 1)
    let outputs = try model.predict(examples.rows).values
    let maps = try #require(examples.maps)
    var expected = ClassMetrics(
      classes: 4, decision: Decision(outputs: 4, loss: .crossEntropy), hasMatrix: true)
    var losses = 0.0
    for (index, label) in maps.labels.enumerated() {
      let (example, position) = index.quotientAndRemainder(dividingBy: 64)
      let scores = (0..<4).map { outputs[(example * 4 + $0) * 64 + position] }
      scores.withUnsafeBufferPointer {
        let loss = ExampleLoss.value(.crossEntropy, $0, label: Int(label))
        expected.add($0, label: Int(label), loss: loss)
        losses += loss
      }
    }
    for size in [1, 5, 12] {
      var gauge = try Gauge(Measures(matrix: true, mistakes: 3), model, on: examples)
      var sum = LossSum()
      for first in stride(from: 0, to: 12, by: size) {
        let rows = first..<min(first + size, 12)
        sum.add(try gauge.measure(examples, rows: rows, by: model))
      }
      guard case .classes(let found)? = gauge.metrics else {
        Issue.record("no classes")
        return
      }
      #expect(found.tallies == expected.tallies && found.matrix == expected.matrix)
      #expect(found.count == 12 * 64 && sum.count == 12 && sum.answers == 12 * 64)
      #expect(abs(found.bits - losses / 768 / 0.6931471805599453) < 1e-5)
      #expect(abs(sum.accuracy - expected.accuracy) < 1e-12)
      #expect(abs(sum.loss - losses / 768) < 1e-6)
      let worst = try #require(gauge.mistakes?.worst)
      #expect(
        worst.count == 3 && worst.allSatisfy { $0.outputs.count == 256 && $0.predicted == nil })
      #expect(worst.map(\.loss) == worst.map(\.loss).sorted(by: >))
    }
  }
}
