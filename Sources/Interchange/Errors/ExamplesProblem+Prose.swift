import Networks

extension ExamplesProblem {
  func prose(path: String) -> Prose {
    let file = Prose.typed(path)
    switch self {
    case .realLabel(let found):
      return Prose(
        expected: "labels that name classes", found: "the real number \(Prose.quoted(found))",
        next: "data csv \(file) target=regression")
    case .tooManyClasses(let limit):
      return Prose(
        expected: "at most \(Prose.counted(limit)) classes", found: "more",
        next: "check which column is the label, or target=regression")
    case .tooManyExamples(let limit):
      return Prose(
        expected: "at most \(Prose.counted(limit)) examples", found: "more",
        next: "save them in several files")
    case .labelOutOfRange(let found, let allowed):
      return Prose(
        expected: "labels from \(allowed.lowerBound) to \(allowed.upperBound)", found: "\(found)",
        next: "classes=\(min(found, allowed.lowerBound))..\(max(found, allowed.upperBound)), or "
          + "leave classes= out")
    case .partsDiffer(let train, let trainPath, let test):
      return Prose(
        expected: "examples of \(train.displayText) as in \(trainPath)", found: test.displayText,
        next: "name a test file that belongs to the training file")
    case .targetsDiffer(let trainPath):
      return Prose(
        expected: "targets like those of \(trainPath)", found: "others",
        next: "name a test file that belongs to the training file")
    case .inputShape(let found):
      return Prose(
        expected: "x of the shape N×F, N×C×L or N×C×H×W with no extent 0",
        found: Self.words(found), next: "reshape x before saving")
    case .imageShape(let found):
      return Prose(
        expected: "images of the shape N×H×W", found: Self.words(found),
        next: "name the file of images, such as train-images-idx3-ubyte")
    case .targetShape(let found):
      return Prose(
        expected: "y of the shape N or N×K, or with a target at each position of x",
        found: Self.words(found),
        next: "reshape y before saving")
    case .exampleCount(let inputs, let targets):
      return Prose(
        expected: "as many y as x, \(Prose.counted(inputs))", found: Prose.counted(targets),
        next: "save x and y of the same examples")
    case .notFinite(let array, let index, let value):
      return Prose(
        expected: "finite numbers in \(array)", found: "\(value) at index \(Prose.counted(index))",
        next: "replace it before saving")
    }
  }

  private static func words(_ shape: [Int]) -> String {
    shape.isEmpty ? "a single number" : shape.map(String.init).joined(separator: "×")
  }
}
