/// The attributes of a node, each of which must be known.
struct OnnxAttributes {
  private let values: [String: Onnx_AttributeProto]
  private let place: OnnxProblem.Place

  /// Reads a node's attributes; throws where one is not among the known ones.
  init(_ node: Onnx_NodeProto, at place: OnnxProblem.Place, known: [String]) throws(OnnxProblem) {
    self.place = place
    values = Dictionary(node.attribute.map { ($0.name, $0) }) { first, _ in first }
    for attribute in node.attribute
    where !known.contains(attribute.name) || !attribute.refAttrName.isEmpty {
      throw uncovered(attribute.name)
    }
  }

  /// An integer, or what holds where it is not there.
  func integer(_ name: String, _ preset: Int) -> Int {
    values[name].map { Int($0.i) } ?? preset
  }

  /// Integers, or nothing where they are not there.
  func integers(_ name: String) -> [Int]? { values[name]?.ints.map { Int($0) } }

  /// A number, or what holds where it is not there, as its shortest decimal.
  func number(_ name: String, _ preset: Double) -> Double {
    values[name].map { Double(shortest: $0.f) } ?? preset
  }

  /// A text, or what holds where it is not there.
  func text(_ name: String, _ preset: String) -> String {
    values[name].map { String(decoding: $0.s, as: UTF8.self) } ?? preset
  }

  /// Throws where an attribute does not hold what it must.
  func check(_ name: String, _ isCovered: Bool) throws(OnnxProblem) {
    if !isCovered { throw uncovered(name) }
  }

  /// That an attribute is not covered, with its value.
  func uncovered(_ name: String) -> OnnxProblem {
    .uncovered(place, .attribute(name: name, value: words(name)), readSoFar: [])
  }

  private func words(_ name: String) -> String {
    guard let value = values[name] else { return "unset" }
    switch value.type {
    case Onnx_AttributeProto.Code.float: return "\(value.f)"
    case Onnx_AttributeProto.Code.integer: return "\(value.i)"
    case Onnx_AttributeProto.Code.text: return text(name, "")
    case Onnx_AttributeProto.Code.integers:
      return "[" + value.ints.prefix(8).map(String.init).joined(separator: ",") + "]"
    default: return "of another type"
    }
  }
}

extension Double {
  /// The shortest decimal that is the float: 0.1 of the float next to it.
  init(shortest value: Float) { self = Double("\(value)") ?? Double(value) }
}
