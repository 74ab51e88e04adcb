extension FileFormat {
  /// Images in a folder for each class.
  static let images = FileFormat(
    name: "images",
    summary: "PNG and JPEG images in a folder for each class, or in train and test; values 0 to 1",
    extensions: [],
    settings: [
      Setting(
        name: "size", form: "HxW", preset: "as they are",
        summary: "height and width that images are stretched to, such as 32x32"),
      Setting(
        name: "channels", form: "1|3", preset: "1 where all are grey, else 3",
        summary: "grey, by the luma of colours, or red, green and blue"),
      Setting(
        name: "skip", form: "yes|no", preset: "no",
        summary: "whether broken images are left out, in place of refused"),
      Setting(
        name: "test", form: "FOLDER", preset: "test or val beside train",
        summary: "the folder of images to test on"),
    ]
  ) { files, values throws(FileError) in
    var options = ImageExamples.Options()
    options.size = try values.size("size")
    options.channels = try values.choice("channels", ["1": 1, "3": 3])
    options.skipsBroken = try values.choice("skip", ["yes": true, "no": false]) ?? false
    return try ImageExamples.read(
      files.alone("images"), test: files.testAlone("images"), options: options)
  }
}
