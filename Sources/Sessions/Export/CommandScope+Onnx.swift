import Interchange
import Language
import Networks
import Training

/// Networks as ONNX files, out and in.
extension CommandScope {
  /// Answers `export FILE.onnx`: the graph with its weights, read back and compared.
  mutating func exportOnnx(to word: Word, _ invocation: Invocation) throws -> Report {
    let network = try currentNetwork(at: invocation.range)
    if let option = invocation.options.first {
      throw Diagnostic(
        .argument, "\(option.name) is about code; \(word.text) has graph and weights in one",
        at: option.nameRange, offers: ["export \(word.text)"])
    }
    if context.checksOnly { return Report("would write \(word.text)") }
    let learned = try exportedWeights(of: network)
    var metadata = ["network": NetworkFile.text(of: network)]
    if let normalization = state.current?.normalization, normalization.fits(network.input) {
      metadata.merge(NormalizationText.metadata(of: normalization)) { _, new in new }
    }
    ask(
      for: .write(to: word) { [metadata] path throws(FileError) in
        try OnnxWriter.write(network, metadata: metadata, to: path) { learned.parameters[$0] }
        guard !path.hasPrefix("/dev/") else { return }
        guard let back = try OnnxFile(path: path).parameters(of: network),
          network.parameters.allSatisfy({ back[$0.key] == learned.parameters[$0.key] })
        else { throw FileError(path: path, problem: .onnx(.otherWhenReadBack)) }
      })
    let count = network.parameters.count
    return Report([
      StyledText(
        "wrote \(word.text): \(Numbers.count(count, "tensor")), opset \(OnnxWriter.opset)"),
      StyledText("read back: the same graph, and all tensors equal to the bit"),
    ])
  }

  /// The network of an ONNX file in place of the current one: as its text says where the graph is that of the text,
  /// else as its operators say.
  mutating func loadOnnx(from path: String, _ word: Word) throws -> Report {
    let file = try filing(at: word.range) { () throws(FileError) in try OnnxFile(path: path) }
    var found: (network: Network, parameters: ParameterStore)?
    if let text = file.metadata["network"], let told = try? network(of: text, name: word.text) {
      let parameters = try filing(at: word.range) { () throws(FileError) in
        try file.parameters(of: told)
      }
      found = parameters.map { (told, $0) }
    }
    let (network, parameters) =
      if let found { found } else {
        try filing(at: word.range) { () throws(FileError) in try file.network() }
      }
    var learned = LearnedState()
    learned.parameters = parameters
    state.current = NetworkState(network: network, weights: learned)
    if case .success(let normalization) = NormalizationText.read(file.metadata, for: network.input)
    {
      state.current?.normalization = normalization
    }
    let count = Numbers.count(network.parameters.count, "tensor")
    return Report("loaded \(count) from \(word.text): \(summary(of: network))")
  }
}
