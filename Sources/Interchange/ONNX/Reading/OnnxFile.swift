import Networks
import SwiftProtobuf

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// An ONNX file in memory: its bytes are known to be a model whose tensors stand in the file itself.
package struct OnnxFile: Sendable {
  /// The file as the user named it.
  package let path: String

  /// The texts that came with the graph.
  package let metadata: [String: String]
  let graph: Onnx_GraphProto

  /// The versions of the operators that are read.
  private static let versions: ClosedRange<Int64> = 6...28

  /// Reads a file.
  ///
  /// What its contents take is asked for before they are decoded.
  ///
  /// - Throws: A problem of kind `onnx` where it is cut short or no model.
  package init(path: String) throws(FileError) {
    self.path = path
    let file = try ReadableFile(path: path)
    guard file.isRegular else {
      throw FileError(path: path, problem: .system(.notARegularFile))
    }
    func failure(_ problem: OnnxProblem) -> FileError {
      FileError(path: path, problem: .onnx(problem))
    }
    guard file.size <= OnnxWriter.limit else {
      throw failure(.tooLarge(size: file.size, limit: OnnxWriter.limit))
    }
    let bytes = try file.read(0..<file.size) { Data($0) }
    do throws(OnnxProblem) {
      size = try bytes.withUnsafeBytes { buffer in
        Result { () throws(OnnxProblem) in try OnnxWireScan(buffer).decodedSize }
      }.get()
    } catch { throw failure(error) }
    try Memory.check(size, for: path)
    var options = BinaryDecodingOptions()
    options.discardUnknownFields = true
    options.messageDepthLimit = 16
    guard let model = try? Onnx_ModelProto(serializedBytes: bytes, options: options),
      model.hasGraph
    else { throw failure(.noModel) }
    let version = model.opsetImport.first { $0.domain.isEmpty || $0.domain == "ai.onnx" }?.version
    guard let version, Self.versions.contains(version) else {
      throw failure(.version(version, known: Self.versions))
    }
    graph = model.graph
    isOwn = model.producerName == OnnxWriter.producer
    self.version = Int(version)
    metadata = Dictionary(model.metadataProps.map { ($0.key, $0.value) }) { first, _ in first }
  }

  /// The version of the operators.
  private let version: Int

  /// Whether it was written here.
  private let isOwn: Bool

  /// About how many bytes the model takes.
  private let size: Int

  /// The network that the graph computes, found in its operators, and the values of its parameters.
  ///
  /// - Throws: A problem of kind `onnx` at the first node that no layer covers, with the network up to it.
  package func network() throws(FileError) -> (network: Network, parameters: ParameterStore) {
    try Memory.check(size, for: path)
    let result = Result { () throws(OnnxProblem) in
      try OnnxAssembly.network(of: try OnnxGraph(graph, version: version, isOwn: isOwn))
    }
    try Waiting.check(path)
    do throws(OnnxProblem) { return try result.get() } catch {
      throw FileError(path: path, problem: .onnx(error))
    }
  }

  /// The values of a network's parameters where the graph is the one that is written for this very network, or
  /// nothing where it is another.
  ///
  /// So the text in a file's metadata can be taken at its word, or not.
  ///
  /// - Throws: A problem of kind `onnx` where a tensor is broken.
  package func parameters(of network: Network) throws(FileError) -> ParameterStore? {
    try Memory.check(size, for: path)
    let builder = OnnxGraphBuilder(network)
    let expected = builder.graph
    guard expected.node == graph.node, expected.input == graph.input,
      expected.output == graph.output
    else { return nil }
    let tensors = Dictionary(graph.initializer.map { ($0.name, $0) }) { first, _ in first }
    let specifications = network.parameters
    guard tensors.count == expected.initializer.count + specifications.count,
      expected.initializer.allSatisfy({ tensors[$0.name] == $0 })
    else { return nil }
    var store = ParameterStore()
    for specification in specifications {
      guard let message = tensors[specification.path],
        message.dims == builder.extents(of: specification).map(Int64.init),
        message.dataType == Onnx_TensorProto.Code.float
      else { return nil }
      do throws(OnnxProblem) {
        let tensor = try OnnxTensor(message, named: specification.path)
        store[specification.key] = Tensor(
          shape: specification.shape, values: try tensor.floats())
      } catch { throw FileError(path: path, problem: .onnx(error)) }
    }
    return store
  }
}
