import Interchange
import Language

extension CommandTable {
  /// Commands that read and write files.
  static let fileRows: [CommandRow] = [saveRow, loadRow]
}

extension CommandScope {
  /// Asks for a text in the file behind `>` or of `save`, whole or not at all.
  mutating func written(_ text: String, to word: Word) -> Report {
    if context.checksOnly { return Report("would write \(word.text)") }
    ask(for: .write(to: word) { path throws(FileError) in try AtomicFile.write(text, to: path) })
    return Report("wrote \(word.text)")
  }

  /// Turns a file that cannot be read or written into a diagnostic.
  func filing<Result>(at range: SourceRange?, _ work: () throws(FileError) -> Result)
    throws(Diagnostic) -> Result
  {
    do throws(FileError) { return try work() } catch {
      if error.isInterruption { throw Diagnostic.stopped(at: error.place) }
      throw Diagnostic(
        error.isShortOfMemory ? .memory : .file, error.message, at: range,
        notes: error.nextStep.map { [.init("next: \($0)")] } ?? [],
        replacement: error.problem == .system(.noSuchFile) ? Self.nearestFile(to: error.path) : nil)
    }
  }

  /// The file in the same folder, of the same ending or one of some, whose name is nearest to one that is not there.
  static func nearestFile(to path: String, endings: [String]? = nil) -> String? {
    let folder = Path.folder(of: path)
    let wanted = endings ?? [Path.fileExtension(of: path)]
    let names = try? Folder.names(in: folder) { wanted.contains(Path.fileExtension(of: $0)) }
    guard let near = DidYouMean.nearest(Path.name(of: path), among: names ?? []) else { return nil }
    let found = path.contains("/") ? Path.joining(folder, near) : near
    return found.allSatisfy { $0.isLetter || $0.isNumber || "_-./".contains($0) } ? found : nil
  }

  /// A path as the system takes it: `~` is the home folder.
  func resolved(_ path: String) -> String {
    guard path == "~" || path.hasPrefix("~/"), let home = Variables.value(of: "HOME") else {
      return path
    }
    return home + path.dropFirst()
  }

  /// The file that a command names first, as it was typed and as the system takes it.
  func file(of invocation: Invocation) throws(Diagnostic) -> (word: Word, path: String) {
    let row = invocation.row
    let word = try invocation.word(0, "FILE", row)
    return (word, resolved(word.text))
  }
}
