/// Why a file could not be read or written: where, and the facts; the words are in `FileError+Prose`.
package struct FileError: Error, Equatable, Sendable {
  /// What went wrong, by the room of this target that found it.
  package enum Problem: Equatable, Sendable {
    case system(SystemProblem)
    case text(TextProblem)
    case table(TableProblem)
    case series(SeriesProblem)
    case examples(ExamplesProblem)
    case array(ArrayProblem)
    case safetensors(SafetensorsProblem)
    case zip(ZipProblem)
    case gzip(GzipProblem)
    case image(ImageProblem)
    case checkpoint(CheckpointProblem)
    case params(ParamsProblem)
    case onnx(OnnxProblem)
    case option(OptionProblem)
    case program(ProgramProblem)
  }

  /// The file as the user named it.
  package let path: String

  /// The line, counted from 1, or nothing where the whole file is meant.
  package let line: Int?

  /// The column in characters, counted from 1.
  package let column: Int?
  package let problem: Problem

  /// Whether the user asked for an end.
  package var isInterruption: Bool { problem == .system(.interrupted) }

  /// Whether memory is what is missing.
  package var isShortOfMemory: Bool {
    if case .system(.noMemory) = problem { true } else { false }
  }

  /// Joins a place and a problem.
  package init(path: String, line: Int? = nil, column: Int? = nil, problem: Problem) {
    self.path = path
    self.line = line
    self.column = column
    self.problem = problem
  }
}
