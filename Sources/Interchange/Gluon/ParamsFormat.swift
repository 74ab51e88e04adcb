/// The numbers of MXNet's format for lists of arrays (`NDArray::Save` in its `src/ndarray/ndarray.cc`).
enum ParamsFormat {
  /// What a file starts with.
  static let magic: UInt64 = 0x112

  /// Bytes of the file's start: the number, 8 bytes that mean nothing, and how many arrays there are.
  static let headerSize = 24

  static let dimensionLimit = 32

  /// The device that arrays are said to be on: a processor.
  static let processor: Int32 = 1

  /// What an array starts with, by the version of MXNet that wrote it; the oldest start with their dimensions.
  enum Version {
    /// Dimensions of 4 bytes, and no number before them.
    case dimensionsFirst

    /// Dimensions of 8 bytes.
    case dense

    /// With a kind of storage, as MXNet has written since 1.0.
    case storage

    /// With the shapes of NumPy, among them those of single numbers.
    case numpyShapes

    /// The version that a number tells; nothing where it is none.
    init?(_ number: UInt32) {
      switch number {
      case 0xF993_FAC8: self = .dense
      case Self.storageNumber: self = .storage
      case 0xF993_FACA: self = .numpyShapes
      case 0...UInt32(ParamsFormat.dimensionLimit): self = .dimensionsFirst
      default: return nil
      }
    }

    /// The number of the version that is written.
    static let storageNumber: UInt32 = 0xF993_FAC9

    /// Whether the kind of storage is told.
    var hasStorage: Bool {
      switch self {
      case .dimensionsFirst, .dense: false
      case .storage, .numpyShapes: true
      }
    }
  }

  /// The element type of a number, from 0 to 12; nothing where there is none.
  static func elementType(_ number: Int32) -> ElementType? {
    let types: [ElementType] = [
      .float32, .float64, .float16, .uint8, .int32, .int8, .int64, .bool, .int16, .uint16, .uint32,
      .uint64, .bfloat16,
    ]
    return types.indices.contains(Int(number)) ? types[Int(number)] : nil
  }
}
