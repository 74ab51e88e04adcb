/// A file of events as TensorBoard reads it: records of protocol buffers, each with its length and two checksums.
package struct EventFile: Sendable {
  /// A number at a step.
  package struct Scalar: Hashable, Sendable {
    package let tag: String
    package let step: Int
    package let value: Float

    /// A number under a tag at a step.
    package init(tag: String, step: Int, value: Float) {
      self.tag = tag
      self.step = step
      self.value = value
    }
  }

  /// What the files of a run's folder are called; TensorBoard asks for the word `tfevents`.
  package static let name = "events.out.tfevents.espalier"

  private let began: Double
  private let scalars: [Scalar]

  /// Numbers in the order of their steps.
  ///
  /// - Parameter began: Seconds since 1970.
  package init(began: Double, scalars: [Scalar]) {
    self.began = began
    self.scalars = scalars
  }

  /// Writes the file, whole or not at all.
  package func write(to path: String) throws(FileError) {
    try AtomicFile.write(to: path) { writer throws(FileError) in
      try writer.write(Self.record(Self.version(began)))
      for scalar in scalars { try writer.write(Self.record(event(scalar))) }
    }
  }

  /// A record: the length of its data, the checksum of that, the data and its checksum.
  private static func record(_ data: [UInt8]) -> [UInt8] {
    let length = bytes(of: UInt64(data.count))
    return length + bytes(of: CRC32C.masked(length)) + data + bytes(of: CRC32C.masked(data))
  }

  private static func bytes(of number: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }

  // MARK: Messages of tensorflow/core/util/event.proto

  /// The first event, which says what follows.
  private static func version(_ time: Double) -> [UInt8] {
    var event = Message()
    event.add(1, time)
    event.add(3, text: "brain.Event:2")
    return event.bytes
  }

  private func event(_ scalar: Scalar) -> [UInt8] {
    var value = Message()
    value.add(1, text: scalar.tag)
    value.add(2, scalar.value)
    var summary = Message()
    summary.add(1, value)
    var event = Message()
    event.add(1, began)
    event.add(2, whole: scalar.step)
    event.add(5, summary)
    return event.bytes
  }

  /// The fields of a protocol buffer in its wire format.
  private struct Message {
    private(set) var bytes: [UInt8] = []

    mutating func add(_ field: Int, _ number: Double) {
      key(field, 1)
      bytes += EventFile.bytes(of: number.bitPattern)
    }

    mutating func add(_ field: Int, _ number: Float) {
      key(field, 5)
      bytes += EventFile.bytes(of: number.bitPattern)
    }

    mutating func add(_ field: Int, whole number: Int) {
      key(field, 0)
      variable(UInt64(bitPattern: Int64(number)))
    }

    mutating func add(_ field: Int, text: String) { add(field, Array(text.utf8)) }

    mutating func add(_ field: Int, _ message: Message) { add(field, message.bytes) }

    private mutating func add(_ field: Int, _ contents: [UInt8]) {
      key(field, 2)
      variable(UInt64(contents.count))
      bytes += contents
    }

    private mutating func key(_ field: Int, _ form: Int) { variable(UInt64(field << 3 | form)) }

    private mutating func variable(_ number: UInt64) {
      var rest = number
      while rest >= 0x80 {
        bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
        rest >>= 7
      }
      bytes.append(UInt8(truncatingIfNeeded: rest))
    }
  }
}
