import Interchange
import Language
import Networks
import Training

extension CommandTable {
  /// Writes a network as code for other frameworks.
  static let exportRow = CommandRow(
    "export", .files,
    usage: "export [\(frameworkWords)] FILE.py|FILE.onnx [weights=FILE|no] [train=yes] [check=yes]",
    "writes the network for other frameworks: as code with its weights, or as an ONNX graph",
    details: [
      "Blocks that are alike but for their numbers become one class; a block that a definition builds keeps its name and parameters.",
      "Beside the code lie the weights and an example with its outputs: python FILE.py loads them and prints the difference.",
      "check=yes runs the code, by python3 or what ESPALIER_PYTHON names, and compares outputs and gradients with ours.",
    ],
    examples: [
      "export pytorch net.py", "export keras net.py", "export net.onnx",
      "export net.py weights=no class=SmallNet",
    ],
    slots: [.words(CodeFile.Framework.allCases.map(\.rawValue))], repeats: .file,
    keys: [
      .init("as", default: "pytorch", "the framework"),
      .init("weights", default: "FILE.safetensors", "where the weights go, or no"),
      .init("class", default: "NAME", "what the class of the network is called"),
      .init(
        "train", default: "no",
        "whether data, optimizer and loss go along, so that the run can go on there"),
      .init("check", default: "no", "whether the code is run, and compared with ours"),
    ],
    words: 2, endings: ["py", "onnx"], writing: "export FILE", run: { try $0.export($1) })

  private static let frameworkWords =
    CodeFile.Framework.allCases.map(\.rawValue).joined(separator: "|")
}

extension CommandScope {
  /// Answers `export [FRAMEWORK] FILE.py [weights=FILE|no] [class=NAME]`.
  mutating func export(_ invocation: Invocation) throws -> Report {
    let network = try currentNetwork(at: invocation.range)
    let (named, word) = try target(of: invocation)
    if Path.fileExtension(of: word.text) == "onnx", named == nil {
      return try exportOnnx(to: word, invocation)
    }
    let framework = named ?? .pytorch
    let weights = weightsFile(of: invocation, beside: word.text, framework)
    if let weights, resolved(weights.text) == resolved(word.text) {
      throw Diagnostic(
        .argument, "code and weights cannot both be \(word.text)", at: weights.range,
        offers: ["export \(word.text)"])
    }
    let trains = try invocation.option("train")?.value.flag("train") ?? false
    let compares = try invocation.option("check")?.value.flag("check") ?? false
    if weights == nil, trains || compares {
      throw Diagnostic(
        .argument,
        "\(trains ? "train" : "check")=yes begins with the weights, so weights=no cannot be too",
        at: word.range, offers: ["export \(word.text)"])
    }
    let written = trains ? try writeRecipe(framework, beside: word, invocation) : nil
    let recipe = written?.recipe
    let names = CodeFile.Names(
      network: state.currentName, mainClass: try className(of: invocation),
      weights: weights.map { Path.name(of: $0.text) }, recipe: recipe)
    let file: CodeFile
    do {
      file = try CodeFile(
        network, for: framework, definitions: DefinitionPatterns.all(of: state.environment),
        names: names)
    } catch { throw Diagnostic(error, framework, at: word.range) }
    if context.checksOnly { return Report("would write \(word.text)") }
    var report: [StyledText] = []
    if let weights {
      report.append(try writeWeights(of: file, framework, to: weights, invocation))
    }
    let text = file.text
    ask(for: .write(to: word) { path throws(FileError) in try AtomicFile.write(text, to: path) })
    let classes =
      file.classNames.isEmpty
      ? "" : ", with \(Numbers.count(file.classNames.count, "class", "classes")) of blocks"
    let lines = Numbers.count(text.count { $0 == "\n" }, "line")
    report.append(StyledText("wrote \(word.text) for \(framework.title): \(lines)\(classes)"))
    if compares {
      let gradients = try exampleGradients(of: network, at: invocation.range)
      ask(
        for: .compare(
          CodeComparison(framework, gradients: file.gradients(gradients)), of: word))
    } else if weights != nil {
      report.append(StyledText("  run it with: python3 \(Unparser.text(of: word.atom))"))
    }
    if let recipe {
      report.insert(
        StyledText("wrote \(recipe.data): the examples of \(state.data?.name ?? "")"), at: 0)
      report.append(StyledText("  train it with: python3 \(Unparser.text(of: word.atom)) train 5"))
      if let leftOut = written?.leftOut, !leftOut.isEmpty {
        report.append(
          StyledText("  left out of the recipe: \(leftOut.joined(separator: ", "))", .warning))
      }
    }
    return Report(report)
  }

