import Interchange
import Networks
import Testing

@Suite struct ArrayExamplesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A file of one-byte integers, from name, shape and values.
  private func integers(
    _ arrays: [(String, [Int], [Int8])], to name: String
  ) throws -> String {
    var position = 0
    var members: [String] = []
    for (name, shape, values) in arrays {
      members.append(
        #""\#(name)":{"dtype":"I8","shape":\#(shape),"data_offsets":[\#(position),"#
          + "\(position + values.count)]}")
      position += values.count
    }
    let json = Array("{\(members.joined(separator: ","))}".utf8)
    let length = withUnsafeBytes(of: UInt64(json.count).littleEndian) { Array($0) }
    return try folder.write(
      length + json + arrays.flatMap { $0.2.map { UInt8(bitPattern: $0) } }, to: name)
  }

  private func floats(_ arrays: [(String, [Int], [Float])], to name: String) throws -> String {
    try SafetensorsWriter.write(
      arrays.map { NamedTensor(name: $0.0, tensor: Tensor(shape: $0.1, values: $0.2)) },
      to: folder.path(name))
    return folder.path(name)
  }

  private func labelled(_ labels: ClosedRange<Int>) -> ArrayExamples.Options {
    var options = ArrayExamples.Options()
    options.labels = labels
    return options
  }

  private func labels(_ examples: Examples?) throws -> ([Int32], [String]) {
    guard case .classes(let indices, let names)? = examples?.targets else {
      Issue.record("classes were expected")
      return ([], [])
    }
    return (indices, names)
  }

  @Test func labelsThatOccurAreTheClasses() throws {
    let path = try integers([("x", [3, 2], [1, 2, 3, 4, 5, 6]), ("y", [3], [2, 0, 2])], to: "a")
    let pair = try ArrayExamples.readSafetensors(path)
    #expect(pair.train.inputs == Tensor(shape: [3, 2], values: [1, 2, 3, 4, 5, 6]))
    let (indices, names) = try labels(pair.train)
    #expect(indices == [1, 0, 1])
    #expect(names == ["0", "2"])
    let ten = try labels(ArrayExamples.readSafetensors(path, options: labelled(0...9)).train)
    #expect(ten.0 == [2, 0, 2])
    #expect(ten.1 == (0..<10).map(String.init))
  }

  @Test func labelsMayCountFromOne() throws {
    let path = try integers([("x", [3, 1], [1, 2, 3]), ("y", [3], [3, 1, 1])], to: "a")
    #expect(try labels(ArrayExamples.readSafetensors(path).train).1 == ["1", "3"])
    let (indices, names) = try labels(
      ArrayExamples.readSafetensors(path, options: labelled(1...3)).train)
    #expect(indices == [2, 0, 0])
    #expect(names == ["1", "2", "3"])
  }

  @Test func bothPartsMayBeInOneFileAndChannelsLast() throws {
    let path = try integers(
      [
        ("X_train", [1, 3, 2], [1, 10, 2, 20, 3, 30]), ("y_train", [1], [0]),
        ("X_test", [1, 3, 2], [4, 40, 5, 50, 6, 60]), ("y_test", [1], [1]),
      ], to: "a")
    var options = ArrayExamples.Options()
    options.channelsLast = true
    let pair = try ArrayExamples.readSafetensors(path, options: options)
    #expect(pair.files == [path])
    #expect(pair.train.inputs == Tensor(shape: [1, 2, 3], values: [1, 2, 3, 10, 20, 30]))
    #expect(pair.test?.inputs == Tensor(shape: [1, 2, 3], values: [4, 5, 6, 40, 50, 60]))
    #expect(try labels(pair.test).0 == [1])
    let images = try integers([("x", [1, 2, 1, 3], [1, 10, 100, 2, 20, 120])], to: "b")
    #expect(
      try ArrayExamples.readSafetensors(images, options: options).train.inputs
        == Tensor(shape: [1, 3, 2, 1], values: [1, 2, 10, 20, 100, 120]))
  }

  @Test func negativeLabelsAreSortedOverBothParts() throws {
    let train = try integers([("x", [2, 1, 1], [1, 2]), ("y", [2, 1], [1, -1])], to: "a")
    let test = try integers([("x", [1, 1, 1], [3]), ("y", [1], [-3])], to: "b")
    let pair = try ArrayExamples.readSafetensors(train, test: test)
    let (indices, names) = try labels(pair.train)
    #expect(indices == [2, 1])
    #expect(names == ["-3", "-1", "1"])
    #expect(try labels(pair.test).0 == [0])
  }

  @Test func floatingTargetsAreNumbers() throws {
    for shape in [[2], [2, 1]] {
      let path = try floats([("x", [2, 1], [1, 2]), ("y", shape, [0.5, -1])], to: "a")
      guard case .values(let targets) = try ArrayExamples.readSafetensors(path).train.targets else {
        Issue.record("numbers were expected")
        return
      }
      #expect(targets == Tensor(shape: [2, 1], values: [0.5, -1]))
    }
  }

  @Test func withoutAnswers() throws {
    let path = try floats([("x", [1, 1, 2, 2], [1, 2, 3, 4])], to: "a")
    let pair = try ArrayExamples.readSafetensors(path)
    #expect(pair.train.shape == Shape([1, 2, 2]))
    guard case .none = pair.train.targets else {
      Issue.record("no targets were expected")
      return
    }
  }

  @Test func targetsMayLieAtThePositionsOfInputs() throws {
    let path = try integers(
      [
        ("x", [2, 1, 3], [1, 2, 3, 4, 5, 6]), ("y", [2, 3], [7, 9, 7, 9, 9, 8]),
        ("x_test", [1, 1, 3], [1, 2, 3]), ("y_test", [1, 3], [8, 8, 7]),
      ], to: "a")
    let pair = try ArrayExamples.readSafetensors(path)
    let maps = try #require(pair.train.maps)
    #expect(maps.labels == [0, 2, 0, 2, 2, 1] && maps.extents == [3] && maps.vocabulary == nil)
    #expect(maps.names == ["7", "8", "9"] && pair.test?.maps?.labels == [1, 1, 0])
    let image = try integers(
      [("x", [1, 2, 2, 1], [1, 2, 3, 4]), ("y", [1, 2, 2], [0, 1, 1, 0])], to: "b")
    var options = ArrayExamples.Options()
    options.channelsLast = true
    #expect(throws: FileError.self) { try ArrayExamples.readSafetensors(image) }
    let folded = try ArrayExamples.readSafetensors(image, options: options).train
    #expect(folded.shape == Shape([1, 2, 2]) && folded.maps?.extents == [2, 2])
    let numbers = try floats(
      [("x", [1, 2, 1], [1, 2]), ("y", [1, 2, 3], [1, 2, 3, 4, 5, 6])], to: "c")
    guard case .values(let plain) = try ArrayExamples.readSafetensors(numbers).train.targets,
      case .values(let turned) = try ArrayExamples.readSafetensors(numbers, options: options).train
        .targets
    else {
      Issue.record("numbers were expected")
      return
    }
    #expect(plain == Tensor(shape: [1, 2, 3], values: [1, 2, 3, 4, 5, 6]))
    #expect(turned == Tensor(shape: [1, 3, 2], values: [1, 4, 2, 5, 3, 6]))
    let other = try integers([("x", [1, 1, 3], [1, 2, 3]), ("y", [1, 3], [0, 1, 0])], to: "d")
    let single = try integers([("x", [1, 1, 3], [1, 2, 3]), ("y", [1], [0])], to: "e")
    #expect(
      errorText(in: folder) { _ = try ArrayExamples.readSafetensors(other, test: single) } == """
        e: expected targets like those of d, found others
          next: name a test file that belongs to the training file
        """)
  }

  @Test func brokenArraysAreErrors() throws {
    let cases: [(String, String)] = [
      (
        try floats([("z", [1, 1], [1])], to: "a"),
        """
        a: expected an array 'x' or 'x_train', found 'z'
          next: save it under this name
        """
      ),
      (
        try floats([("x", [2], [1, 2])], to: "b"),
        """
        b: expected x of the shape N×F, N×C×L or N×C×H×W with no extent 0, found 2
          next: reshape x before saving
        """
      ),
      (
        try floats([("x", [2, 0], [])], to: "c"),
        """
        c: expected x of the shape N×F, N×C×L or N×C×H×W with no extent 0, found 2×0
          next: reshape x before saving
        """
      ),
      (
        try floats([("x", [2, 1], [1, .nan])], to: "d"),
        """
        d: expected finite numbers in x, found nan at index 1
          next: replace it before saving
        """
      ),
      (
        try floats([("x", [2, 1], [1, 2]), ("y", [2], [1, -.infinity])], to: "e"),
        """
        e: expected finite numbers in y, found -inf at index 1
          next: replace it before saving
        """
      ),
      (
        try integers([("x", [2, 1], [1, 2]), ("y", [2, 2], [1, 2, 3, 4])], to: "f"),
        """
        f: expected y of the shape N or N×K, or with a target at each position of x, found 2×2
          next: reshape y before saving
        """
      ),
      (
        try integers([("x", [2, 1], [1, 2]), ("y", [], [1])], to: "g"),
        """
        g: expected y of the shape N or N×K, or with a target at each position of x, found a single number
          next: reshape y before saving
        """
      ),
      (
        try integers([("x", [2, 1], [1, 2]), ("y", [3], [1, 2, 3])], to: "h"),
        """
        h: expected as many y as x, 2, found 3
          next: save x and y of the same examples
        """
      ),
    ]
    for (path, message) in cases {
      #expect(errorText(in: folder) { _ = try ArrayExamples.readSafetensors(path) } == message)
    }
  }

  @Test func partsThatDifferAreErrors() throws {
    let train = try integers([("x", [1, 2], [1, 2]), ("y", [1], [5])], to: "a")
    let wide = try integers([("x", [1, 3], [1, 2, 3]), ("y", [1], [0])], to: "b")
    let measured = try floats([("x", [1, 2], [1, 2]), ("y", [1], [0])], to: "c")
    #expect(
      errorText(in: folder) { _ = try ArrayExamples.readSafetensors(train, test: wide) } == """
        b: expected examples of 2 as in a, found 3
          next: name a test file that belongs to the training file
        """)
    #expect(
      errorText(in: folder) { _ = try ArrayExamples.readSafetensors(train, test: measured) } == """
        c: expected targets like those of a, found others
          next: name a test file that belongs to the training file
        """)
    #expect(
      errorText(in: folder) {
        _ = try ArrayExamples.readSafetensors(train, options: labelled(0...4))
      } == """
        a: expected labels from 0 to 4, found 5
          next: classes=0..5, or leave classes= out
        """)
  }
}
