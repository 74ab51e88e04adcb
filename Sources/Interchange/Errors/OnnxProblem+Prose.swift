import Networks

extension OnnxProblem {
  func prose(path: String) -> Prose {
    let copied = "check that the file was copied whole"
    let rewrite = "write the file anew with torch.onnx.export, its parameters inside"
    switch self {
    case .noValues(let parameter):
      return Prose(
        expected: "values for \(Prose.quoted(parameter))", found: "none", next: "net")
    case .tooLarge(let size, let limit):
      return Prose(
        expected: "at most \(Prose.counted(limit)) bytes of ONNX", found: Prose.counted(size),
        next: "save it as .safetensors")
    case .bytes(let fault, let byte):
      let place = "at byte \(Prose.counted(byte))"
      switch fault {
      case .endsEarly:
        return Prose(expected: "more bytes of ONNX", found: "the end \(place)", next: copied)
      case .key(let key):
        return Prose(
          expected: "a field of ONNX \(place)", found: "the key \(Prose.counted(key))",
          next: "check that it is an ONNX file")
      case .number:
        return Prose(
          expected: "a number of at most 10 bytes \(place)", found: "a longer one",
          next: "check that it is an ONNX file")
      }
    case .noModel:
      return Prose(
        expected: "a model of ONNX", found: "no graph", next: "check that it is an ONNX file")
    case .otherWhenReadBack:
      return Prose(
        expected: "the network that was written, when it is read back", found: "another one",
        next: "save it as .safetensors")
    case .version(let found, let known):
      return Prose(
        expected: "operators of version \(known.lowerBound) to \(known.upperBound)",
        found: found.map { Prose.counted($0) } ?? "none",
        next: "export it with opset_version=20")
    case .ends(let ends, let names):
      return Prose(
        expected: ends == .inputs ? "one input of the graph" : "one output of the graph",
        found: names.isEmpty ? "none" : Prose.list(names), next: "export the network alone")
    case .inputShape(let name, let extents):
      return Prose(
        expected: "a batch of 1 to 3 fixed extents at the input \(Prose.quoted(name))",
        found: extents.isEmpty
          ? "no extents" : extents.prefix(8).map { Prose.quoted($0) }.joined(separator: " × "),
        next: "export it with an example input of fixed size")
    case .undefined(let value, let place):
      return Prose(
        expected: "\(Prose.quoted(value)) to be given before \(place?.words ?? "the end")",
        found: "no node or tensor that gives it", next: rewrite)
    case .repeated(let value):
      return Prose(
        expected: "each value once", found: "\(Prose.quoted(value)) again", next: rewrite)
    case .external(let tensor):
      return Prose(
        expected: "the values of \(Prose.quoted(tensor)) in the file", found: "them in another one",
        next: "export it with external_data=False")
    case .tensor(let name, let fault):
      return fault.prose(name, next: rewrite)
    case .uncovered(let place, let reason, let readSoFar):
      let shown = readSoFar.isEmpty ? "" : "; up to it: " + readSoFar.joined(separator: "; ")
      return Prose(
        expected: reason.expected, found: "\(reason.found(place)) at \(place.words)\(shown)",
        next: "help add")
    }
  }
}

extension OnnxProblem.TensorFault {
  fileprivate func prose(_ name: String, next: String) -> Prose {
    let name = Prose.quoted(name)
    switch self {
    case .type(let type):
      return Prose(
        expected: "another element type of tensor \(name)",
        found: "type \(Prose.counted(type)) of ONNX", next: "convert it to float32")
    case .extents(let extents):
      let shown = extents.prefix(8).map { Prose.counted($0) }.joined(separator: "×")
      return Prose(
        expected: "tensor \(name) to fit in memory",
        found: "the shape \(shown)\(extents.count > 8 ? "×…" : "")", next: next)
    case .values(let expected, let found):
      return Prose(
        expected: "\(Prose.counted(expected, "value")) of tensor \(name)",
        found: Prose.counted(found), next: next)
    }
  }
}

extension OnnxProblem.Place {
  /// Such as `Conv 'conv1' (node 3)`.
  fileprivate var words: String {
    "\(Prose.plain(operation))\(name.isEmpty ? "" : " " + Prose.quoted(name)) "
      + "(node \(Prose.counted(ordinal)))"
  }
}

extension OnnxProblem.Uncovered {
  fileprivate var expected: String {
    switch self {
    case .operation: "an operator that a layer covers"
    case .attribute: "attributes that a layer covers"
    case .constant: "a constant that a layer covers"
    case .misfit: "a layer that takes its input"
    case .shapes: "shapes that a join takes"
    case .shared: "branches that share nothing"
    case .nesting(let limit): "at most \(Prose.counted(limit)) blocks inside each other"
    }
  }

  fileprivate func found(_ place: OnnxProblem.Place) -> String {
    switch self {
    case .operation: Prose.plain(place.operation)
    case .attribute(let name, let value): "\(Prose.plain(name)) \(Prose.plain(value))"
    case .constant(let input): "another \(Prose.ordinal(input)) input"
    case .misfit(let layer, let input): "\(layer) after \(input.displayText)"
    case .shapes(let shapes): shapes.map(\.displayText).joined(separator: " and ")
    case .shared: "one more use of a value"
    case .nesting: "more"
    }
  }
}

extension Prose {
  /// A stranger's word, without quotes where it is a plain one.
  static func plain(_ word: String) -> String {
    let isPlain =
      !word.isEmpty && word.utf8.count <= 40
      && word.unicodeScalars.allSatisfy { $0.isASCII && $0.value > 32 }
    return isPlain ? word : quoted(word)
  }

  /// `1st`, `2nd`, `3rd`, `4th`.
  static func ordinal(_ number: Int) -> String {
    switch number {
    case 1: "1st"
    case 2: "2nd"
    case 3: "3rd"
    default: "\(number)th"
    }
  }
}
