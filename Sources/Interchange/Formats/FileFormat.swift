import Networks

/// A format of data files: what help, completion and the `data` command know of it.
package struct FileFormat: Sendable {
  /// A setting, typed as `name=value`.
  package struct Setting: Equatable, Sendable {
    package let name: String

    /// How its value is written, such as `first|last|NAME|none`.
    package let form: String

    /// What holds where it is not given, in words.
    package let preset: String
    package let summary: String
  }

  package let name: String
  package let summary: String

  /// The names' endings that speak for this format, without the dot.
  package let extensions: [String]
  package let settings: [Setting]
  let reader: @Sendable (DataFiles, SettingValues) throws(FileError) -> ExamplesPair

  /// Reads a file with settings as they were typed.
  package func read(
    _ path: String, settings: [String: String] = [:], storage: RowStorage = RowStorage()
  ) throws(FileError) -> ExamplesPair {
    try read([path], settings: settings, storage: storage)
  }

  /// Reads one file or more as one set, each named or matched by a pattern, with settings as they were typed.
  package func read(
    _ words: [String], settings: [String: String] = [:], storage: RowStorage = RowStorage()
  ) throws(FileError) -> ExamplesPair {
    let path = words.first ?? ""
    let known = self.settings.map(\.name)
    for name in settings.keys.sorted() where !known.contains(name) {
      throw FileError(
        path: path, problem: .option(.unknown(name: name, format: self.name, known: known)))
    }
    return try reader(
      DataFiles(words, test: settings["test"]),
      SettingValues(path: path, settings: self.settings, values: settings, storage: storage))
  }

  /// All formats, in the order of the manual.
  package static let all = [csv, ucr, text, images, npy, npz, safetensors, mnist, cifar10]

  /// The format of a name, or nothing.
  package static func named(_ name: String) -> FileFormat? { all.first { $0.name == name } }
}
