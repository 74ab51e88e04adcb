/// Rows of values that are somewhere else and are read when they are needed: those of sources one after the other, or
/// some of them in any order.
package struct StoredRows: Sendable {
  /// Rows of a source, and what becomes of them as they are read.
  private struct Part {
    let source: any RowSource
    var changes: [any RowChange] = []

    /// The number of rows before those of this part.
    let start: Int
  }

  /// `[count, …]`.
  package let shape: [Int]
  private let parts: [Part]

  /// The place among all rows of the parts for each row; nothing where they are all of them in their order.
  private let places: [Int32]?

  /// The values of one row.
  private let size: Int

  /// All rows of sources one after the other, each of the same shape.
  package init(_ sources: [any RowSource], rowShape: [Int]) {
    var parts: [Part] = []
    var count = 0
    for source in sources {
      parts.append(Part(source: source, start: count))
      count += source.count
    }
    self.init(shape: [count] + rowShape, parts: parts, places: nil)
  }

  private init(shape: [Int], parts: [Part], places: [Int32]?) {
    self.shape = shape
    self.parts = parts
    self.places = places
    size = shape.dropFirst().reduce(1, *)
  }

  /// The number of rows.
  package var count: Int { shape[0] }

  /// The rows at these positions, in this order; nothing is read.
  package func selecting(_ positions: some Collection<Int>) -> StoredRows {
    StoredRows(
      shape: [positions.count] + shape.dropFirst(), parts: parts,
      places: positions.map { places?[$0] ?? Int32($0) })
  }

  /// These rows and then others of the same shape.
  package func joined(with other: StoredRows) -> StoredRows {
    let ownCount = sourceCount
    let more = other.parts.map {
      Part(source: $0.source, changes: $0.changes, start: ownCount + $0.start)
    }
    let isWhole = places == nil && other.places == nil
    let all = { allPlaces + other.allPlaces.map { $0 + Int32(ownCount) } }
    return StoredRows(
      shape: [count + other.count] + shape.dropFirst(), parts: parts + more,
      places: isWhole ? nil : all())
  }

  /// The same rows, changed as they are read, after what has been done to them before.
  package func changed(by change: any RowChange) -> StoredRows {
    let changed = parts.map {
      Part(source: $0.source, changes: $0.changes + [change], start: $0.start)
    }
    return StoredRows(shape: shape, parts: changed, places: places)
  }

  private var sourceCount: Int { parts.last.map { $0.start + $0.source.count } ?? 0 }

  private var allPlaces: [Int32] { places ?? (0..<Int32(sourceCount)).map { $0 } }

  /// Copies the rows at these positions one after the other to where there is room for them; neighbours are read at once.
  package func copy(
    _ positions: some Collection<Int>, to target: UnsafeMutablePointer<Float>
  ) throws(RowFault) {
    var target = target
    var run = 0..<0
    var part = 0
    for position in positions {
      let place = places.map { Int($0[position]) } ?? position
      let end = parts[part].start + parts[part].source.count
      if !run.isEmpty, place == run.upperBound, place < end {
        run = run.lowerBound..<place + 1
        continue
      }
      target += try read(run, of: parts[part], to: target)
      part = self.part(of: place)
      run = place..<place + 1
    }
    _ = try read(run, of: parts[part], to: target)
  }

  /// Reads neighbours of one part; the number of values.
  private func read(
    _ run: Range<Int>, of part: Part, to target: UnsafeMutablePointer<Float>
  ) throws(RowFault) -> Int {
    if run.isEmpty { return 0 }
    let values = UnsafeMutableBufferPointer(start: target, count: run.count * size)
    try part.source.read(run.lowerBound - part.start..<run.upperBound - part.start, into: values)
    for change in part.changes { change.apply(to: values, rowSize: size) }
    return values.count
  }

  /// The part that a row is in.
  private func part(of place: Int) -> Int {
    var (low, high) = (0, parts.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if parts[middle].start <= place { low = middle } else { high = middle - 1 }
    }
    return low
  }
}
