/// Little-endian elements turned into floats and integers.
enum Elements {
  /// Appends elements as 32-bit floats, rounded to nearest where they are wider, divided by a number if told.
  static func append(
    _ bytes: UnsafeRawBufferPointer, as type: ElementType, dividedBy divisor: Float? = nil,
    to floats: inout [Float]
  ) {
    let added = self.floats(bytes, as: type)
    if let divisor {
      floats.append(contentsOf: added.lazy.map { $0 / divisor })
    } else {
      floats.append(contentsOf: added)
    }
  }

  /// Appends elements as integers; none where the type is a floating one.
  static func append(
    _ bytes: UnsafeRawBufferPointer, as type: ElementType, to integers: inout [Int64]
  ) {
    integers.append(contentsOf: self.integers(bytes, as: type) ?? [])
  }

  /// The elements as 32-bit floats, rounded to nearest where they are wider.
  static func floats(_ bytes: UnsafeRawBufferPointer, as type: ElementType) -> [Float] {
    let count = bytes.count / type.size
    return [Float](unsafeUninitializedCapacity: count) { values, initialized in
      convert(bytes, as: type, to: UnsafeMutableBufferPointer(rebasing: values[..<count]))
      initialized = count
    }
  }

  /// Writes elements as 32-bit floats to where there is just room for them.
  static func convert(
    _ bytes: UnsafeRawBufferPointer, as type: ElementType,
    to floats: UnsafeMutableBufferPointer<Float>
  ) {
    switch type {
    case .float64:
      map(bytes, to: floats) { (bits: UInt64) in Float(Double(bitPattern: bits)) }
    case .float32:
      map(bytes, to: floats) { (bits: UInt32) in Float(bitPattern: bits) }
    case .float16:
      map(bytes, to: floats) { (bits: UInt16) in float(half: bits) }
    case .bfloat16:
      map(bytes, to: floats) { (bits: UInt16) in Float(bitPattern: UInt32(bits) << 16) }
    case .int64: map(bytes, to: floats) { (value: Int64) in Float(value) }
    case .int32: map(bytes, to: floats) { (value: Int32) in Float(value) }
    case .int16: map(bytes, to: floats) { (value: Int16) in Float(value) }
    case .int8: map(bytes, to: floats) { (value: Int8) in Float(value) }
    case .uint64: map(bytes, to: floats) { (value: UInt64) in Float(value) }
    case .uint32: map(bytes, to: floats) { (value: UInt32) in Float(value) }
    case .uint16: map(bytes, to: floats) { (value: UInt16) in Float(value) }
    case .uint8: map(bytes, to: floats) { (value: UInt8) in Float(value) }
    case .bool: map(bytes, to: floats) { (value: UInt8) in value == 0 ? 0 : 1 }
    }
  }

  /// The elements as integers, or nothing where the type is a floating one.
  ///
  /// Unsigned integers beyond the signed ones keep their bits, so come out negative.
  static func integers(_ bytes: UnsafeRawBufferPointer, as type: ElementType) -> [Int64]? {
    switch type {
    case .float64, .float32, .float16, .bfloat16: nil
    case .int64: map(bytes) { (value: Int64) in value }
    case .int32: map(bytes) { (value: Int32) in Int64(value) }
    case .int16: map(bytes) { (value: Int16) in Int64(value) }
    case .int8: map(bytes) { (value: Int8) in Int64(value) }
    case .uint64: map(bytes) { (value: UInt64) in Int64(bitPattern: value) }
    case .uint32: map(bytes) { (value: UInt32) in Int64(value) }
    case .uint16: map(bytes) { (value: UInt16) in Int64(value) }
    case .uint8: map(bytes) { (value: UInt8) in Int64(value) }
    case .bool: map(bytes) { (value: UInt8) in value == 0 ? 0 : 1 }
    }
  }

  /// A half-precision number (IEEE 754 binary16) from its bits; exact.
  static func float(half bits: UInt16) -> Float {
    let sign = UInt32(bits & 0x8000) << 16
    let exponent = UInt32(bits >> 10 & 0x1F)
    let fraction = UInt32(bits & 0x3FF)
    switch exponent {
    case 0:
      let magnitude = Float(fraction) * 0x1p-24
      return sign == 0 ? magnitude : -magnitude
    case 31: return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
    default: return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
  }

  private static func map<Stored: FixedWidthInteger, Value>(
    _ bytes: UnsafeRawBufferPointer, to values: UnsafeMutableBufferPointer<Value>,
    _ transform: (Stored) -> Value
  ) {
    let size = MemoryLayout<Stored>.size
    for index in 0..<values.count {
      let stored = bytes.loadUnaligned(fromByteOffset: index * size, as: Stored.self)
      values.initializeElement(at: index, to: transform(Stored(littleEndian: stored)))
    }
  }

  private static func map<Stored: FixedWidthInteger, Value>(
    _ bytes: UnsafeRawBufferPointer, _ transform: (Stored) -> Value
  ) -> [Value] {
    let count = bytes.count / MemoryLayout<Stored>.size
    return [Value](unsafeUninitializedCapacity: count) { values, initialized in
      map(bytes, to: UnsafeMutableBufferPointer(rebasing: values[..<count]), transform)
      initialized = count
    }
  }
}
