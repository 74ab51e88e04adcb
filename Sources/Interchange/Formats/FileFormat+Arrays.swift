import Networks

extension FileFormat {
  private static let classes = Setting(
    name: "classes", form: "COUNT|A..B", preset: "as the labels say",
    summary: "how many classes there are, or the labels from first to last")

  private static let channels = Setting(
    name: "channels", form: "first|last", preset: "first",
    summary: "whether x is N×C×L and N×C×H×W, or N×L×C and N×H×W×C")

  private static func options(
    _ values: SettingValues
  ) throws(FileError) -> ArrayExamples.Options {
    var options = ArrayExamples.Options()
    options.storage = values.storage
    options.labels = try values.labels("classes")
    options.channelsLast = try values.choice("channels", ["first": false, "last": true]) ?? false
    return options
  }

  /// Arrays of safetensors.
  static let safetensors = FileFormat(
    name: "safetensors", summary: "arrays x (N×F, N×C×L or N×C×H×W) and y (labels or numbers)",
    extensions: ["safetensors"], settings: [classes, channels, test]
  ) { files, values throws(FileError) in
    try ArrayExamples.readSafetensors(
      files.alone("safetensors"), test: files.testAlone("safetensors"), options: options(values))
  }

  /// Arrays of `numpy.savez`.
  static let npz = FileFormat(
    name: "npz", summary: "arrays x and y, or x_train … y_test, of numpy.savez",
    extensions: ["npz"], settings: [classes, channels, test]
  ) { files, values throws(FileError) in
    try ArrayExamples.readNpz(
      files.alone("npz"), test: files.testAlone("npz"), options: options(values))
  }

  /// Arrays of `numpy.save`, a file each.
  static let npy = FileFormat(
    name: "npy", summary: "an array x of numpy.save, its labels in a file of their own",
    extensions: ["npy"],
    settings: [
      Setting(
        name: "labels", form: "FILE", preset: "none", summary: "the file of labels or numbers"),
      classes, channels, test,
      Setting(
        name: "testlabels", form: "FILE", preset: "none",
        summary: "the labels of the file to test on"),
    ]
  ) { files, values throws(FileError) in
    try ArrayExamples.readNpy(
      files.alone("npy"), labels: values["labels"], test: files.testAlone("npy"),
      testLabels: values["testlabels"], options: options(values))
  }

  /// Images of the MNIST family.
  static let mnist = FileFormat(
    name: "mnist", summary: "images and labels in IDX files, or their folder; values 0 to 1",
    extensions: [],
    settings: [
      Setting(
        name: "labels", form: "FILE", preset: "labels-idx1 beside images-idx3",
        summary: "the file of labels"),
      Setting(
        name: "test", form: "FILE", preset: "t10k- beside train-", summary: "the images to test on"),
    ]
  ) { files, values throws(FileError) in
    try Mnist.read(
      files.alone("mnist"), labels: values["labels"], test: files.testAlone("mnist"),
      storage: values.storage)
  }

  /// Images of CIFAR-10.
  static let cifar10 = FileFormat(
    name: "cifar10", summary: "images of CIFAR-10, binary version, or their folder; values 0 to 1",
    extensions: [], settings: [test]
  ) { files, values throws(FileError) in
    try Cifar.read(files, storage: values.storage)
  }
}
