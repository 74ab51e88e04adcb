import Kernels

/// A task and a method as a line of text, from which they come back: what a file remembers of a measurement.
extension ConvolutionTask {
  /// The task in words of `name=value`.
  package var text: String {
    func plane(_ plane: ConvolutionGeometry.Plane) -> String {
      "\(plane.channels)x\(plane.height)x\(plane.width)"
    }
    func axis(_ axis: ConvolutionGeometry.Axis) -> String {
      "\(axis.kernel),\(axis.stride),\(axis.dilation),\(axis.before),\(axis.after)"
    }
    func answer(_ holds: Bool) -> String { holds ? "yes" : "no" }
    return [
      "pass=\(pass.text)", "threads=\(threads)", "images=\(geometry.images)",
      "groups=\(geometry.groups)", "input=\(plane(geometry.input))",
      "output=\(plane(geometry.output))", "vertical=\(axis(geometry.vertical))",
      "horizontal=\(axis(geometry.horizontal))", "bias=\(answer(hasBias))",
      "transposed=\(answer(isTransposed))", "add=\(answer(accumulates))",
    ].joined(separator: " ")
  }

  /// The task that a text tells of; nothing where it tells of none.
  package init?(text: some StringProtocol) {
    var words: [Substring: Substring] = [:]
    for word in text.split(separator: " ") {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2,
        words.updateValue(Substring(parts[1]), forKey: Substring(parts[0])) == nil
      else { return nil }
    }
    func numbers(_ name: Substring, _ separator: Character, _ count: Int) -> [Int]? {
      let numbers = words[name]?.split(separator: separator).map { Int($0) } ?? []
      let known = numbers.compactMap { $0 }.filter { (0...Self.largest).contains($0) }
      return known.count == count && numbers.count == count ? known : nil
    }
    func axis(_ name: Substring) -> ConvolutionGeometry.Axis? {
      numbers(name, ",", 5).map {
        .init(kernel: $0[0], stride: $0[1], dilation: $0[2], before: $0[3], after: $0[4])
      }
    }
    func plane(_ name: Substring) -> ConvolutionGeometry.Plane? {
      numbers(name, "x", 3).map { .init(channels: $0[0], height: $0[1], width: $0[2]) }
    }
    func answer(_ name: Substring) -> Bool? {
      words[name] == "yes" ? true : words[name] == "no" ? false : nil
    }
    guard words.count == Self.wordCount,
      let pass = words["pass"].flatMap({ LibraryConvolution.Pass(text: $0) }),
      let threads = numbers("threads", ",", 1), let images = numbers("images", ",", 1),
      let groups = numbers("groups", ",", 1), let input = plane("input"),
      let output = plane("output"), let vertical = axis("vertical"),
      let horizontal = axis("horizontal"), let bias = answer("bias"),
      let transposed = answer("transposed"), let adds = answer("add")
    else { return nil }
    let geometry = ConvolutionGeometry(
      images: images[0], groups: groups[0], input: input, output: output, vertical: vertical,
      horizontal: horizontal)
    self.init(
      geometry: geometry, pass: pass, hasBias: bias, isTransposed: transposed, accumulates: adds,
      threads: threads[0])
  }

  private static let (wordCount, largest) = (11, 1 << 31)
}

extension ConvolutionMethod {
  /// The method in one word.
  package var text: String {
    switch self {
    case .direct: "own"
    case .product: "product"
    case .library(let images, let channels): "onednn:\(images)x\(channels)"
    }
  }

  /// The method that a text tells of; nothing where it tells of none.
  package init?(text: some StringProtocol) {
    if text == "own" {
      self = .direct
    } else if text == "product" {
      self = .product
    } else {
      let parts = text.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 2, parts[0] == "onednn" else { return nil }
      let numbers = parts[1].split(separator: "x", omittingEmptySubsequences: false)
      guard numbers.count == 2, let images = Int(numbers[0]), let channels = Int(numbers[1]),
        images > 0, channels > 0
      else { return nil }
      self = .library(images: images, channels: channels)
    }
  }
}

extension LibraryConvolution.Pass {
  fileprivate var text: String {
    switch self {
    case .forwardTraining: "forward"
    case .forwardInference: "answer"
    case .backwardData: "inputs"
    case .backwardWeights: "weights"
    }
  }

  fileprivate init?(text: some StringProtocol) {
    let all: [Self] = [.forwardTraining, .forwardInference, .backwardData, .backwardWeights]
    guard let pass = all.first(where: { $0.text == text }) else { return nil }
    self = pass
  }
}
