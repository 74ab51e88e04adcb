import Networks

extension FileFormat {
  /// A second file to test on, which most formats take.
  static let test = Setting(
    name: "test", form: "FILE", preset: "none", summary: "a second file of the same kind to test on"
  )

  /// Tables of comma-separated values.
  static let csv = FileFormat(
    name: "csv", summary: "a table, one example a row, columns between , ; or tabs",
    extensions: ["csv"],
    settings: [
      Setting(
        name: "label", form: "first|last|NAME|none",
        preset: "last, or first where only that holds classes",
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
        case "none": .absent
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

  /// Time series.
  static let ucr = FileFormat(
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
}
