/// Images in a folder for each class, as they were found: `photos/cat/1.png`, or `photos/train/cat/1.png` beside
/// `photos/test`.
struct ImageFolder: Equatable {
  /// A file and its class, by its place among the names.
  struct Entry: Equatable {
    let path: String
    let label: Int
  }

  /// The classes, by the names of their folders, sorted.
  let classes: [String]
  let train: [Entry]
  let test: [Entry]

  /// Files that are neither images nor hidden.
  let others: Int

  private static let endings: Set = ["png", "jpg", "jpeg"]
  private static let testNames = ["test", "val", "valid", "validation"]

  /// Looks for images; `test` is the folder of those to test on, where it is not beside `train`.
  ///
  /// Throws where a folder cannot be read, or the images are not in folders of classes.
  init(_ path: String, test: String? = nil) throws(FileError) {
    let folders = try Self.folders(in: path)
    let inner =
      folders.contains("train") ? try Self.folders(in: Path.joining(path, "train")) : []
    let isSplit = !inner.isEmpty
    let trainPath = isSplit ? Path.joining(path, "train") : path
    let beside = isSplit ? Self.testNames.first(where: folders.contains) : nil
    let testPath = test ?? beside.map { Path.joining(path, $0) }
    classes = isSplit ? inner : folders
    guard !classes.isEmpty else { throw FileError(path: trainPath, problem: .image(.noClasses)) }
    var others = 0
    train = try Self.entries(in: trainPath, classes, &others)
    let labels = Set(train.map(\.label))
    for (label, name) in classes.enumerated() where !labels.contains(label) {
      throw FileError(path: Path.joining(trainPath, name), problem: .image(.noImages))
    }
    if let testPath {
      for name in try Self.folders(in: testPath) where !classes.contains(name) {
        throw FileError(
          path: Path.joining(testPath, name),
          problem: .image(.otherClass(path: trainPath, classes: classes)))
      }
      self.test = try Self.entries(in: testPath, classes, &others)
      if self.test.isEmpty { throw FileError(path: testPath, problem: .image(.noClasses)) }
    } else {
      self.test = []
    }
    self.others = others
  }

  /// Whether a folder has a folder with images in it, or one of such folders.
  static func isOne(_ path: String) -> Bool {
    guard let folders = try? folders(in: path) else { return false }
    let inner = folders.contains("train") ? Path.joining(path, "train") : path
    let classes = (try? self.folders(in: inner)) ?? []
    return classes.contains { name in
      let names = try? Folder.names(in: Path.joining(inner, name), where: isImage)
      return !(names ?? []).isEmpty
    }
  }

  /// Whether a path is an image, or a folder with images and no folders in it.
  static func isLoose(_ path: String) -> Bool {
    if !Folder.exists(path) { return isImage(Path.name(of: path)) }
    guard let folders = try? folders(in: path), folders.isEmpty else { return false }
    return !(((try? Folder.names(in: path, where: isImage)) ?? []).isEmpty)
  }

  /// The image of a path, or the images of a folder, sorted by name.
  static func loose(_ path: String) throws(FileError) -> [String] {
    if !Folder.exists(path) { return [path] }
    return try Folder.names(in: path, where: isImage).map { Path.joining(path, $0) }
  }

  private static func isHidden(_ name: String) -> Bool { name.hasPrefix(".") }

  private static func isImage(_ name: String) -> Bool {
    !isHidden(name) && endings.contains(Path.fileExtension(of: name))
  }

  private static func folders(in path: String) throws(FileError) -> [String] {
    try Folder.names(in: path) { !isHidden($0) && Folder.exists(Path.joining(path, $0)) }
  }

  private static func entries(
    in path: String, _ classes: [String], _ others: inout Int
  ) throws(FileError) -> [Entry] {
    var entries: [Entry] = []
    for (label, name) in classes.enumerated() {
      let folder = Path.joining(path, name)
      guard Folder.exists(folder) else { continue }
      try Waiting.check(path)
      for name in try Folder.names(in: folder, where: { !isHidden($0) }) {
        let file = Path.joining(folder, name)
        if isImage(name) {
          try entries.append(Entry(path: file, label: label), for: path)
        } else if !Folder.exists(file) {
          others += 1
        }
      }
    }
    return entries
  }
}
