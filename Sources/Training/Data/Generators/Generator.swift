import Networks

/// What the generators share: settings for counts, noise and seed, and the two parts.
enum Generator {
  /// The most values of a generated set; 1 GiB as 32-bit floats.
  static let valueLimit = 1 << 28

  /// Settings that come before those of a generator's own.
  static func settings(
    _ own: [DataSource.Setting], count: Int = 1000, test: Int = 250, noise: String = "0.1"
  ) -> [DataSource.Setting] {
    [
      DataSource.Setting(
        name: "count", bounds: .whole(1...10_000_000), preset: "\(count)",
        summary: "how many examples train"),
      DataSource.Setting(
        name: "test", bounds: .whole(0...10_000_000), preset: "\(test)",
        summary: "how many examples test"),
    ] + own + [
      DataSource.Setting(
        name: "noise", bounds: .real(0...1000), preset: noise,
        summary: "standard deviation of what is added to each value"),
      DataSource.Setting(
        name: "seed", bounds: .seed, preset: "1", summary: "which random numbers are drawn"),
    ]
  }

  /// Makes both parts; `example` appends the values of one example of a class.
  ///
  /// Classes take turns, so all have the same number of examples, give or take one. Throws where all
  /// values together are too many, or more than there is memory for.
  ///
  /// - Parameter predictsClean: Whether the target is the example before the noise, in place of its class.
  static func dataset(
    _ settings: DataSettings, description: String, shape: Shape, classes: [String],
    predictsClean: Bool = false, example: (inout SeededGenerator, Int, inout [Float]) -> Void
  ) throws(DataError) -> Dataset {
    let noise = settings.real("noise")
    return try dataset(
      settings, description: description,
      valuesPerExample: predictsClean ? 2 * shape.count : shape.count
    ) { generator, count throws(DataError) in
      var values: [Float] = []
      var clean: [Float] = []
      values.reserveCapacity(count * shape.count)
      let turn = max(1, 65_536 / max(shape.count, 1))
      for index in 0..<count {
        if index % turn == 0 { try DataError.checkInterruption() }
        let start = values.count
        example(&generator, index % classes.count, &values)
        if predictsClean { clean.append(contentsOf: values[start...]) }
        guard noise > 0 else { continue }
        for place in start..<values.count { values[place] += Float(noise * generator.normal()) }
      }
      let extents = [count] + shape.extents
      return Examples(
        inputs: Tensor(shape: extents, values: values),
        targets: predictsClean
          ? .values(Tensor(shape: extents, values: clean))
          : .classes((0..<count).map { Int32($0 % classes.count) }, names: classes))
    }
  }

  /// Makes both parts, each by the random numbers of its own; `part` makes so many examples.
  ///
  /// Throws where all values together, inputs and targets, are too many, or more than there is memory for.
  static func dataset(
    _ settings: DataSettings, description: String, valuesPerExample: Int,
    part: (inout SeededGenerator, Int) throws(DataError) -> Examples
  ) throws(DataError) -> Dataset {
    let (trainCount, testCount) = (settings.whole("count"), settings.whole("test"))
    let (size, overflow) = (trainCount + testCount)
      .multipliedReportingOverflow(by: valuesPerExample)
    guard !overflow && size <= valueLimit else {
      throw .tooManyValues(source: settings.name, limit: valueLimit)
    }
    let bytes = (valuesPerExample + 1) * MemoryLayout<Float>.size
    try DataError.checkMemory(
      AvailableMemory.bytes(trainCount + testCount, bytes), for: settings.name,
      bytesPerExample: bytes)
    func made(_ count: Int, test: Bool) throws(DataError) -> Examples {
      var generator = settings.generator(test: test)
      return try part(&generator, count)
    }
    return Dataset(
      name: settings.name, description: description, train: try made(trainCount, test: false),
      test: testCount > 0 ? try made(testCount, test: true) : nil)
  }
}
