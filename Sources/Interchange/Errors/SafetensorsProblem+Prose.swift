extension SafetensorsProblem {
  func prose(path: String) -> Prose {
    let rewrite = "write the file anew with save_file of Python's safetensors"
    switch self {
    case .shorterThanHeader(let size, let needed):
      return Prose(
        expected: "at least \(Prose.counted(needed)) bytes of safetensors",
        found: Prose.counted(size), next: "check that the file was copied whole")
    case .headerTooLong(let length, let limit):
      return Prose(
        expected: "a header of at most \(Prose.counted(limit)) bytes",
        found: "one of \(Prose.counted(length))", next: "check that it is a safetensors file")
    case .syntax(let expected, let byte, let found):
      return Prose(
        expected: "\(expected.words) at byte \(Prose.counted(byte)) of the header",
        found: found.map(Self.words) ?? "its end", next: rewrite)
    case .duplicateName(let name, let byte):
      let place = byte.map { " at byte \(Prose.counted($0)) of the header" } ?? ""
      return Prose(
        expected: "each name once", found: "\(Prose.quoted(name)) again\(place)",
        next: byte == nil ? "rename one of the blocks" : rewrite)
    case .unknownField(let name, let byte):
      return Prose(
        expected: "dtype, shape or data_offsets at byte \(Prose.counted(byte)) of the header",
        found: Prose.quoted(name), next: rewrite)
    case .missingField(let field, let tensor):
      return Prose(
        expected: "\(field.rawValue) for tensor \(Prose.quoted(tensor))", found: "none",
        next: rewrite)
    case .unknownElementType(let type, let tensor):
      return Prose(
        expected:
          "one of \(ElementType.allCases.map(\.rawValue).joined(separator: " ")) for tensor "
          + Prose.quoted(tensor),
        found: Prose.quoted(type), next: "convert it to F32 before saving")
    case .shapeTooLarge(let tensor, let shape):
      return Prose(
        expected: "tensor \(Prose.quoted(tensor)) to fit in memory",
        found: "the shape \(Self.words(shape))", next: rewrite)
    case .byteCount(let tensor, let expected, let found):
      return Prose(
        expected: "\(Prose.counted(expected, "byte")) for tensor \(Prose.quoted(tensor))",
        found: "offsets that span \(Prose.counted(found))", next: rewrite)
    case .offsets(let tensor, let expectedStart, let start, let end):
      return Prose(
        expected: start > end
          ? "rising offsets for tensor \(Prose.quoted(tensor))"
          : "tensor \(Prose.quoted(tensor)) to start at byte \(Prose.counted(expectedStart)) of the "
            + "data",
        found: start > end
          ? "\(Prose.counted(start)) and \(Prose.counted(end))" : Prose.counted(start),
        next: rewrite)
    case .dataSize(let described, let found):
      return Prose(
        expected: "\(Prose.counted(described, "byte")) of data as the header says",
        found: Prose.counted(found), next: "check that the file was copied whole")
    case .noSuchTensor(let name, let names):
      return Prose(
        expected: "a tensor \(Prose.quoted(name))",
        found: names.isEmpty ? "no tensors" : Prose.list(names),
        next: "save it under this name")
    case .reservedName(let name):
      return Prose(
        expected: "another name for a tensor", found: "\(Prose.quoted(name)), the format's own",
        next: "rename the block")
    }
  }

  private static func words(_ byte: UInt8) -> String {
    byte < 0x80 ? Prose.quoted(String(Unicode.Scalar(byte))) : "byte 0x\(String(byte, radix: 16))"
  }

  private static func words(_ shape: [Int]) -> String {
    let extents = shape.prefix(8).map { Prose.counted($0) }.joined(separator: "×")
    return shape.count > 8 ? extents + "×…" : extents
  }
}

extension SafetensorsProblem.Syntax {
  fileprivate var words: String {
    switch self {
    case .byte(let byte): Prose.quoted(String(Unicode.Scalar(byte)))
    case .either(let first, let second):
      Prose.quoted(String(Unicode.Scalar(first))) + " or "
        + Prose.quoted(String(Unicode.Scalar(second)))
    case .integer: "a whole number from 0 to 9,223,372,036,854,775,807"
    case .text: "a string in UTF-8"
    case .escape: "a character after the backslash"
    case .endOfHeader: "only blanks up to the end"
    }
  }
}
