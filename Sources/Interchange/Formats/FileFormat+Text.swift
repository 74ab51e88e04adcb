import Networks

extension FileFormat {
  /// A second file to test on, which most formats take.
  static let test = Setting(
    name: "test", form: "FILE", preset: "none",
    summary: "a second file of the same kind to test on, or several as 'part-*.csv'"
  )

  /// Tables of comma-separated values.
  static let csv = FileFormat(
    name: "csv", summary: "a table, one example a row, columns between , ; or tabs",
    extensions: ["csv"],
    settings: [
      Setting(
        name: "label", form: "first|last|NAME|NUMBER|none",
        preset: "last, or first where only that holds classes",
        summary: "the column to be learned, by its name or its place from 1"),
      Setting(
        name: "targets", form: "NAME,NAME…", preset: "none",
        summary: "columns of numbers to be learned in place of a label, by name or place"),
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
  ) { files, values throws(FileError) in
    var options = CSVOptions()
    options.targets = try values.words("targets")
    if options.targets != nil {
      for other in ["label", "target"] { try values.refuse(other, beside: "targets") }
    }
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
    options.storage = values.storage
    return try CSV.read(files, options: options, settings: values.values)
  }

  /// Texts, character by character.
  static let text = FileFormat(
    name: "text", summary: "a text in UTF-8 by characters, of which the next one is predicted",
    extensions: [],
    settings: [
      Setting(
        name: "length", form: "2…4096", preset: "64",
        summary: "characters that a network sees at once"),
      Setting(
        name: "holdout", form: "0…0.5", preset: "0.1",
        summary: "the share of the text, at its end, that tests"),
    ]
  ) { files, values throws(FileError) in
    var options = CharacterFiles.Options()
    options.length = try values.whole("length", in: 2...4096) ?? options.length
    options.share = try values.real("holdout", in: 0...0.5) ?? options.share
    return try CharacterFiles.read(files.train, options: options)
  }

  /// Time series.
  static let ucr = FileFormat(
    name: "ucr",
    summary: "time series of the UCR and UEA archives: .ts, .tsv, .txt or their folder",
    extensions: ["ts", "tsv", "txt"],
    settings: [
      Setting(
        name: "fill", form: "NUMBER", preset: "refused",
        summary: "what replaces missing values, and what uneven=pad pads with"),
      Setting(
        name: "uneven", form: "pad|cut", preset: "refused",
        summary:
          "whether series of several lengths are padded to the longest or cut to the shortest"),
      Setting(
        name: "test", form: "FILE", preset: "NAME_TEST beside NAME_TRAIN",
        summary: "the file to test on"),
    ]
  ) { files, values throws(FileError) in
    let uneven = try values.choice("uneven", ["pad": TimeSeries.Uneven.pad, "cut": .cut])
    return try TimeSeries.read(
      files, options: .init(fill: try values.number("fill"), uneven: uneven))
  }
}
