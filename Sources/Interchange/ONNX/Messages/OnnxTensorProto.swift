/// Values with a shape: `TensorProto` of onnx.proto (onnx 1.23), as far as it is needed.
struct OnnxTensorProto: WireMessage {
  var dims: [Int64] = []

  /// One of the codes in `Code`.
  var dataType: Int32 = 0
  var floatData: [Float] = []
  var int32Data: [Int32] = []
  var int64Data: [Int64] = []
  var name = ""
  var rawData: [UInt8] = []
  var doubleData: [Double] = []

  /// 1 where the values lie in another file.
  var dataLocation: Int32 = 0

  mutating func code(_ coder: inout some WireCoder) throws(OnnxProblem) {
    try coder.integers(1, &dims)
    try coder.integer(2, &dataType)
    try coder.floats(4, &floatData)
    try coder.integers(5, &int32Data)
    try coder.integers(7, &int64Data)
    try coder.text(8, &name)
    try coder.bytes(9, &rawData)
    try coder.doubles(10, &doubleData)
    try coder.integer(14, &dataLocation)
  }
}

/// A setting of an operator: `AttributeProto`.
struct OnnxAttributeProto: WireMessage {
  var name = ""
  var f: Float?
  var i: Int64?
  var s: [UInt8] = []
  var t = OnnxTensorProto()
  var floats: [Float] = []
  var ints: [Int64] = []

  /// One of the codes in `Code`.
  var type: Int32 = 0
  var refAttrName = ""

  mutating func code(_ coder: inout some WireCoder) throws(OnnxProblem) {
    try coder.text(1, &name)
    try coder.float(2, orNothing: &f)
    try coder.integer(3, orNothing: &i)
    try coder.bytes(4, &s)
    try coder.message(5, &t)
    try coder.floats(7, &floats)
    try coder.integers(8, &ints)
    try coder.integer(20, &type)
    try coder.text(21, &refAttrName)
  }
}
