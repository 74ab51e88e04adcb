/// Operators and what goes from one to the other: `GraphProto` of onnx.proto (onnx 1.23).
struct OnnxGraphProto: WireMessage {
  var node: [OnnxNodeProto] = []
  var name = ""
  var initializer: [OnnxTensorProto] = []
  var input: [OnnxValueInfoProto] = []
  var output: [OnnxValueInfoProto] = []

  mutating func code(_ coder: inout some WireCoder) throws(OnnxProblem) {
    try coder.messages(1, &node)
    try coder.text(2, &name)
    try coder.messages(5, &initializer)
    try coder.messages(11, &input)
    try coder.messages(12, &output)
  }
}

/// An operator: `NodeProto`.
struct OnnxNodeProto: WireMessage {
  var input: [String] = []
  var output: [String] = []
  var name = ""
  var opType = ""
  var attribute: [OnnxAttributeProto] = []
  var domain = ""

  mutating func code(_ coder: inout some WireCoder) throws(OnnxProblem) {
    try coder.texts(1, &input)
    try coder.texts(2, &output)
    try coder.text(3, &name)
    try coder.text(4, &opType)
    try coder.messages(5, &attribute)
    try coder.text(7, &domain)
  }
}

/// A value that goes in or comes out, with its type: `ValueInfoProto`.
struct OnnxValueInfoProto: WireMessage {
  var name = ""
  var type = OnnxTypeProto()

  mutating func code(_ coder: inout some WireCoder) throws(OnnxProblem) {
    try coder.text(1, &name)
    try coder.message(2, &type)
  }
}

/// The type of a value: `TypeProto`.
struct OnnxTypeProto: WireMessage {
  /// Elements and shape of a tensor.
  struct Tensor: WireMessage {
    var elemType: Int32 = 0
    var shape = OnnxTensorShapeProto()

    mutating func code(_ coder: inout some WireCoder) throws(OnnxProblem) {
      try coder.integer(1, &elemType)
      try coder.message(2, &shape)
    }
  }

  var tensorType = Tensor()

  mutating func code(_ coder: inout some WireCoder) throws(OnnxProblem) {
    try coder.message(1, &tensorType)
  }
}

/// Extents, numbers or names: `TensorShapeProto`.
struct OnnxTensorShapeProto: WireMessage {
  /// An extent: a number, or a name for one that is not fixed.
  struct Dimension: WireMessage {
    var dimValue: Int64?
    var dimParam = ""

    mutating func code(_ coder: inout some WireCoder) throws(OnnxProblem) {
      try coder.integer(1, orNothing: &dimValue)
      try coder.text(2, &dimParam)
    }
  }

  var dim: [Dimension] = []

  mutating func code(_ coder: inout some WireCoder) throws(OnnxProblem) {
    try coder.messages(1, &dim)
  }
}
