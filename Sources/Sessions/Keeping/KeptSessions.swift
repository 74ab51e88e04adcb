import Interchange

/// The folder of kept work: in it a folder for each session, called by a number that grows.
///
/// A session has the lock of its folder as long as it lives. A folder that nobody has locked was left by a
/// session that ended without saving; it stays until somebody asks for its end, or it is one too many.
package struct KeptSessions: Sendable {
  /// The folder of all.
  package let root: String

  /// A folder that nobody has locked, with files in it.
  package struct Entry: Hashable, Sendable {
    package let number: Int
    package let folder: String

    /// The files by name.
    package let files: [String]

    /// The paths of the files.
    package var paths: [String] { files.map { Path.joining(folder, $0) } }
  }

  /// The folder of a session that lives.
  struct Own: Sendable {
    let number: Int
    let folder: String
    let lock: FileLock
  }

  /// As many sessions that have ended are kept; older ones go at the next start.
  package static let limit = 20

  /// The folder of all at a path.
  package init(root: String) { self.root = root }

  func folder(_ number: Int) -> String { Path.joining(root, String(number)) }

  private func lockPath(_ number: Int) -> String { Path.joining(folder(number), Self.lockName) }

  private static let lockName = "lock"

  /// The numbers in use, the lowest first.
  private var numbers: [Int] {
    ((try? Folder.names(in: root)) ?? []).compactMap(Self.number).sorted()
  }

  /// The number that a folder's name is.
  private static func number(_ name: String) -> Int? {
    guard name.utf8.count <= 9, name.utf8.allSatisfy({ (48...57).contains($0) }),
      let number = Int(name), String(number) == name
    else { return nil }
    return number
  }

  static func isWork(_ name: String) -> Bool {
    (name.hasSuffix(".esp") || name.hasSuffix(".safetensors")) && !name.hasPrefix(".")
  }

  private func files(in folder: String) -> [String] {
    ((try? Folder.names(in: folder)) ?? []).filter {
      Self.isWork($0) && Folder.holdsFile(Path.joining(folder, $0))
    }
  }

  // MARK: Sessions that have ended

  /// What sessions have left that ended without saving, the newest first.
  package var ended: [Entry] {
    numbers.reversed().compactMap { number in
      let entry = Entry(number: number, folder: folder(number), files: files(in: folder(number)))
      return entry.files.isEmpty || FileLock.isHeld(lockPath(number)) ? nil : entry
    }
  }

  /// Removes a session's folder with all it holds; false where a program has it locked, or it cannot be
  /// removed.
  @discardableResult
  func remove(_ number: Int) -> Bool {
    guard let lock = FileLock(path: lockPath(number)) else {
      return !Folder.exists(folder(number))
    }
    return withExtendedLifetime(lock) { empty(number) }
  }

  /// Removes a folder whose lock is ours.
  @discardableResult
  private func empty(_ number: Int) -> Bool {
    let names = (try? Folder.names(in: folder(number))) ?? []
    for name in names where name != Self.lockName {
      Folder.remove(Path.joining(folder(number), name))
    }
    Folder.remove(lockPath(number))
    Folder.removeEmpty(folder(number))
    return !Folder.exists(folder(number))
  }

  /// Removes a file that another session has taken over, and its folder with the last of them.
  func removeTaken(_ path: String) {
    Folder.remove(path)
    guard let number = Self.number(Path.name(of: Path.folder(of: path))),
      files(in: folder(number)).isEmpty
    else { return }
    remove(number)
  }

  /// Whether a path is a file that a session has left here.
  func holds(_ path: String) -> Bool {
    let folder = Path.folder(of: Folder.real(path))
    return Path.folder(of: folder) == Folder.real(root) && Self.number(Path.name(of: folder)) != nil
  }

  /// Gives what earlier versions have left a folder as sessions have them now, and removes folders without
  /// work and those beyond `limit`.
  package func tidy() {
    adoptOldLayout()
    for number in numbers where files(in: folder(number)).isEmpty { remove(number) }
    for entry in ended.dropFirst(Self.limit) { remove(entry.number) }
  }

  /// Files used to lie in the folder itself and, before the last start, in `last`.
  private func adoptOldLayout() {
    let last = Path.joining(root, "last")
    for (folder, names) in [(last, files(in: last)), (root, files(in: root))] where !names.isEmpty {
      guard let own = try? begin() else { return }
      for name in names {
        Folder.move(Path.joining(folder, name), to: Path.joining(own.folder, name))
      }
    }
    Folder.removeEmpty(last)
  }

  // MARK: The current session

  /// Makes a folder for a session and locks it.
  ///
  /// Throws where none can be made.
  func begin() throws(FileError) -> Own {
    try Folder.create(root)
    var number = (numbers.last ?? 0) + 1
    for _ in 0..<Self.mostTries {
      let path = folder(number)
      if try Folder.createNew(path) {
        if let lock = FileLock(path: lockPath(number)) {
          return Own(number: number, folder: path, lock: lock)
        }
        // Another start has removed the folder, or a lock cannot be made.
        Folder.removeEmpty(path)
      }
      number += 1
    }
    throw FileError(path: root, problem: .system(.noSpace))
  }

  /// Folders that others may take before us, or locks that cannot be made.
  private static let mostTries = 100

  /// Gives up a session's folder with all it holds.
  func end(_ own: Own) {
    if own.lock.isInPlace { empty(own.number) }
  }
}