  /// The framework and the file, in either order.
  private func target(of invocation: Invocation) throws(Diagnostic) -> (CodeFile.Framework?, Word) {
    var framework: CodeFile.Framework?
    var file: Word?
    if let option = invocation.option("as") {
      framework = try self.framework(option.value)
    }
    for word in invocation.words {
      if let named = CodeFile.Framework(rawValue: word.text.lowercased()), framework == nil {
        framework = named
      } else if file == nil {
        file = word
      } else {
        framework = try self.framework(file?.text.contains(".") == true ? word : file ?? word)
      }
    }
    guard let file else {
      throw invocation.row.refusal("export needs FILE.py or FILE.onnx", at: invocation.range.end)
    }
    let ending = Path.fileExtension(of: file.text)
    guard ending == "py" || (ending == "onnx" && framework == nil) else {
      throw Diagnostic(
        .argument,
        framework.map { "code for \($0.title) is a .py file, found \(file.text)" }
          ?? "export writes .py and .onnx files, found \(file.text)", at: file.range,
        replacement: "\(Path.joining(Path.folder(of: file.text), Path.stem(of: file.text))).py")
    }
    return (framework, file)
  }

  private func framework(_ word: Word) throws(Diagnostic) -> CodeFile.Framework {
    if let found = CodeFile.Framework(rawValue: word.text.lowercased()) { return found }
    let all = CodeFile.Framework.allCases.map(\.rawValue)
    throw Diagnostic(
      .argument,
      "export writes code for \(all.joined(separator: ", ")), found \(word.text)", at: word.range,
      guessing: DidYouMean.nearest(word.text, among: all), offers: ["help export"])
  }

  private func weightsFile(
    of invocation: Invocation, beside file: String, _ framework: CodeFile.Framework
  ) -> Word? {
    guard let option = invocation.option("weights") else {
      return invocation.words.last.map { word in
        let stem = Path.joining(Path.folder(of: file), Path.stem(of: file))
        let usual = "\(stem).\(framework.weightsEnding)"
        let name = isSaved(usual) ? "\(stem).weights.\(framework.weightsEnding)" : usual
        return Word(atom: Atom(quoted: name), range: word.range)
      }
    }
    return option.value.text == "no" ? nil : option.value
  }

  /// Whether a file has a network that `save` wrote, which weights of the same name would take the place of.
  private func isSaved(_ file: String) -> Bool {
    (try? WeightFile.safetensors(resolved(file)))?.metadata["network"] != nil
  }

  private func className(of invocation: Invocation) throws(Diagnostic) -> String? {
    guard let option = invocation.option("class") else { return nil }
    let name = option.value.text
    guard CodeFile.isClassName(name) else {
      throw Diagnostic(
        .argument, "class expects a name of letters, digits and _, found \(name)",
        at: option.value.range, offers: ["export net.py class=Net"])
    }
    return name
  }
}

extension Diagnostic {
  /// What a framework cannot write, as a diagnostic.
  init(_ problem: CodeProblem, _ framework: CodeFile.Framework, at range: SourceRange) {
    switch problem {
    case .unsupported(let what, let name, let instead):
      self.init(
        .file, "\(name) has nothing that computes what \(what) does", at: range,
        notes: [.init("next: \(instead)")], offers: ["help export"])
    case .misplaced:
      self.init(
        .file, "this network cannot be written for \(framework.title)", at: range,
        offers: ["save net.safetensors"])
    }
  }
}
