import Networks

/// Examples of images in a folder for each class.
package enum ImageExamples {
  /// How images are to be read.
  package struct Options: Sendable {
    /// Height and width that images are stretched to; nothing leaves them, and wants all alike.
    package var size: (height: Int, width: Int)?

    /// 1 or 3; nothing takes 1 where all images are grey.
    package var channels: Int?

    /// Whether broken images are left out.
    package var skipsBroken = false

    /// The defaults: images as they are, none broken.
    package init() {}
  }

  /// Reads the PNG and JPEG images of a folder: `cat/1.png`, or `train/cat/1.png` beside `test`.
  ///
  /// Inputs are `[count, channels, height, width]`, 0 to 1; classes are named as the folders, sorted.
  package static func read(
    _ path: String, test: String? = nil, options: Options = Options()
  ) throws(FileError) -> ExamplesPair {
    let folder = try ImageFolder(path, test: test)
    var reading = Reading(root: path, options: options)
    let parts = try [
      reading.described(folder.train), reading.described(folder.test),
    ]
    let channels = options.channels ?? (reading.hasColor ? 3 : 1)
    let train = try reading.examples(parts[0], channels: channels, classes: folder.classes)
    let other =
      folder.test.isEmpty
      ? nil : try reading.examples(parts[1], channels: channels, classes: folder.classes)
    return ExamplesPair(
      name: Path.name(of: path.hasSuffix("/") ? String(path.dropLast()) : path), train: train,
      test: other, files: [path] + (test.map { [$0] } ?? []),
      remark: reading.remark(others: folder.others))
  }

  /// Reads an image, or all images of a folder, that belong to no class; inputs are as those of `read`.
  static func readLoose(_ path: String, options: Options) throws(FileError) -> (
    examples: Examples, names: [String]
  ) {
    let paths = try ImageFolder.loose(path)
    var reading = Reading(root: path, options: options)
    let entries = try reading.described(paths.map { ImageFolder.Entry(path: $0, label: 0) })
    let channels = options.channels ?? (reading.hasColor ? 3 : 1)
    let examples = try reading.examples(entries, channels: channels, classes: [""])
    let broken = Set(reading.broken)
    return (
      Examples(rows: examples.rows, targets: .none),
      entries.map(\.path).filter { !broken.contains($0) }.map { Path.name(of: $0) }
    )
  }

  /// Reading that knows what it has left out.
  private struct Reading {
    let root: String
    let options: Options

    /// The first image, to which others are held.
    private var first: (path: String, height: Int, width: Int)?
    private(set) var hasColor = false
    private(set) var broken: [String] = []

    init(root: String, options: Options) {
      self.root = root
      self.options = options
    }

    /// The images that can be read, as far as their descriptions tell.
    ///
    /// Throws where one is broken, or not of the size of the first.
    mutating func described(_ entries: [ImageFolder.Entry]) throws(FileError) -> [ImageFolder.Entry]
    {
      var kept: [ImageFolder.Entry] = []
      for entry in entries {
        guard let image = try opened(entry.path) else { continue }
        if image.channels == 3 { hasColor = true }
        let first = first ?? (entry.path, image.height, image.width)
        self.first = first
        guard options.size != nil || (image.height, image.width) == (first.height, first.width)
        else {
          throw FileError(
            path: entry.path,
            problem: .image(
              .otherSize(
                expected: [first.height, first.width], path: first.path,
                found: [image.height, image.width], root: root)))
        }
        kept.append(entry)
      }
      guard !kept.isEmpty || entries.isEmpty else {
        throw FileError(path: root, problem: .image(.allBroken(count: broken.count)))
      }
      return kept
    }

    /// The examples of images; throws where one is broken, or memory is short.
    mutating func examples(
      _ entries: [ImageFolder.Entry], channels: Int, classes: [String]
    ) throws(FileError) -> Examples {
      let height = options.size?.height ?? first?.height ?? 0
      let width = options.size?.width ?? first?.width ?? 0
      let size = channels * height * width
      let (count, overflow) = size.multipliedReportingOverflow(by: entries.count)
      guard !overflow, count <= FileLimits.values else {
        throw FileError(path: root, problem: .table(.tooManyValues(limit: FileLimits.values)))
      }
      var values: [Float] = []
      try values.makeRoom(count, for: root)
      values.reserveCapacity(count)
      var labels: [Int32] = []
      for entry in entries {
        guard let image = try opened(entry.path), let planes = try planes(of: image) else {
          continue
        }
        try Memory.check(planes.values.count, times: 2 * MemoryLayout<Float>.size, for: entry.path)
        values += planes.with(channels: channels).resized(height: height, width: width).values
        labels.append(Int32(entry.label))
      }
      guard !labels.isEmpty else {
        throw FileError(path: root, problem: .image(.allBroken(count: broken.count)))
      }
      return Examples(
        inputs: Tensor(shape: [labels.count, channels, height, width], values: values),
        targets: .classes(labels, names: classes))
    }

    /// What there is to say of files that are not among the examples.
    func remark(others: Int) -> String? {
      var words: [String] = []
      if !broken.isEmpty {
        let names = broken.prefix(3).joined(separator: " ") + (broken.count > 3 ? " …" : "")
        words.append("\(Prose.counted(broken.count, "broken image")) left out: \(names)")
      }
      if others > 0 { words.append("\(Prose.counted(others, "other file")) left out") }
      return words.isEmpty ? nil : words.joined(separator: "; ")
    }

    private mutating func opened(_ path: String) throws(FileError) -> ImageFile? {
      do throws(FileError) { return try ImageFile(path) } catch { return try leftOut(error) }
    }

    private mutating func planes(of image: ImageFile) throws(FileError) -> ImagePlanes? {
      do throws(FileError) { return try image.planes() } catch { return try leftOut(error) }
    }

    /// Nothing, where a broken image is to be left out.
    private mutating func leftOut<Value>(_ error: FileError) throws(FileError) -> Value? {
      guard case .image = error.problem else { throw error }
      guard options.skipsBroken else { throw error }
      broken.append(error.path)
      return nil
    }
  }
}
