extension FileError: CustomStringConvertible {
  /// `file:line:column: expected …, found …`, or other words after the place.
  package var message: String { "\(place): \(prose.sentence)" }

  /// What may be done about it, as it is typed, or nothing.
  package var nextStep: String? { prose.next }

  /// The message, and the next step on a line of its own.
  package var description: String {
    nextStep.map { "\(message)\n  next: \($0)" } ?? message
  }

  /// `file:line:column`, as far as they are known.
  package var place: String {
    var result = path.isEmpty ? "''" : path
    if let line { result += ":\(line)" }
    if let column { result += ":\(column)" }
    return result
  }

  private var prose: Prose {
    switch problem {
    case .system(let problem): problem.prose(path: path)
    case .text(let problem): problem.prose(path: path)
    case .table(let problem): problem.prose(path: path)
    case .series(let problem): problem.prose(path: path)
    case .examples(let problem): problem.prose(path: path)
    case .array(let problem): problem.prose(path: path)
    case .safetensors(let problem): problem.prose(path: path)
    case .zip(let problem): problem.prose(path: path)
    case .gzip(let problem): problem.prose(path: path)
    case .image(let problem): problem.prose(path: path)
    case .checkpoint(let problem): problem.prose(path: path)
    case .params(let problem): problem.prose(path: path)
    case .onnx(let problem): problem.prose(path: path)
    case .option(let problem): problem.prose(path: path)
    case .program(let problem): problem.prose()
    }
  }
}
