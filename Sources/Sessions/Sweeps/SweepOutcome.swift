import Records
import Training

/// What a run of a sweep came to, as its process tells it to process 0.
struct SweepOutcome {
  /// One network of the run.
  struct Lane {
    /// What the table is made of; nothing where the run was stopped.
    var run: SweepRun?

    /// What is remembered of it, where process 0 keeps runs.
    var record: RunRecord
    var curve: RunCurve

    /// The run of the sweep that it went on from.
    var parent: SweepPlace?
  }

  let place: SweepPlace

  /// The names of loops and `let`s until then, and those that `seed` was given.
  let names: [String]
  let seeds: [String]

  /// What is said of its end.
  var lines: [String]
  var lanes: [Lane]
}

// MARK: As bytes

extension SweepOutcome {
  var bytes: [UInt8] {
    var letter = LetterWriter()
    letter.put(place)
    letter.put(names)
    letter.put(seeds)
    letter.put(lines)
    letter.put(lanes.count)
    for lane in lanes {
      letter.put(lane.run != nil)
      if let run = lane.run { letter.put(run) }
      letter.put(lane.record)
      letter.put(lane.curve.points.count)
      for point in lane.curve.points { letter.put(point) }
      letter.put(lane.parent != nil)
      if let parent = lane.parent { letter.put(parent) }
    }
    return letter.bytes
  }

  /// The outcome of such bytes.
  ///
  /// - Throws: `LetterReader.Malformed`.
  init(_ bytes: [UInt8]) throws(LetterReader.Malformed) {
    var letter = LetterReader(bytes)
    place = try letter.sweepPlace()
    (names, seeds, lines) = (try letter.texts(), try letter.texts(), try letter.texts())
    lanes = []
    for _ in 0..<(try letter.count()) {
      let run = try letter.flag() ? letter.run() : nil
      let record = try letter.record()
      var points: [RunCurve.Point] = []
      for _ in 0..<(try letter.count()) { points.append(try letter.point()) }
      let parent = try letter.flag() ? letter.sweepPlace() : nil
      lanes.append(
        Lane(run: run, record: record, curve: RunCurve(points: points), parent: parent))
    }
  }
}

extension LetterWriter {
  fileprivate mutating func put(_ place: SweepPlace) {
    put(place.pass)
    put(place.run)
  }

  fileprivate mutating func put(_ run: SweepRun) {
    put(run.network)
    put(run.variables.map { $0.key })
    put(run.variables.map { $0.value })
    put(run.facts)
    put(run.stage)
    put(run.hasDiverged)
    put(run.figures.map { $0.key.rawValue })
    for (_, value) in run.figures { put(value) }
    put(run.seconds)
  }

  fileprivate mutating func put(_ record: RunRecord) {
    for text in [
      record.command, record.network, record.settings, record.data, record.dataName,
      record.fingerprint, record.blocks,
    ] { put(text) }
    put(record.drawing)
    put(record.parameters)
    put(record.began)
    for text in [
      record.version, record.machine, record.folder, record.ending.rawValue, record.changes,
    ] { put(text) }
    put(record.seconds)
    put(record.steps)
    put(record.epochs)
    for number in [record.loss, record.accuracy, record.testLoss, record.testAccuracy] {
      put(number)
    }
    put(record.weights)
  }

  fileprivate mutating func put(_ point: RunCurve.Point) {
    put(point.step)
    put(point.epoch)
    for number in [point.loss, point.accuracy, point.testLoss, point.testAccuracy] { put(number) }
  }
}

extension LetterReader {
  fileprivate mutating func sweepPlace() throws(Malformed) -> SweepPlace {
    SweepPlace(pass: try number(), run: try number())
  }

  fileprivate mutating func run() throws(Malformed) -> SweepRun {
    let network = try text()
    let (names, values) = (try texts(), try texts())
    if names.count != values.count { throw Malformed() }
    let facts = try texts()
    var run = SweepRun(
      network: network,
      variables: Dictionary(zip(names, values), uniquingKeysWith: { first, _ in first }),
      facts: facts, stage: try number())
    run.hasDiverged = try flag()
    for name in try texts() {
      guard let measure = Watch.Measure(rawValue: name) else { throw Malformed() }
      run.figures[measure] = try real()
    }
    run.seconds = try real()
    return run
  }

  fileprivate mutating func record() throws(Malformed) -> RunRecord {
    var first: [String] = []
    for _ in 0..<7 { first.append(try text()) }
    let (drawing, parameters, began) = (try optionalText(), try number(), try real())
    var later: [String] = []
    for _ in 0..<5 { later.append(try text()) }
    var record = RunRecord(
      command: first[0], network: first[1], settings: first[2], data: first[3],
      dataName: first[4], fingerprint: first[5], blocks: first[6], drawing: drawing, parent: nil,
      parameters: parameters, began: began, version: later[0], machine: later[1],
      folder: later[2])
    guard let ending = RunRecord.Ending(rawValue: later[3]) else { throw Malformed() }
    (record.ending, record.changes) = (ending, later[4])
    record.seconds = try real()
    (record.steps, record.epochs) = (try number(), try number())
    (record.loss, record.accuracy) = (try optionalReal(), try optionalReal())
    (record.testLoss, record.testAccuracy) = (try optionalReal(), try optionalReal())
    record.weights = try optionalText()
    return record
  }

  fileprivate mutating func point() throws(Malformed) -> RunCurve.Point {
    RunCurve.Point(
      step: try number(), epoch: try optionalNumber(), loss: try optionalReal(),
      accuracy: try optionalReal(), testLoss: try optionalReal(),
      testAccuracy: try optionalReal())
  }
}
