import Networks

/// An array as a file holds it, little-endian, read when asked for; what is read is row-major.
package struct StoredArray: Sendable {
  package let name: String
  package let type: ElementType

  /// Extents, outermost first.
  package let shape: [Int]
  private let file: ReadableFile
  private let start: Int
  private let size: Int

  /// How the elements lie where they are not row-major and without gaps.
  private let layout: StridedLayout?

  /// What floats are divided by as they are read.
  private let divisor: Float?

  /// Describes an array whose bytes begin at `start` of an open file; the shape's size is known to fit.
  init(
    name: String, type: ElementType, shape: [Int], file: ReadableFile, start: Int,
    layout: StridedLayout? = nil, divisor: Float? = nil
  ) {
    self.name = name
    self.type = type
    self.shape = shape
    self.file = file
    self.start = start
    self.layout = layout
    self.divisor = divisor
    size = shape.reduce(type.size, *)
  }

  /// The same elements as `[count, 1, …]`, bytes brought to 0…1: images of one channel.
  var asImages: StoredArray {
    StoredArray(
      name: name, type: type, shape: shape.prefix(1) + [1] + shape.dropFirst(), file: file,
      start: start, divisor: 255)
  }

  /// The bytes that an array takes, or nothing where they are beyond a machine integer.
  static func size(of type: ElementType, shape: [Int]) -> Int? {
    var size = type.size
    for extent in shape {
      let (product, overflow) = size.multipliedReportingOverflow(by: extent)
      if overflow { return nil }
      size = product
    }
    return size
  }

  /// The file it is in.
  package var path: String { file.path }

  /// Reads it as 32-bit floats, rounded to nearest where the elements are wider.
  package func tensor() throws(FileError) -> Tensor {
    var values = try room(Float.self)
    try readPieces { bytes in
      Elements.append(bytes, as: type, dividedBy: divisor, to: &values)
    }
    return Tensor(shape: shape, values: values)
  }

  /// Its rows as they lie in the file, along the first axis; nothing where they cannot be read one by one.
  ///
  /// - Parameter channelsLast: Whether elements are `[count, …, channels]` and get channels first.
  func rows(channelsLast: Bool = false) -> FileRows? {
    guard layout == nil, file.hasPlaces, let count = shape.first, count <= Int32.max else {
      return nil
    }
    let row = shape.dropFirst().reduce(1, *)
    return FileRows(
      file, type: type, start: start, distance: row * type.size, count: count, size: row,
      divisor: divisor, channels: channelsLast && shape.count > 2 ? shape.last : nil)
  }

  /// Reads it as integers, row-major; throws where its elements are floating.
  package func integers() throws(FileError) -> [Int64] {
    guard type.isInteger else {
      throw FileError(
        path: path, problem: .array(.notIntegers(array: name, type: type.rawValue)))
    }
    var values = try room(Int64.self)
    try readPieces { bytes in
      Elements.append(bytes, as: type, to: &values)
    }
    if type == .uint64, let large = values.first(where: { $0 < 0 }) {
      throw FileError(
        path: path,
        problem: .array(.integerTooLarge(array: name, found: UInt64(bitPattern: large))))
    }
    return values
  }

  /// Reads the elements piece by piece, row-major.
  private func readPieces(
    _ body: (UnsafeRawBufferPointer) throws(FileError) -> Void
  ) throws(FileError) {
    if let layout {
      try file.readGathered(layout, at: start, unit: type.size, body)
    } else {
      try file.readPieces(start..<start + size, unit: type.size, body)
    }
  }

  /// An empty array with room for as many elements as there are here.
  private func room<Element>(_ element: Element.Type) throws(FileError) -> [Element] {
    var values: [Element] = []
    try values.makeRoom(size / type.size, for: path)
    values.reserveCapacity(size / type.size)
    return values
  }
}
