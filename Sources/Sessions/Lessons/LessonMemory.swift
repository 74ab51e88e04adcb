import Interchange

/// How far lessons have come, in a file of the state folder: a line for each, `NAME STEP` or `NAME done`.
struct LessonMemory: Sendable {
  /// How far one has come.
  enum Place: Hashable, Sendable {
    /// At a step, counted from 0.
    case step(Int)
    case done
  }

  /// The file, or nothing where nothing is kept.
  private let path: String?
  private(set) var places: [String: Place] = [:]

  /// The lesson after the one that was done last, until another begins.
  private(set) var announced: Lesson?

  /// What a file says; nothing of one that cannot be read.
  init(path: String? = nil) {
    self.path = path
    let text = path.flatMap { try? WholeFile.text(at: $0, waits: false) } ?? ""
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      guard words.count == 2 else { continue }
      if words[1] == "done" {
        places[words[0]] = .done
      } else if let step = Int(words[1]), step >= 1 {
        places[words[0]] = .step(step - 1)
      }
    }
  }

  /// The file, where the last note could not be written to it.
  private(set) var unwritten: String?

  /// Notes how far a lesson has come; a file that cannot be written is no reason to stop it.
  mutating func note(_ place: Place, of name: String) {
    places[name] = place
    announced = place == .done ? LessonTable.lesson(after: name) : nil
    guard let path else { return }
    guard !Folder.holds(path) || Folder.holdsFile(path) else {
      unwritten = path
      return
    }
    let lines = places.sorted { $0.key < $1.key }.map { name, place in
      switch place {
      case .step(let index): "\(name) \(index + 1)\n"
      case .done: "\(name) done\n"
      }
    }
    _ = Folder.make(Path.folder(of: path))
    do throws(FileError) {
      try AtomicFile.write(lines.joined(), to: path, isPrivate: true)
      unwritten = nil
    } catch { unwritten = path }
  }
}

extension Session {
  /// Has the session remember in a folder how far lessons have come.
  package func rememberLessons(in folder: String) {
    lessonMemory = LessonMemory(path: Path.joining(folder, "lessons"))
  }
}
