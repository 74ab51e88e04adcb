import Networks

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Onnx_AttributeProto {
  /// The codes of `AttributeProto.AttributeType` that layers need.
  enum Code {
    static let float: Int32 = 1
    static let integer: Int32 = 2
    static let text: Int32 = 3
    static let tensor: Int32 = 4
    static let floats: Int32 = 6
    static let integers: Int32 = 7
  }

  /// An integer with its name.
  static func integer(_ name: String, _ value: Int) -> Onnx_AttributeProto {
    var result = Onnx_AttributeProto()
    result.name = name
    result.type = Code.integer
    result.i = Int64(value)
    return result
  }

  /// Integers with their name.
  static func integers(_ name: String, _ values: [Int]) -> Onnx_AttributeProto {
    var result = Onnx_AttributeProto()
    result.name = name
    result.type = Code.integers
    result.ints = values.map(Int64.init)
    return result
  }

  /// A float with its name.
  static func text(_ name: String, _ value: String) -> Onnx_AttributeProto {
    var result = Onnx_AttributeProto()
    result.name = name
    result.type = Code.text
    result.s = Data(value.utf8)
    return result
  }

  /// A float.
  static func float(_ name: String, _ value: Double) -> Onnx_AttributeProto {
    var result = Onnx_AttributeProto()
    result.name = name
    result.type = Code.float
    result.f = Float(value)
    return result
  }
}

extension Onnx_TensorProto {
  /// The codes of `TensorProto.DataType` that are read.
  enum Code {
    static let float: Int32 = 1
    static let integer32: Int32 = 6
    static let integer: Int32 = 7
    static let half: Int32 = 10
    static let double: Int32 = 11
    static let brainHalf: Int32 = 16
  }

  /// Floats in a shape; without extents there is one.
  static func floats(_ name: String, _ values: [Float], shape: [Int]) -> Onnx_TensorProto {
    var result = Onnx_TensorProto()
    result.name = name
    result.dataType = Code.float
    result.dims = shape.map(Int64.init)
    result.floatData = values
    return result
  }

  /// Integers in a shape; without extents there is one.
  static func integers(_ name: String, _ values: [Int], shape: [Int]) -> Onnx_TensorProto {
    var result = Onnx_TensorProto()
    result.name = name
    result.dataType = Code.integer
    result.dims = shape.map(Int64.init)
    result.int64Data = values.map(Int64.init)
    return result
  }
}

extension Onnx_ValueInfoProto {
  /// Examples of a shape, as many as there are.
  static func batch(_ name: String, of shape: Shape) -> Onnx_ValueInfoProto {
    var result = Onnx_ValueInfoProto()
    result.name = name
    result.type.tensorType.elemType = Onnx_TensorProto.Code.float
    var batch = Onnx_TensorShapeProto.Dimension()
    batch.dimParam = "N"
    result.type.tensorType.shape.dim =
      [batch]
      + shape.extents.map { extent in
        var dimension = Onnx_TensorShapeProto.Dimension()
        dimension.dimValue = Int64(extent)
        return dimension
      }
    return result
  }
}
