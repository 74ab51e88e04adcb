import Networks

/// A constant of a graph, checked; its values are made when asked for.
struct OnnxTensor: Sendable {
  let name: String
  let shape: [Int]
  let count: Int
  private let message: Onnx_TensorProto

  /// Checks that there are as many values as the extents say, and that they stand in the file itself.
  init(_ message: Onnx_TensorProto, named name: String) throws(OnnxProblem) {
    if message.dataLocation != 0 { throw .external(tensor: name) }
    var count = 1
    for extent in message.dims {
      guard let extent = Int(exactly: extent), extent >= 0,
        case (let product, let overflows) = count.multipliedReportingOverflow(by: extent),
        !overflows
      else { throw .tensor(name: name, .extents(message.dims)) }
      count = product
    }
    if let type = Self.type(of: message.dataType) {
      let found = Self.stored(message, as: type)
      let isCut = message.rawData.count % type.size != 0
      guard found == count, !isCut else {
        throw .tensor(
          name: name, .values(expected: count, found: found == count ? found + 1 : found))
      }
    }
    self.name = name
    shape = message.dims.map { Int($0) }
    self.count = count
    self.message = message
  }

  /// The values as 32-bit floats; throws where they are no floats.
  func floats() throws(OnnxProblem) -> [Float] {
    guard let type = Self.type(of: message.dataType), !type.isInteger else {
      throw .tensor(name: name, .type(message.dataType))
    }
    if !message.rawData.isEmpty {
      return message.rawData.withUnsafeBytes { Elements.floats($0, as: type) }
    }
    switch type {
    case .float64: return message.doubleData.map { Float($0) }
    case .float16:
      return message.int32Data.map { Elements.float(half: UInt16(truncatingIfNeeded: $0)) }
    case .bfloat16:
      return message.int32Data.map { Float(bitPattern: UInt32(truncatingIfNeeded: $0) << 16) }
    default: return message.floatData
    }
  }

  /// The values as integers; throws where they are none.
  func integers() throws(OnnxProblem) -> [Int] {
    guard let type = Self.type(of: message.dataType), type.isInteger else {
      throw .tensor(name: name, .type(message.dataType))
    }
    if !message.rawData.isEmpty {
      let values = message.rawData.withUnsafeBytes { Elements.integers($0, as: type) }
      return values?.map { Int($0) } ?? []
    }
    return type == .int64
      ? message.int64Data.map { Int($0) } : message.int32Data.map { Int($0) }
  }

  /// Whether all values are 0, of whatever type they are.
  var isZero: Bool {
    message.rawData.allSatisfy { $0 == 0 } && message.int32Data.allSatisfy { $0 == 0 }
      && message.int64Data.allSatisfy { $0 == 0 } && message.floatData.allSatisfy { $0 == 0 }
  }

  /// The element type of a code of `TensorProto.DataType`, or nothing for one that is not read.
  private static func type(of code: Int32) -> ElementType? {
    switch code {
    case Onnx_TensorProto.Code.float: .float32
    case Onnx_TensorProto.Code.integer32: .int32
    case Onnx_TensorProto.Code.integer: .int64
    case Onnx_TensorProto.Code.half: .float16
    case Onnx_TensorProto.Code.double: .float64
    case Onnx_TensorProto.Code.brainHalf: .bfloat16
    default: nil
    }
  }

  /// How many whole values a message holds.
  private static func stored(_ message: Onnx_TensorProto, as type: ElementType) -> Int {
    if !message.rawData.isEmpty { return message.rawData.count / type.size }
    switch type {
    case .float64: return message.doubleData.count
    case .float32: return message.floatData.count
    case .int64: return message.int64Data.count
    default: return message.int32Data.count
    }
  }
}
