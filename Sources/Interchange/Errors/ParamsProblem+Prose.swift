extension ParamsProblem {
  func prose(path: String) -> Prose {
    let rewrite = "net.save_parameters(FILE) in Python"
    let copied = "check that the file was copied whole"
    switch self {
    case .notParams:
      return Prose(
        expected: "parameters of MXNet, starting with the bytes 12 01", found: "other bytes",
        next: rewrite)
    case .endedEarly(let part, let byte, let needed, let size):
      return Prose(
        expected: "\(Prose.counted(needed, "byte")) for \(part.words) at byte "
          + Prose.counted(byte),
        found: "a file of \(Prose.counted(size))", next: copied)
    case .count(let part, let byte, let found):
      return Prose(
        expected: "as many \(part.words) at byte \(Prose.counted(byte)) as the file has room for",
        found: Prose.counted(found), next: copied)
    case .version(let array, let byte, let found):
      return Prose(
        expected: "an array at byte \(Prose.counted(byte)), number \(Prose.counted(array))",
        found: "the number 0x\(String(found, radix: 16))", next: rewrite)
    case .sparse(let array, let storage):
      return Prose(
        expected: "dense arrays",
        found: "array \(Prose.counted(array)) in storage \(storage), which is sparse",
        next: "tostype('default') before saving")
    case .shapeUnknown(let array):
      return Prose(
        expected: "arrays of known shape",
        found: "array \(Prose.counted(array)) without one",
        next: "run the network once before saving, which settles the shapes")
    case .dimensions(let array, let found):
      return Prose(
        expected: "at most 32 dimensions in array \(Prose.counted(array))",
        found: Prose.counted(found), next: copied)
    case .shapeTooLarge(let array, let shape):
      return Prose(
        expected: "array \(Prose.counted(array)) to fit in memory",
        found: "the shape \(Self.words(shape))", next: copied)
    case .elementType(let array, let found):
      return Prose(
        expected: "elements of type 0 to 12 in array \(Prose.counted(array))",
        found: "type \(found)", next: "astype('float32') before saving")
    case .nameCount(let arrays, let names):
      return Prose(
        expected: "\(Prose.counted(arrays, "name")), as there are arrays",
        found: Prose.counted(names), next: rewrite)
    case .nameNotText(let byte):
      return Prose(
        expected: "a name in UTF-8 at byte \(Prose.counted(byte))", found: "other bytes",
        next: copied)
    case .duplicateName(let name, let whileWriting):
      return Prose(
        expected: "each name once", found: "\(Prose.quoted(name)) again",
        next: whileWriting ? "rename one of the blocks" : rewrite)
    case .bytesBehind(let byte):
      return Prose(
        expected: "the end of the file at byte \(Prose.counted(byte))", found: "more bytes",
        next: copied)
    case .noValues(let name, let shape):
      return Prose(
        expected: "values in \(Prose.quoted(name))", found: "the shape \(Self.words(shape))",
        next: "save it to a .safetensors file")
    }
  }

  private static func words(_ shape: [Int]) -> String {
    let extents = shape.prefix(8).map { Prose.counted($0) }.joined(separator: "×")
    return shape.count > 8 ? extents + "×…" : extents
  }
}

extension ParamsProblem.Part {
  fileprivate var words: String {
    switch self {
    case .arrays: "arrays"
    case .array(let number): "array \(Prose.counted(number))"
    case .names: "names"
    case .name: "a name"
    }
  }
}
