/// The files of one data set of the archives: `NAME_TRAIN.ts` and `NAME_TEST.ts`, or others alike.
struct SeriesFiles: Equatable {
  let train: String
  let test: String?

  /// The name without `_TRAIN` and extension.
  let name: String

  /// Extensions that are looked for in a folder, the first one found is taken.
  private static let extensions = ["ts", "tsv", "txt"]
  private static let parts = [("_TRAIN", "_TEST"), ("_train", "_test"), ("_Train", "_Test")]

  /// Finds the files that a path stands for: one of a pair, a folder with a pair, or a file alone.
  init(for path: String) throws(FileError) {
    if Folder.exists(path) {
      self = try Self.pair(in: path)
    } else {
      self = Self.pair(with: path)
    }
  }

  private init(train: String, test: String?, name: String) {
    self.train = train
    self.test = test
    self.name = name
  }

  private static func pair(in folder: String) throws(FileError) -> SeriesFiles {
    let files = try Folder.names(in: folder).filter { file in
      extensions.contains(Path.fileExtension(of: Path.unpacked(file)))
        && parts.contains { stem(of: file).hasSuffix($0.0) }
    }
    let names = Set(files.map { stem(of: $0) }).sorted()
    guard names.count <= 1 else {
      throw FileError(path: folder, problem: .series(.severalPairs(names: files)))
    }
    for wanted in extensions {
      if let file = files.first(where: {
        Path.fileExtension(of: Path.unpacked($0)) == wanted
      }) {
        return pair(with: Path.joining(folder, file))
      }
    }
    throw FileError(path: folder, problem: .series(.noPair))
  }

  /// The name without extension, packed or not.
  private static func stem(of path: String) -> String { Path.stem(of: Path.unpacked(path)) }

  private static func pair(with path: String) -> SeriesFiles {
    let stem = stem(of: path)
    let tail = Path.name(of: path).dropFirst(stem.count)
    for (train, test) in parts {
      for (own, other) in [(train, test), (test, train)] where stem.hasSuffix(own) {
        let name = String(stem.dropLast(own.count))
        let likeness = Path.joining(Path.folder(of: path), name + other + tail)
        guard let partner = Folder.form(of: likeness) else {
          return SeriesFiles(train: path, test: nil, name: name)
        }
        return own == train
          ? SeriesFiles(train: path, test: partner, name: name)
          : SeriesFiles(train: partner, test: path, name: name)
      }
    }
    return SeriesFiles(train: path, test: nil, name: stem)
  }
}
