import Networks

/// A file of code that builds a network, loads its weights and compares outputs with ours.
package struct CodeFile {
  /// The frameworks that code is written for.
  package enum Framework: String, CaseIterable, Sendable {
    case pytorch
    case gluon
    case keras
    case jax

    /// The name as it is told to users.
    package var title: String {
      switch self {
      case .pytorch: "PyTorch"
      case .gluon: "Gluon"
      case .keras: "Keras"
      case .jax: "JAX"
      }
    }

    /// Whether the channels of its arrays lie behind their positions.
    package var hasChannelsLast: Bool {
      switch self {
      case .pytorch, .gluon: false
      case .keras, .jax: true
      }
    }

    /// The ending of the files in which it keeps weights.
    package var weightsEnding: String {
      switch self {
      case .pytorch, .keras, .jax: "safetensors"
      case .gluon: "params"
      }
    }
  }

  /// What the file is about, besides the network.
  package struct Names {
    package let network: String

    /// The class of the whole network.
    package let mainClass: String

    /// The name of the file of weights beside it, or nothing where there are none.
    package let weights: String?

    /// How training goes on there, where that is asked for.
    package let recipe: CodeRecipe?

    /// The names of one file.
    package init(
      network: String, mainClass: String?, weights: String?, recipe: CodeRecipe? = nil
    ) {
      self.recipe = recipe
      self.network = network
      self.mainClass = mainClass ?? PythonNames.className(network)
      self.weights = weights
    }
  }

  /// The text of the file.
  package let text: String

  /// The classes of blocks in it.
  package let classNames: [String]

  private let parameters: [CodeParameter]

  /// The code of a network.
  ///
  /// - Throws: A problem where the framework has nothing that computes the same.
  package init(
    _ network: Network, for framework: Framework, definitions: [DefinitionPattern], names: Names
  ) throws(CodeProblem) {
    let code = ModelCode(of: network, definitions: definitions, namesTaken: [names.mainClass])
    let written: (classes: [String], parameters: [CodeParameter])
    switch framework {
    case .pytorch:
      written = try Self.written(code, PyTorchDialect(), names)
      text = PyTorchFile(network: network, names: names, parts: written.classes).text
    case .gluon:
      try GluonDialect.check(network)
      written = try Self.written(code, GluonDialect(), names)
      text = GluonFile(network: network, names: names, parts: written.classes).text
    case .keras:
      written = try Self.written(code, KerasDialect(), names)
      text = KerasFile(network: network, names: names, parts: written.classes).text
    case .jax:
      written = try Self.written(code, JAXDialect(), names)
      text = JAXFile(network: network, names: names, parts: written.classes).text
    }
    classNames = code.classes.map(\.name)
    parameters = written.parameters
  }

  private static func written(_ code: ModelCode, _ dialect: some CodeDialect, _ names: Names)
    throws(CodeProblem) -> (classes: [String], parameters: [CodeParameter])
  {
    var writer = CodeWriter(code, dialect)
    let classes = try writer.classes(main: names.mainClass)
    return (writer.dialect.helpers + classes, try ParameterNames.all(of: code, in: dialect))
  }

  /// The tensors that the framework loads, from those of the network.
  package func tensors(_ value: (ParameterKey) -> Tensor?) -> [NamedTensor] {
    parameters.compactMap { parameter in
      switch parameter.source {
      case .parameter(let specification):
        return value(specification.key).map { parameter.tensor($0) }
      case .constant(let number, let count):
        let values = Array(repeating: number, count: count)
        return NamedTensor(name: parameter.name, tensor: Tensor(shape: [count], values: values))
      }
    }
  }

  /// Gradients under the framework's names, from those of the network; what only the code has is none of them.
  package func gradients(_ value: ParameterStore) -> [NamedTensor] {
    parameters.compactMap { parameter in
      guard case .parameter(let specification) = parameter.source else { return nil }
      return value[specification.key].map { parameter.tensor($0) }
    }
  }

  /// The names under which an example and its output lie beside the weights.
  package static let exampleNames = (input: "example.input", output: "example.output")
}

extension CodeFile {
  /// Whether a text may name a class.
  package static func isClassName(_ name: String) -> Bool {
    PythonNames.identifier(name) == name && !PythonNames.reserved.contains(name)
  }
}

extension CodeFile.Framework {
  /// Writes tensors to a file as the framework reads them.
  package func write(_ tensors: [NamedTensor], to path: String) throws(FileError) {
    switch self {
    case .pytorch, .keras, .jax: try SafetensorsWriter.write(tensors, to: path)
    case .gluon: try ParamsWriter.write(tensors, to: path)
    }
  }
}
