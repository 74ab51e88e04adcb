/// Why another program could not do its work on a file.
package enum ProgramProblem: Equatable, Sendable {
  /// There is no such program on the path.
  case notFound(program: String)

  /// It ended with a status other than 0, or without an answer; the last line that it wrote says why.
  case failed(program: String, status: Int32, lastLine: String)
}
