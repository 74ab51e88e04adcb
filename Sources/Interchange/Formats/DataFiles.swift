#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The files of a set: those to train on, one at least, and those to test on.
package struct DataFiles: Equatable, Sendable {
  package let train: [String]
  package let test: [String]

  /// Files as they are called.
  package init(train: [String], test: [String] = []) {
    self.train = train
    self.test = test
  }

  /// Files by their names or by patterns, such as `part-*.csv`, which stand for all files that they match, sorted.
  ///
  /// Throws where a pattern matches none.
  package init(_ words: [String], test: String?) throws(FileError) {
    var train: [String] = []
    for word in words { train += try Self.files(word) }
    self.init(train: train, test: try test.map(Self.files) ?? [])
  }

  /// The only file to train on.
  ///
  /// Throws where there are more.
  func alone(_ format: String) throws(FileError) -> String {
    if train.count > 1 {
      throw FileError(path: train[1], problem: .option(.oneFile(format: format)))
    }
    return train[0]
  }

  /// The only file to test on, where there is any.
  ///
  /// Throws where there are more.
  func testAlone(_ format: String) throws(FileError) -> String? {
    if test.count > 1 {
      throw FileError(path: test[1], problem: .option(.oneFile(format: format)))
    }
    return test.first
  }

  /// What the names of the files to train on begin with, without endings.
  var name: String {
    let stems = train.map { Path.stem(of: Path.unpacked($0)) }
    guard let first = stems.first, stems.count > 1 else { return stems.first ?? "" }
    let length = stems.map { zip(first, $0).prefix { $0 == $1 }.count }.min() ?? 0
    var common = first.prefix(length)
    while let last = common.last, "-_. 0123456789".contains(last) { common = common.dropLast() }
    return common.isEmpty ? first : String(common)
  }

  private static func files(_ word: String) throws(FileError) -> [String] {
    guard word.contains(where: { "*?[".contains($0) }), Path.isUsable(word), !Folder.holds(word)
    else { return [word] }
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(word, 0, nil, &found) == 0 else {
      throw FileError(path: word, problem: .system(.noneMatches))
    }
    return (0..<Int(found.gl_pathc)).compactMap { index in
      found.gl_pathv[index].map { String(cString: $0) }
    }.sorted()
  }
}
