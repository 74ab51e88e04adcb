import Networks

/// An open checkpoint of PyTorch, `.pt` or `.pth`: its contents are known, its tensors are read when asked for.
///
/// The format, that of `torch.save` since PyTorch 1.6: a zip archive with the pickle `data.pkl`, which describes
/// values and tensors, and a member below `data/` for each storage. Nothing of the pickle is run: its
/// instructions and the names that it may mention are closed lists, all else is refused where it stands.
/// Tensors come row-major as 32-bit floats, whatever they are stored as.
package struct CheckpointFile: ArrayFile {
  /// The file as the user named it.
  package let path: String

  /// The tensors in the order of the file, named by the keys that lead to them, joined by dots.
  package let arrays: [StoredArray]

  /// The keys around the model that are left off, such as `state_dict`, joined by dots; empty where there are none.
  package let wrapper: String

  /// The keys beside the wrapper whose tensors are left out, such as `optimizer`.
  package let leftOut: [String]
  package let positions: [String: Int]

  /// Opens a file and checks what it says about its tensors; throws for all that is no tensor or plain value.
  package init(path: String) throws(FileError) {
    self.path = path
    let file = try ReadableFile(path: path)
    guard file.isRegular else {
      throw FileError(path: path, problem: .system(.notARegularFile))
    }
    guard try ZipArchive.begins(file) else {
      throw FileError(
        path: path, problem: .checkpoint(try Self.isLegacy(file) ? .legacy : .notAnArchive))
    }
    let members = try CheckpointMembers(file)
    let pickle = try members.pickle()
    let contents: PickleContents
    do { contents = try PickleMachine.contents(of: pickle) } catch {
      throw FileError(path: path, problem: .checkpoint(.pickle(error)))
    }
    let tensors: CheckpointTensors
    do {
      tensors = try CheckpointTensors(
        contents, length: pickle.count, alone: Path.stem(of: path))
    } catch {
      throw FileError(path: path, problem: .checkpoint(error))
    }
    wrapper = tensors.wrapper
    leftOut = tensors.leftOut
    var arrays: [StoredArray] = []
    for named in tensors.named { try arrays.append(members.array(named), for: path) }
    self.arrays = arrays
    positions = Dictionary(
      uniqueKeysWithValues: arrays.enumerated().map { ($0.element.name, $0.offset) })
  }

  /// Whether a file starts with the number that `torch.save` wrote first before version 1.6.
  private static func isLegacy(_ file: ReadableFile) throws(FileError) -> Bool {
    let magic: [UInt8] = [
      0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19,
    ]
    guard file.size >= magic.count else { return false }
    return try file.read(0..<magic.count) { Array($0) } == magic
  }
}
