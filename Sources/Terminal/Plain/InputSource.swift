import Sessions

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension FileShell.Input {
  /// Why an input is not run.
  enum Refusal: Error, Equatable {
    /// Ctrl-C was pressed while its writer was waited for.
    case interrupted

    /// What is said of it.
    case unusable(String)
  }

  /// Bytes of a file after which it is refused by the session.
  static let limit = 4 << 20

  /// The text to run, with where it comes from; nothing for standard input, which comes piece by piece.
  ///
  /// - Throws: `Refusal` where a file cannot be read, or does not use its arguments.
  func source() throws(Refusal) -> Source? {
    switch self {
    case .standardInput, .file("-", arguments: _): return nil
    case .text(let text): return Source(text, from: .argument)
    case .file(let path, let arguments):
      let text: String
      do { text = try TextFile.read(path, limit: Self.limit) } catch {
        let unreadable = error as? TextFile.Unreadable
        if unreadable?.errorNumber == EINTR { throw .interrupted }
        throw .unusable("cannot read \(path): \(unreadable?.reason ?? "\(error)")")
      }
      if let unused = UnusedArguments(arguments, of: path, using: text) {
        throw .unusable(unused.message)
      }
      return Source(text, from: .file(path), arguments: arguments)
    }
  }
}
