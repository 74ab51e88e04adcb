import Networks

/// Images and labels of MNIST and its kin, in four IDX files.
package enum Mnist {
  /// The files of images and labels of both parts.
  struct Files: Equatable {
    let train: String
    var labels: String?
    var test: String?
    var testLabels: String?
  }

  /// Reads a file of images, or a folder with `train-images-idx3-ubyte` and its three companions.
  ///
  /// The labels are looked for under the images' name with `labels` and `idx1` in it, the part to test on
  /// under `t10k` in place of `train`. Inputs are `[count, 1, height, width]`, 0 to 1.
  package static func read(
    _ path: String, labels: String? = nil, test: String? = nil,
    storage: RowStorage = RowStorage()
  ) throws(FileError) -> ExamplesPair {
    var files = try files(for: path)
    var options = ArrayExamples.Options()
    options.storage = storage
    if let labels { files.labels = labels }
    if let test {
      files.test = test
      files.testLabels = labelFile(beside: test)
    }
    let train = try part(files.train, files.labels)
    let other = try files.test.map { path throws(FileError) in
      try part(path, files.testLabels)
    }
    return try ArrayExamples.pair(
      name: "mnist", train: train, test: other, options: options)
  }

  static func files(for path: String) throws(FileError) -> Files {
    var path = path
    if Folder.exists(path) {
      let names = try Folder.names(in: path)
      guard
        let name = names.first(where: {
          $0.hasPrefix("train") && $0.contains("images") && !$0.hasSuffix(".gz")
        }) ?? names.first(where: { $0.hasPrefix("train") && $0.contains("images") })
      else {
        throw FileError(path: path, problem: .array(.noFiles(.mnist)))
      }
      path = Path.joining(path, name)
    }
    var files = Files(train: path, labels: labelFile(beside: path))
    let name = Path.name(of: path)
    if name.hasPrefix("train"), let dash = name.firstIndex(of: "-") {
      let test = Path.joining(Path.folder(of: path), "t10k" + name[dash...])
      if let test = Folder.form(of: test) {
        files.test = test
        files.testLabels = labelFile(beside: test)
      }
    }
    return files
  }

  /// The labels beside a file of images, if they are there.
  private static func labelFile(beside path: String) -> String? {
    let name = Path.name(of: path).replacing("images", with: "labels")
      .replacing("idx3", with: "idx1")
    let companion = Path.joining(Path.folder(of: path), name)
    return companion == path ? nil : Folder.form(of: companion)
  }

  private static func part(
    _ images: String, _ labels: String?
  ) throws(FileError) -> ArrayExamples.Pair {
    let array = try IdxFile.array(images)
    guard array.shape.count == 3 else {
      throw FileError(path: images, problem: .examples(.imageShape(found: array.shape)))
    }
    return (array.asImages, try labels.map { path throws(FileError) in try IdxFile.array(path) })
  }
}
