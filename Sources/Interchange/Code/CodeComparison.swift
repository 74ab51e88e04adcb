import Networks

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs code that was written in its framework, and compares outputs and gradients with ours.
package struct CodeComparison: Sendable {
  /// The variable that names the Python to run.
  package static let variable = "ESPALIER_PYTHON"

  /// The Python that is run where nothing else is named.
  package static let usualProgram = "python3"

  private let framework: CodeFile.Framework

  /// Gradients of ½ · the mean of the squared outputs for the stored example, by the framework's names; none where
  /// what is drawn at random makes them differ.
  private let gradients: [NamedTensor]

  /// A comparison with gradients under the framework's names.
  package init(_ framework: CodeFile.Framework, gradients: [NamedTensor]) {
    self.framework = framework
    self.gradients = gradients
  }

  /// What was found, a line for each figure.
  ///
  /// - Throws: `interrupted`; a `ProgramProblem` where the code cannot be run.
  package func run(_ path: String, with program: String) throws(FileError) -> [String] {
    let folder = try Self.temporaryFolder()
    let file = "\(folder)/gradients.\(framework.weightsEnding)"
    defer {
      Folder.remove(file)
      Folder.removeEmpty(folder)
    }
    var arguments = ["-c", script, path]
    if !gradients.isEmpty {
      try framework.write(gradients, to: file)
      arguments.append(file)
    }
    let ending = try ChildProcess.run(program, arguments)
    let lines = ending.output.split(separator: "\n").map(String.init)
    let figures = lines.compactMap { Self.figure($0) }
    guard ending.status == 0, !figures.isEmpty else {
      throw FileError(
        path: path,
        problem: .program(
          ending.status == 127
            ? .notFound(program: program)
            : .failed(program: program, status: ending.status, lastLine: lines.last ?? "")))
    }
    return figures
      + (gradients.isEmpty
        ? ["gradients were not compared: dropout is drawn at random, or nothing learns"] : [])
  }

  /// `outputs differ by at most 1.2e-07, where the largest is 3.4`.
  private static func figure(_ line: String) -> String? {
    let words = line.split(separator: " ")
    guard words.count == 4, words[0] == "espalier", let difference = Double(words[2]),
      let largest = Double(words[3])
    else { return nil }
    return
      "\(words[1]) differ by at most \(rounded(difference)), the largest is \(rounded(largest))"
  }

  /// A new folder for files that are not kept.
  private static func temporaryFolder() throws(FileError) -> String {
    let wish = getenv("TMPDIR").map { String(cString: $0) }
    let place = wish.flatMap { Folder.exists($0) ? $0 : nil }
    while true {
      let number = UInt64.random(in: 0 ... .max)
      let folder = "\(place ?? "/tmp")/espalier-\(String(number, radix: 36))"
      if try Folder.createNew(folder) { return folder }
    }
  }

  /// Three digits, as C's `%.3g` has them.
  private static func rounded(_ number: Double) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 32) { text in
      let length = withVaList([number]) { vsnprintf(text.baseAddress, text.count, "%.3g", $0) }
      return String(decoding: text.prefix(Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }

  private var script: String {
    switch framework {
    case .pytorch: Self.load + PyTorchFile.comparison
    case .gluon: GluonFile.preparation + Self.load + GluonFile.comparison
    case .keras: Self.load + KerasFile.comparison
    case .jax: Self.load + JAXFile.comparison
    }
  }

  private static let load = """
    import importlib.util
    import sys

    spec = importlib.util.spec_from_file_location("exported", sys.argv[1])
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    model, inputs, expected = module.load()

    def tell(what, pairs):
        worst = max(float(abs(a - b).max()) for a, b in pairs)
        largest = max(float(abs(b).max()) for a, b in pairs)
        print("espalier", what, worst, largest)


    """
}
