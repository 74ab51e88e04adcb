/// The members of a checkpoint's archive: its pickle and its storages.
struct CheckpointMembers {
  private let file: ReadableFile
  private let archive: ZipArchive

  /// Members by their names below the archive's only folder.
  private let members: [String: ZipArchive.Member]

  /// Reads the table of contents; throws for archives that are no checkpoints.
  init(_ file: ReadableFile) throws(FileError) {
    self.file = file
    archive = try ZipArchive(file, of: .torch)
    guard
      let pickle = archive.members.first(where: {
        $0.name == "data.pkl"
          || ($0.name.hasSuffix("/data.pkl") && $0.name.count { $0 == "/" } == 1)
      })
    else { throw FileError(path: file.path, problem: .checkpoint(.noPickle)) }
    let folder = pickle.name.dropLast("data.pkl".count)
    members = Dictionary(
      archive.members.filter { $0.name.hasPrefix(folder) }
        .map { (String($0.name.dropFirst(folder.count)), $0) },
      uniquingKeysWith: { first, _ in first })
    if members["constants.pkl"] != nil { throw failure(.torchScript) }
    if let order = members["byteorder"] {
      let content = try archive.content(of: order)
      let word = try file.read(content.prefix(8)) { Array($0) }
      if word == Array("big".utf8) { throw failure(.bigEndian) }
    }
  }

  /// The bytes of `data.pkl`, where there is memory for what they describe too.
  func pickle() throws(FileError) -> [UInt8] {
    guard let member = members["data.pkl"] else { throw failure(.noPickle) }
    let content = try archive.content(of: member)
    guard content.count <= PickleMachine.lengthLimit else {
      throw failure(.pickleTooLong(size: content.count, limit: PickleMachine.lengthLimit))
    }
    return try file.read(content, making: content.count * PickleMachine.expansion) { Array($0) }
  }

  /// A tensor as an array in the file; throws where it does not lie within a storage that is there.
  func array(_ named: CheckpointTensors.Named) throws(FileError) -> StoredArray {
    let (name, tensor) = (named.name, named.tensor)
    let storage = tensor.storage
    guard let member = members["data/" + storage.key] else {
      throw failure(.noStorage(tensor: name, key: storage.key))
    }
    let content = try archive.content(of: member)
    let (bytes, overflow) = storage.count.multipliedReportingOverflow(by: storage.type.size)
    guard !overflow, bytes == content.count else {
      throw failure(
        .storageSize(tensor: name, expected: overflow ? .max : bytes, found: content.count))
    }
    guard StoredArray.size(of: storage.type, shape: tensor.shape) != nil else {
      throw failure(.shapeTooLarge(tensor: name, shape: tensor.shape))
    }
    let layout = StridedLayout(shape: tensor.shape, strides: tensor.strides)
    guard let span = layout.span, tensor.offset <= storage.count,
      span <= storage.count - tensor.offset
    else {
      throw failure(
        .outsideStorage(
          tensor: name, shape: tensor.shape, strides: tensor.strides, offset: tensor.offset,
          count: storage.count))
    }
    return StoredArray(
      name: name, type: storage.type, shape: tensor.shape, file: file,
      start: content.lowerBound + tensor.offset * storage.type.size,
      layout: layout.isRowMajor || tensor.shape.contains(0) ? nil : layout)
  }

  private func failure(_ problem: CheckpointProblem) -> FileError {
    FileError(path: file.path, problem: .checkpoint(problem))
  }
}
