import Networks

/// Writes parameter files of MXNet and Gluon: 32-bit floats in the order given, whole or not at all.
package enum ParamsWriter {
  /// Writes tensors for `net.load_parameters` and `mx.nd.load`.
  ///
  /// A single number is written as the shape 1, since MXNet has shapes without dimensions only where it is told
  /// so. Throws where a name occurs twice, and for tensors without values, which the format cannot tell from those
  /// that are not known yet.
  ///
  /// - Parameter isPrivate: whether a new file is for its owner only.
  package static func write(
    _ tensors: [NamedTensor], to path: String, isPrivate: Bool = false
  ) throws(FileError) {
    try check(tensors, for: path)
    try AtomicFile.write(to: path, isPrivate: isPrivate) { writer throws(FileError) in
      var start: [UInt8] = []
      append(ParamsFormat.magic, to: &start)
      append(UInt64(0), to: &start)
      append(UInt64(tensors.count), to: &start)
      try writer.write(start)
      for named in tensors {
        try writer.write(description(of: named.tensor))
        try writer.write(named.tensor.values)
      }
      try writer.write(names(of: tensors))
    }
  }

  private static func check(_ tensors: [NamedTensor], for path: String) throws(FileError) {
    var names: Set<String> = []
    for named in tensors {
      let problem: ParamsProblem? =
        if !names.insert(named.name).inserted {
          .duplicateName(named.name, whileWriting: true)
        } else if named.tensor.count == 0 {
          .noValues(named.name, shape: named.tensor.shape)
        } else {
          nil
        }
      if let problem { throw FileError(path: path, problem: .params(problem)) }
    }
  }

  /// All that precedes an array's values: version, storage, shape, device and element type.
  private static func description(of tensor: Tensor) -> [UInt8] {
    let shape = tensor.shape.isEmpty ? [1] : tensor.shape
    var bytes: [UInt8] = []
    append(ParamsFormat.Version.storageNumber, to: &bytes)
    append(Int32(0), to: &bytes)
    append(Int32(truncatingIfNeeded: shape.count), to: &bytes)
    for extent in shape { append(Int64(extent), to: &bytes) }
    append(ParamsFormat.processor, to: &bytes)
    append(Int32(0), to: &bytes)
    append(Int32(0), to: &bytes)
    return bytes
  }

  private static func names(of tensors: [NamedTensor]) -> [UInt8] {
    var bytes: [UInt8] = []
    append(UInt64(tensors.count), to: &bytes)
    for named in tensors {
      append(UInt64(named.name.utf8.count), to: &bytes)
      bytes += Array(named.name.utf8)
    }
    return bytes
  }

  private static func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }
}
