/// Arrays of `numpy.savez`: a zip archive of `.npy` files that are stored as they are.
enum NpzFile {
  /// Reads the headers of all arrays, in the order of the archive; the ending `.npy` is left off.
  static func arrays(_ path: String) throws(FileError) -> [StoredArray] {
    let file = try ReadableFile(path: path)
    guard file.isRegular else {
      throw FileError(path: path, problem: .system(.notARegularFile))
    }
    guard try ZipArchive.begins(file) else {
      throw FileError(path: path, problem: .array(.notOfFormat(.npz)))
    }
    let archive = try ZipArchive(file, of: .numpy)
    var arrays: [StoredArray] = []
    for member in archive.members where member.name.hasSuffix(".npy") {
      arrays.append(
        try NpyFile.array(
          in: file, at: try archive.content(of: member), name: String(member.name.dropLast(4))))
    }
    return arrays
  }
}
