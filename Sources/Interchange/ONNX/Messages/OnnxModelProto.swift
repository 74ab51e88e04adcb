/// A whole file: `ModelProto` of onnx.proto (onnx 1.23), as far as it is needed.
struct OnnxModelProto: WireMessage {
  var irVersion: Int64 = 0
  var producerName = ""
  var graph: OnnxGraphProto?
  var opsetImport: [OnnxOperatorSetIdProto] = []
  var metadataProps: [OnnxStringStringEntryProto] = []

  mutating func code(_ coder: inout some WireCoder) throws(OnnxProblem) {
    try coder.integer(1, &irVersion)
    try coder.text(2, &producerName)
    try coder.message(7, orNothing: &graph)
    try coder.messages(8, &opsetImport)
    try coder.messages(14, &metadataProps)
  }
}

/// A version of the operators of a domain: `OperatorSetIdProto`.
struct OnnxOperatorSetIdProto: WireMessage {
  var domain = ""
  var version: Int64 = 0

  mutating func code(_ coder: inout some WireCoder) throws(OnnxProblem) {
    try coder.text(1, &domain)
    try coder.integer(2, &version)
  }
}

/// A text under a name: `StringStringEntryProto`.
struct OnnxStringStringEntryProto: WireMessage {
  var key = ""
  var value = ""

  mutating func code(_ coder: inout some WireCoder) throws(OnnxProblem) {
    try coder.text(1, &key)
    try coder.text(2, &value)
  }
}
