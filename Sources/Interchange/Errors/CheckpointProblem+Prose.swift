extension CheckpointProblem {
  /// How to write a file that can be read.
  static let rewrite = "torch.save(model.state_dict(), FILE) in Python"

  func prose(path: String) -> Prose {
    let copied = "check that the file was copied whole"
    switch self {
    case .notAnArchive:
      return Prose(
        expected: "a checkpoint of PyTorch, starting with PK", found: "other bytes",
        next: Self.rewrite)
    case .legacy:
      return Prose(
        expected: "a checkpoint of PyTorch 1.6 or later, starting with PK",
        found: "the form of earlier versions", next: "torch.load it, and \(Self.rewrite)")
    case .torchScript:
      return Prose(
        expected: "a checkpoint of tensors", found: "a program of TorchScript",
        next: "torch.jit.load it, and \(Self.rewrite)")
    case .noPickle:
      return Prose(
        expected: "the member data.pkl in the archive", found: "none", next: Self.rewrite)
    case .bigEndian:
      return Prose(
        expected: "little-endian tensors", found: "big-endian ones",
        next: "torch.load it, and \(Self.rewrite)")
    case .pickleTooLong(let size, let limit):
      return Prose(
        expected: "a data.pkl of at most \(Prose.counted(limit)) bytes",
        found: Prose.counted(size), next: Self.rewrite)
    case .pickle(let problem): return problem.prose(path: path)
    case .noTensors:
      return Prose(expected: "tensors in the checkpoint", found: "none", next: Self.rewrite)
    case .cycle(let name):
      return Prose(
        expected: "values that do not hold themselves", found: "\(Prose.quoted(name)), which does",
        next: Self.rewrite)
    case .tooDeep(let name, let limit):
      return Prose(
        expected: "at most \(Prose.counted(limit)) values within one another",
        found: name.isEmpty ? "more" : "more in \(Prose.quoted(name))", next: Self.rewrite)
    case .tooManyValues(let limit):
      return Prose(
        expected: "at most \(Prose.counted(limit)) values in data.pkl",
        found: "the same ones over and over", next: Self.rewrite)
    case .tooManyTensors(let limit):
      return Prose(
        expected: "at most \(Prose.counted(limit)) tensors", found: "more", next: Self.rewrite)
    case .nameTooLong(let name, let limit):
      return Prose(
        expected: "names of at most \(Prose.counted(limit)) bytes",
        found: "\(Prose.quoted(name)), which is longer", next: Self.rewrite)
    case .unnamed(let name):
      return Prose(
        expected: "keys of tensors that are texts or whole numbers",
        found: name.isEmpty ? "another key" : "another key in \(Prose.quoted(name))",
        next: Self.rewrite)
    case .duplicateName(let name):
      return Prose(
        expected: "each name once", found: "\(Prose.quoted(name)) again", next: Self.rewrite)
    case .noStorage(let tensor, let key):
      return Prose(
        expected: "the member data/\(key.prefix(40)) for tensor \(Prose.quoted(tensor))",
        found: "none", next: copied)
    case .storageSize(let tensor, let expected, let found):
      return Prose(
        expected: "\(Prose.counted(expected, "byte")) stored for tensor \(Prose.quoted(tensor))",
        found: Prose.counted(found), next: copied)
    case .outsideStorage(let tensor, let shape, let strides, let offset, let count):
      return Prose(
        expected: "tensor \(Prose.quoted(tensor)) within the "
          + "\(Prose.counted(count, "element")) stored",
        found: "the shape \(Self.words(shape)) with strides \(Self.words(strides)) from element "
          + Prose.counted(offset),
        next: Self.rewrite)
    case .shapeTooLarge(let tensor, let shape):
      return Prose(
        expected: "tensor \(Prose.quoted(tensor)) to fit in memory",
        found: "the shape \(Self.words(shape))", next: Self.rewrite)
    }
  }

  private static func words(_ numbers: [Int]) -> String {
    if numbers.isEmpty { return "()" }
    let shown = numbers.prefix(8).map { Prose.counted($0) }.joined(separator: "×")
    return numbers.count > 8 ? shown + "×…" : shown
  }
}
