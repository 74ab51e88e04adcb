import Networks

extension ImageProblem {
  func prose(path: String) -> Prose {
    let skip = "skip=yes leaves such images out"
    switch self {
    case .noImage:
      return Prose(expected: "a PNG or JPEG image", found: "other bytes", next: skip)
    case .broken(let kind, let words):
      return Prose(
        expected: "a whole \(kind) image", found: "a broken one (\(words))", next: skip)
    case .cmyk:
      return Prose(
        expected: "a grey or RGB image", found: "CMYK, for print",
        next: "convert \(Prose.typed(path)) -colorspace sRGB OUT.jpg in the shell, or \(skip)")
    case .tooManyPixels(let limit, let height, let width):
      return Prose(
        expected: "at most \(Prose.counted(limit)) pixels",
        found: "\(Prose.counted(height))×\(Prose.counted(width))", next: skip)
    case .tooLongSide(let limit, let height, let width):
      return Prose(
        expected: "at most \(Prose.counted(limit)) rows and columns",
        found: "\(Prose.counted(height))×\(Prose.counted(width))", next: skip)
    case .tooManyBytes(let limit, let found):
      return Prose(
        expected: "an image file of at most \(ByteCount.text(limit))",
        found: ByteCount.text(found), next: skip)
    case .otherSize(let expected, let firstPath, let found, let root):
      return Prose(
        expected: "\(Self.words(expected)) pixels as in \(firstPath)", found: Self.words(found),
        next: "data images \(Prose.typed(root)) size=\(expected[0])x\(expected[1])")
    case .noClasses:
      return Prose(
        expected: "a folder of PNG or JPEG images for each class, such as "
          + Prose.typed(Path.joining(path, "cat/1.png")), found: "none",
        next: "mkdir \(Prose.typed(Path.joining(path, "cat"))) in the shell, and images in it")
    case .noImages:
      return Prose(
        expected: "PNG or JPEG images of the class", found: "none",
        next: "rmdir \(Prose.typed(path)) in the shell, or images in it")
    case .otherClass(let trainPath, let classes):
      return Prose(
        expected: "a class of \(trainPath): \(Prose.list(classes))", found: "another",
        next: "give the folders to train and to test on the same names")
    case .allBroken(let count):
      return Prose(
        expected: "an image that can be read", found: "\(Prose.counted(count)) that cannot",
        next: "data images \(Prose.typed(path)) skip=no says what is wrong with the first")
    }
  }

  private static func words(_ size: [Int]) -> String {
    size.map(String.init).joined(separator: "×")
  }
}
