import Networks

/// A tensor with the name it has in a file.
package struct NamedTensor: Equatable, Sendable {
  package let name: String
  package let tensor: Tensor

  /// Joins a name and a tensor.
  package init(name: String, tensor: Tensor) {
    self.name = name
    self.tensor = tensor
  }
}

/// Writes safetensors files: 32-bit floats in the order given, whole or not at all.
package enum SafetensorsWriter {
  /// Writes tensors and texts; throws where a name occurs twice or is the format's own.
  ///
  /// The header is padded with blanks to a multiple of 8 bytes, as the reference implementation does, so
  /// that the data is aligned in a mapped file; the texts are sorted by their keys.
  ///
  /// - Parameter isPrivate: whether a new file is for its owner only.
  package static func write(
    _ tensors: [NamedTensor], metadata: [String: String] = [:], to path: String,
    isPrivate: Bool = false
  ) throws(FileError) {
    let start: [UInt8]
    do {
      start = try header(of: tensors, metadata: metadata)
    } catch {
      throw FileError(path: path, problem: .safetensors(error))
    }
    try AtomicFile.write(to: path, isPrivate: isPrivate) { writer throws(FileError) in
      try writer.write(start)
      for named in tensors { try writer.write(named.tensor.values) }
    }
  }

  /// The header and its length, ready to stand at the start of a file.
  private static func header(
    of tensors: [NamedTensor], metadata: [String: String]
  ) throws(SafetensorsProblem) -> [UInt8] {
    var members: [String] = []
    if !metadata.isEmpty {
      let texts = metadata.sorted { $0.key < $1.key }.map {
        "\(quoted($0.key)):\(quoted($0.value))"
      }
      members.append(
        "\(quoted(SafetensorsHeader.metadataName)):{\(texts.joined(separator: ","))}")
    }
    var names: Set<String> = []
    var position = 0
    for named in tensors {
      guard named.name != SafetensorsHeader.metadataName else { throw .reservedName(named.name) }
      guard names.insert(named.name).inserted else { throw .duplicateName(named.name, byte: nil) }
      let shape = named.tensor.shape.map(String.init).joined(separator: ",")
      let end = position + named.tensor.count * MemoryLayout<Float>.size
      members.append(
        """
        \(quoted(named.name)):{"dtype":"F32","shape":[\(shape)],"data_offsets":[\(position),\(end)]}
        """)
      position = end
    }
    var json = Array("{\(members.joined(separator: ","))}".utf8)
    json.append(contentsOf: repeatElement(UInt8(ascii: " "), count: -json.count & 7))
    guard json.count <= SafetensorsHeader.lengthLimit else {
      throw .headerTooLong(
        length: UInt64(json.count), limit: SafetensorsHeader.lengthLimit)
    }
    return withUnsafeBytes(of: UInt64(json.count).littleEndian) { Array($0) } + json
  }

  /// A text as JSON writes it.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{8}": result += "\\b"
      case "\u{C}": result += "\\f"
      case ..<" ":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
