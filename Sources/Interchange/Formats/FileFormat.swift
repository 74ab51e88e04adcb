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
  private let reader: @Sendable (String, SettingValues) throws(FileError) -> ExamplesPair

  /// Reads a file with settings as they were typed.
  package func read(
    _ path: String, settings: [String: String] = [:]
  ) throws(FileError) -> ExamplesPair {
    let known = self.settings.map(\.name)
    for name in settings.keys.sorted() where !known.contains(name) {
      throw FileError(
        path: path, problem: .option(.unknown(name: name, format: self.name, known: known)))
    }
    return try reader(path, SettingValues(path: path, settings: self.settings, values: settings))
  }

  /// All formats, in the order of the manual.
  package static let all = [csv, ucr, safetensors]

  /// The format of a name, or nothing.
  package static func named(_ name: String) -> FileFormat? { all.first { $0.name == name } }

  private static let test = Setting(
    name: "test", form: "FILE", preset: "none", summary: "a second file of the same kind to test on"
  )

  private static let csv = FileFormat(
    name: "csv", summary: "a table, one example a row, columns between , ; or tabs",
    extensions: ["csv"],
    settings: [
      Setting(
        name: "label", form: "first|last|NAME|none", preset: "last",
        summary: "the column to be learned"),
      Setting(
        name: "target", form: "classes|regression", preset: "classes",
        summary: "whether labels name classes or are numbers"),
      Setting(
        name: "shape", form: "CxL|CxHxW", preset: "features",
        summary: "what the other columns fold into, such as 1x8x8"),
      Setting(
        name: "header", form: "yes|no", preset: "looked for",
        summary: "whether the first line names the columns"),
      Setting(
        name: "separator", form: "','|';'|tab", preset: "looked for",
        summary: "what stands between columns"),
      Setting(
        name: "fill", form: "NUMBER", preset: "refused", summary: "what replaces a missing value"),
      test,
    ]
  ) { path, values throws(FileError) in
    var options = CSVOptions()
    if let label = values["label"] {
      options.label =
        switch label {
        case "first": .first
        case "last": .last
        case "none": .none
        default: .named(label)
        }
    }
    options.regression =
      try values.choice("target", ["classes": false, "regression": true]) ?? false
    options.shape = try values.shape("shape")
    options.header = try values.choice("header", ["yes": true, "no": false])
    options.separator = try values.choice(
      "separator", [",": ",", ";": ";", "tab": "\t", "\t": "\t"])
    options.fill = try values.number("fill")
    return try CSV.read(path, test: values["test"], options: options)
  }

  private static let ucr = FileFormat(
    name: "ucr",
    summary: "time series of the UCR and UEA archives: .ts, .tsv, .txt or their folder",
    extensions: ["ts", "tsv", "txt"],
    settings: [
      Setting(
        name: "fill", form: "NUMBER", preset: "refused",
        summary: "what replaces missing values and pads shorter series at their ends"),
      Setting(
        name: "test", form: "FILE", preset: "NAME_TEST beside NAME_TRAIN",
        summary: "the file to test on"),
    ]
  ) { path, values throws(FileError) in
    try TimeSeries.read(path, test: values["test"], fill: try values.number("fill"))
  }

  private static let safetensors = FileFormat(
    name: "safetensors", summary: "arrays x (N×F, N×C×L or N×C×H×W) and y (labels or targets)",
    extensions: ["safetensors"],
    settings: [
      Setting(
        name: "classes", form: "COUNT", preset: "the largest label and 1",
        summary: "how many classes there are"),
      test,
    ]
  ) { path, values throws(FileError) in
    try SafetensorsExamples.read(
      path, test: values["test"],
      classes: try values.integer("classes", 1...ClassLabels.limit))
  }
}
