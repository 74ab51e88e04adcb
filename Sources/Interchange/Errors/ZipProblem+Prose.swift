extension ZipProblem {
  func prose(path: String) -> Prose {
    let copied = "check that the file was copied whole"
    switch fault {
    case .noTable:
      return Prose(
        expected: "a table of contents at the end of the archive", found: "none that can be read",
        next: copied)
    case .entry(let byte):
      return Prose(
        expected: "an entry of the archive's table of contents at byte \(Prose.counted(byte))",
        found: "other bytes", next: copied)
    case .beyond4GiB:
      return Prose(
        expected: "an archive below 4 GiB", found: "one that says it is larger",
        next: writer.inParts)
    case .compressed(let member):
      return Prose(
        expected: "members that are stored as they are",
        found: "\(Prose.quoted(member)) compressed", next: writer.stored)
    case .encrypted(let member):
      return Prose(
        expected: "members that are stored as they are",
        found: "\(Prose.quoted(member)) encrypted", next: writer.stored)
    case .lost(let member, let byte):
      return Prose(
        expected: "the member \(Prose.quoted(member)) whole at byte \(Prose.counted(byte))",
        found: "other bytes", next: copied)
    case .sizes(let member, let size, let packed):
      return Prose(
        expected: "\(Prose.counted(size, "byte")) stored for \(Prose.quoted(member))",
        found: Prose.counted(packed), next: writer.stored)
    case .overlap(let member, let other):
      return Prose(
        expected: "members beside one another",
        found: "\(Prose.quoted(member)) and \(Prose.quoted(other)) on the same bytes",
        next: writer.stored)
    case .duplicate(let member):
      return Prose(
        expected: "each member once", found: "\(Prose.quoted(member)) again", next: writer.stored)
    }
  }
}

extension ZipProblem.Writer {
  /// How to write an archive without compression.
  fileprivate var stored: String {
    switch self {
    case .numpy: "save them with numpy.savez in place of savez_compressed"
    case .torch: CheckpointProblem.rewrite
    }
  }

  /// How to write files below 4 GiB.
  fileprivate var inParts: String {
    switch self {
    case .numpy: "save the arrays one by one with numpy.save"
    case .torch: "save the parts of the model in files of their own"
    }
  }
}
