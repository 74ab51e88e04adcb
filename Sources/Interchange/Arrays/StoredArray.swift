import Networks

/// An array as a file holds it, row-major and little-endian, read when asked for.
package struct StoredArray: Sendable {
  package let name: String
  package let type: ElementType

  /// Extents, outermost first.
  package let shape: [Int]
  private let file: ReadableFile
  private let start: Int
  private let size: Int

  /// Describes an array whose bytes begin at `start` of an open file; the shape's size is known to fit.
  init(name: String, type: ElementType, shape: [Int], file: ReadableFile, start: Int) {
    self.name = name
    self.type = type
    self.shape = shape
    self.file = file
    self.start = start
    size = shape.reduce(type.size, *)
  }

  /// The same elements as `[count, 1, …]`: examples of one channel.
  var withChannel: StoredArray {
    StoredArray(
      name: name, type: type, shape: shape.prefix(1) + [1] + shape.dropFirst(), file: file,
      start: start)
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
    let values = try file.read(start..<start + size, making: bytes(of: 4)) {
      Elements.floats($0, as: type)
    }
    return Tensor(shape: shape, values: values)
  }

  /// Reads it as integers, row-major; throws where its elements are floating.
  package func integers() throws(FileError) -> [Int64] {
    let values = try file.read(start..<start + size, making: bytes(of: 8)) {
      Elements.integers($0, as: type)
    }
    guard let values else {
      throw FileError(
        path: path, problem: .array(.notIntegers(array: name, type: type.rawValue)))
    }
    if type == .uint64, let large = values.first(where: { $0 < 0 }) {
      throw FileError(
        path: path,
        problem: .array(.integerTooLarge(array: name, found: UInt64(bitPattern: large))))
    }
    return values
  }

  /// Bytes of as many elements of another size, or the most there are.
  private func bytes(of elementSize: Int) -> Int {
    let (bytes, overflows) = (size / type.size).multipliedReportingOverflow(by: elementSize)
    return overflows ? .max : bytes
  }
}
