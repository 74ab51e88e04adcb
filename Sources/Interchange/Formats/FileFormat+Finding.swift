extension FileFormat {
  /// The format that a file's name tells, packed or not.
  package static func told(by path: String) -> FileFormat? {
    let plain = Path.unpacked(path)
    if Path.name(of: plain).contains("-idx3-") { return mnist }
    let ending = Path.fileExtension(of: plain)
    return all.first { $0.extensions.contains(ending) }
  }

  /// The format of a folder, by what is in it, or of a file by its name.
  package static func found(at path: String) -> FileFormat? {
    guard Folder.exists(path) else { return told(by: path) }
    if ImageFolder.isOne(path) { return images }
    let names = (try? Folder.names(in: path)) ?? []
    if names.contains(where: { $0.hasPrefix("train") && $0.contains("images-idx3") }) {
      return mnist
    }
    if names.contains(where: { Path.fileExtension(of: Path.unpacked($0)) == "bin" }) {
      return cifar10
    }
    return ucr
  }
}
