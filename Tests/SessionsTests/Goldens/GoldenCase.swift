import Engine
import Interchange
import Networks
import Sessions
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A network that PyTorch has trained for some steps, as `Tests/Goldens/make.py` wrote it.
struct GoldenCase {
  let network: Network
  let loss: Loss
  let optimizer: Engine.Optimizer
  let steps: Int

  /// Examples of one step.
  let batchSize: Int

  /// The batches of all steps, one after another.
  let examples: Examples

  /// By kind of result, how far the same run in 32 bits strays from the stored one, which PyTorch computed in
  /// 64: the largest difference of a tensor, divided by its largest value where that exceeds 1.
  let strays: [String: Double]
  private let file: SafetensorsFile

  /// The names of all cases, in order.
  static let names: [String] = {
    let files = try? FileManager.default.contentsOfDirectory(atPath: folder + "/Cases")
    return (files ?? []).filter { $0.hasSuffix(".safetensors") }.map {
      String($0.dropLast(".safetensors".count))
    }.sorted()
  }()

  /// The folder of the golden files and their scripts.
  static let folder =
    "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/Goldens"

  /// Reads the file of a case and builds its network from the text in it.
  init(_ name: String, in part: String = "Cases") throws {
    file = try SafetensorsFile(path: "\(Self.folder)/\(part)/\(name).safetensors")
    let session = Session()
    let console = SilentConsole()
    let recipe = try
      "loss \(Self.text("loss", in: file)); optimizer \(Self.text("optimizer", in: file))"
    #expect(session.run(Source(recipe, from: .argument), on: console) == .done)
    network = try session.network(of: Self.text("network", in: file), name: name)
    loss = try #require(session.recipe.loss)
    optimizer = session.recipe.optimizer
    steps = try #require(Int(Self.text("steps", in: file)))
    strays = try JSONDecoder().decode(
      [String: Double].self, from: Data(Self.text("float32", in: file).utf8))
    let x = try file.tensor("x")
    batchSize = x.shape[1]
    let count = steps * batchSize
    let inputs = Tensor(shape: [count] + x.shape.dropFirst(2), values: x.values)
    if loss.comparesClasses {
      let names = (0..<network.output.channels).map { "class \($0)" }
      let y = try file.tensor("y")
      let labels = y.values.map { Int32($0) }
      let extents = Array(y.shape.dropFirst(2))
      examples = Examples(
        inputs: inputs,
        targets: extents.isEmpty
          ? .classes(labels, names: names)
          : .maps(ClassMaps(labels: labels, extents: extents, names: names)))
    } else {
      let y = try file.tensor("y")
      examples = Examples(
        inputs: inputs,
        targets: .values(Tensor(shape: [count] + y.shape.dropFirst(2), values: y.values)))
    }
  }

  /// The places of a step's examples.
  func rows(ofStep step: Int) -> Range<Int> { step * batchSize..<(step + 1) * batchSize }

  /// A stored result, such as `losses` or `gradient/dense1.weight`.
  func tensor(_ name: String) throws -> Tensor { try file.tensor(name) }

  /// The values that parameters and running statistics have before the first step.
  func initialParameters() throws -> ParameterStore {
    var store = ParameterStore()
    for specification in network.parameters {
      let tensor = try file.tensor("initial/" + specification.path)
      #expect(tensor.shape == specification.shape, "\(specification.path)")
      store[specification.key] = tensor
    }
    return store
  }

  /// The paths of the stored tensors of a kind.
  func paths(of kind: String) -> Set<String> {
    Set(file.names.filter { $0.hasPrefix(kind + "/") }.map { String($0.dropFirst(kind.count + 1)) })
  }

  /// A model of the network as it is before the first step.
  func model(
    convolutions: Convolutions = .chosen, threads: Int = 1, precision: Precision = .float32
  ) throws -> Model {
    try Model(
      network: network, parameters: initialParameters(), optimizer: optimizer, loss: loss,
      threads: threads, precision: precision, usesLibrary: convolutions != .direct,
      prefersDirect: convolutions != .library)
  }

  /// The paths of layers whose outputs go into a normalization of each channel by itself and nowhere else.
  var blocksBeforeNormalizations: Set<String> {
    var result: Set<String> = []
    var last: String?
    network.walk { block, path in
      switch block.form {
      case .layer(.batchNormalization(let layer)):
        if let last, !layer.usesRunningStatistics { result.insert(last) }
        last = nil
      case .layer(.exampleNormalization(let layer)):
        let channels = network.facts[block.id]?.input.channels
        if let last, layer.sets == .positions || layer.sets == channels.map({ .groups($0) }) {
          result.insert(last)
        }
        last = nil
      case .layer(.convolution(let layer)): last = layer.activation == nil ? path : nil
      case .layer(.transposedConvolution(let layer)):
        last = layer.activation == nil ? path : nil
      case .layer(.dense(let layer)): last = layer.activation == nil ? path : nil
      case .layer, .residual, .parallel, .join: last = nil
      case .sequential, .repeated, .shared: break
      }
    }
    return result
  }

  private static func text(_ key: String, in file: SafetensorsFile) throws -> String {
    try #require(file.metadata[key], "\(key) in \(file.path)")
  }
}

/// Who computes convolutions.
enum Convolutions: CaseIterable {
  /// oneDNN wherever it can, our own kernels everywhere, and each where it is thought faster.
  case library
  case direct
  case chosen
}
