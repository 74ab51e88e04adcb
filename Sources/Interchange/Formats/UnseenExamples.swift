import Networks

/// Examples of a file for a network that has learned: with targets where the file has some.
package struct UnseenExamples {
  package let examples: Examples

  /// The names of the images, where each example is a file.
  package let names: [String]

  /// Reads a file, or a folder, for inputs of a shape: tables fold into it, images are stretched to it.
  ///
  /// A file whose name tells no format is read as a table.
  ///
  /// - Throws: `FileError` where it cannot be read.
  package init(
    _ path: String, shape: Shape, storage: RowStorage, skipsBroken: Bool = false
  ) throws(FileError) {
    if ImageFolder.isLoose(path) {
      var options = ImageExamples.Options()
      if shape.spatialRank == 2 { options.size = (shape.spatial[0], shape.spatial[1]) }
      if [1, 3].contains(shape.channels) { options.channels = shape.channels }
      options.skipsBroken = skipsBroken
      let found = try ImageExamples.readLoose(path, options: options)
      (examples, names) = (found.examples, found.names)
      return
    }
    names = []
    let format = FileFormat.found(at: path) ?? .csv
    var settings: [String: String] = [:]
    if format.name == FileFormat.csv.name {
      if shape.spatialRank > 0 { settings["shape"] = "\(shape)" }
      examples = try Self.table(path, settings, shape: shape, storage: storage)
      return
    }
    if format.name == FileFormat.images.name, shape.spatialRank == 2 {
      settings["size"] = "\(shape.spatial[0])x\(shape.spatial[1])"
      if [1, 3].contains(shape.channels) { settings["channels"] = "\(shape.channels)" }
      settings["skip"] = skipsBroken ? "yes" : "no"
    }
    examples = try format.read(path, settings: settings, storage: storage).train
  }

  /// Whether a path is an image, or a file or folder of a format that is known.
  package static func areKnown(at path: String) -> Bool {
    ImageFolder.isLoose(path) || FileFormat.found(at: path) != nil
  }

  /// A table whose columns are all inputs, or all but one for what is to be predicted.
  private static func table(
    _ path: String, _ settings: [String: String], shape: Shape, storage: RowStorage
  ) throws(FileError) -> Examples {
    var plain = settings
    plain["label"] = "none"
    do throws(FileError) {
      let examples = try FileFormat.csv.read(path, settings: plain, storage: storage).train
      if examples.shape == shape { return examples }
      let labelled = try? FileFormat.csv.read(path, settings: settings, storage: storage).train
      if let labelled, labelled.shape == shape { return labelled }
      return examples
    } catch {
      let labelled = try? FileFormat.csv.read(path, settings: settings, storage: storage).train
      if let labelled, labelled.shape == shape { return labelled }
      throw error
    }
  }
}
