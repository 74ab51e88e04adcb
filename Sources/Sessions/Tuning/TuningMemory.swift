import Engine
import Interchange

/// Who was measured to compute convolutions the fastest, in a file that all sessions share.
///
/// A line of the file is a machine, a task and a method with tabs between them. Lines of other machines stay as they are,
/// those that cannot be read count for nothing. A file that begins otherwise is not touched. Each writing takes what is
/// there by then along and puts a whole file in its place, so that programs do not disturb each other.
final class TuningMemory {
  /// The file, or nothing where choices last as long as the session.
  private let path: String?

  /// What this session has measured.
  private var own = ConvolutionChoices()
  private var hasComplained = false

  /// A memory in a file.
  init(path: String? = nil) { self.path = path }

  /// Whether other sessions are going to know.
  var isKept: Bool { path != nil }

  /// What is known of this machine, and what there is to complain of, once.
  func choices() -> (choices: ConvolutionChoices, lines: [StyledText]) {
    let contents = contents()
    var choices = contents.choices
    for (task, method) in own.methods { choices[task] = method }
    return (choices, complaint(contents.problem))
  }

  /// Keeps what was measured, beside what is known.
  func keep(_ new: ConvolutionChoices) -> [StyledText] {
    for (task, method) in new.methods { own[task] = method }
    return change { contents in
      for (task, method) in new.methods { contents.choices[task] = method }
    }
  }

  /// Forgets what is known of this machine.
  func forget() -> [StyledText] {
    own = ConvolutionChoices()
    return change { $0.choices = ConvolutionChoices() }
  }

  /// What computes here, besides the kernels of this program: processor, instructions, library, numbers.
  private static var machine: String {
    let library = LibraryFacts.oneDNN.map { "oneDNN \($0)" } ?? "no oneDNN"
    return [Machine.processorModel, InstructionChoice.text, library, "float32"]
      .joined(separator: "; ").replacing("\t", with: " ")
  }

  // MARK: - The file

  private static let head = "espalier convolutions 1"

  /// Lines of the file, at most; those that were there first go.
  private static let mostLines = 20_000

  /// What a file has.
  private struct Contents {
    var choices = ConvolutionChoices()

    /// Lines of other machines.
    var others: [Substring] = []

    /// Why the file cannot be used.
    var problem: String?

    /// Lines that cannot be read.
    var damaged = 0
  }

  private func contents() -> Contents {
    var contents = Contents()
    guard let path, Folder.holds(path) else { return contents }
    let text: String
    do { text = try WholeFile.text(at: path, waits: false) } catch {
      contents.problem = error.message
      return contents
    }
    let lines = text.split(separator: "\n")
    guard lines.first.map(String.init) == Self.head, text.utf8.count <= WholeFile.limit else {
      contents.problem = "\(path) does not begin with \(Self.head)"
      return contents
    }
    let machine = Self.machine
    for line in lines.dropFirst() {
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard parts.count == 3, let task = ConvolutionTask(text: parts[1]),
        let method = ConvolutionMethod(text: parts[2])
      else {
        contents.damaged += 1
        continue
      }
      if parts[0] == machine {
        contents.choices[task] = method
      } else {
        contents.others.append(line)
      }
    }
    if contents.damaged > 0 {
      let count = Numbers.count(contents.damaged, "line")
      contents.problem =
        "\(count) of \(path) cannot be read and \(contents.damaged == 1 ? "is" : "are") left aside"
    }
    return contents
  }

  /// Changes the file, as it is by now.
  private func change(_ change: (inout Contents) -> Void) -> [StyledText] {
    guard let path else { return [] }
    var contents = contents()
    if contents.problem != nil, contents.damaged == 0 { return complaint(contents.problem) }
    change(&contents)
    let machine = Self.machine
    let own = contents.choices.methods.map { "\(machine)\t\($0.text)\t\($1.text)" }.sorted()
    let lines = (contents.others.map(String.init) + own).suffix(Self.mostLines)
    _ = Folder.make(Path.folder(of: path))
    do throws(FileError) {
      try AtomicFile.write(
        ([Self.head] + lines).map { $0 + "\n" }.joined(), to: path, isPrivate: true)
    } catch { return complaint(error.message) }
    return complaint(contents.problem)
  }

  /// A complaint, once in a session.
  private func complaint(_ problem: String?) -> [StyledText] {
    guard let problem, !hasComplained else { return [] }
    hasComplained = true
    return [StyledText("what tune has measured is not all kept: \(problem)", .warning)]
  }
}

extension Session {
  /// Has the session remember in a folder who computes convolutions the fastest.
  package func rememberTuning(in folder: String) {
    tuning = TuningMemory(path: Path.joining(folder, "convolutions"))
  }
}
