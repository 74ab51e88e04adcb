import Networks
import SwiftProtobuf

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Writes networks as ONNX files, for other programs to run: operators of version 20, a batch of any size.
///
/// Nodes are named by the paths of the blocks, parameters by path and role, such as `res1.body.conv1.weight`.
/// Normalizations use their running statistics, dropout does nothing, as where a network is used.
package enum OnnxWriter {
  /// The largest file of the format, whose readers count bytes in 32 bits.
  static let limit = Int(Int32.max)

  /// The version of the operators that files are written in.
  package static let opset = OnnxGraphBuilder.version

  /// What files say who wrote them.
  static let producer = "espalier"

  /// Writes a network whole or not at all.
  ///
  /// - Parameters:
  ///   - metadata: texts that stand in the file beside that of the network, which is under `network`.
  ///   - parameters: the values of each parameter.
  /// - Throws: A problem of kind `onnx` where values are missing or the file would be too large.
  package static func write(
    _ network: Network, metadata: [String: String] = [:], to path: String, isPrivate: Bool = false,
    parameters: (ParameterKey) -> Tensor?
  ) throws(FileError) {
    let builder = OnnxGraphBuilder(network)
    let parts: Parts
    do {
      parts = try Parts(builder, metadata: metadata, parameters: parameters)
    } catch {
      throw FileError(path: path, problem: .onnx(error))
    }
    try AtomicFile.write(to: path, isPrivate: isPrivate) { writer throws(FileError) in
      try writer.write(parts.start)
      for (start, tensor) in parts.tensors {
        try writer.write(start)
        try writer.write(tensor.values)
      }
    }
  }

  /// The bytes of a file in pieces, so that no tensor is copied.
  private struct Parts {
    /// The model up to the first tensor.
    let start: [UInt8]

    /// What stands before a tensor's values, and these.
    let tensors: [(start: [UInt8], tensor: Tensor)]

    init(
      _ builder: OnnxGraphBuilder, metadata: [String: String],
      parameters: (ParameterKey) -> Tensor?
    ) throws(OnnxProblem) {
      var tensors: [(start: [UInt8], tensor: Tensor)] = []
      var size = 0
      for specification in builder.network.parameters {
        guard let tensor = parameters(specification.key), tensor.shape == specification.shape
        else { throw .noValues(parameter: specification.path) }
        var head = Onnx_TensorProto()
        head.name = specification.path
        head.dataType = Onnx_TensorProto.Code.float
        head.dims = builder.extents(of: specification).map(Int64.init)
        let bytes = try OnnxWriter.bytes(of: head)
        let valueSize = tensor.count * MemoryLayout<Float>.size
        let values = Field.start(9, size: valueSize)
        let start =
          Field.start(5, size: bytes.count + values.count + valueSize) + bytes + values
        tensors.append((start, tensor))
        size += start.count + valueSize
      }
      let graph = try OnnxWriter.bytes(of: builder.graph)
      let text = NetworkScript.lines(of: builder.network).joined(separator: "\n") + "\n"
      let texts = ["network": text].merging(metadata) { text, _ in text }
      let model = try OnnxWriter.bytes(of: Self.model(texts))
      let start = model + Field.start(7, size: graph.count + size) + graph
      guard start.count + size <= OnnxWriter.limit else {
        throw .tooLarge(size: start.count + size, limit: OnnxWriter.limit)
      }
      self.start = start
      self.tensors = tensors
    }

    /// The model without its graph.
    private static func model(_ metadata: [String: String]) -> Onnx_ModelProto {
      var model = Onnx_ModelProto()
      model.irVersion = 9
      model.producerName = OnnxWriter.producer
      var operators = Onnx_OperatorSetIdProto()
      operators.version = Int64(OnnxGraphBuilder.version)
      model.opsetImport = [operators]
      model.metadataProps = metadata.sorted { $0.key < $1.key }.map { key, value in
        var entry = Onnx_StringStringEntryProto()
        (entry.key, entry.value) = (key, value)
        return entry
      }
      return model
    }
  }

  /// The start of a field that is followed by so many bytes.
  private enum Field {
    static func start(_ number: Int, size: Int) -> [UInt8] {
      var result = [UInt8(number << 3 | 2)]
      var rest = size
      while rest >= 0x80 {
        result.append(UInt8(rest & 0x7F | 0x80))
        rest >>= 7
      }
      return result + [UInt8(rest)]
    }
  }

  /// A message as it stands in a file.
  static func bytes(of message: some Message) throws(OnnxProblem) -> [UInt8] {
    do {
      return Array(try message.serializedData() as Data)
    } catch {
      throw .tooLarge(size: limit + 1, limit: limit)
    }
  }
}
