import Foundation
import Sessions
import Testing

/// What a session saves, checked by PyTorch itself.
@Suite struct OutsideTests {
  /// A network, the data it sees and how it takes one step.
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let network: String
    let input: [Int]
    var count = 8

    /// As many classes, or numbers of this many outputs.
    var classes: Int?
    var outputs = 1
    var loss = "cross_entropy"
    var optimizer = "sgd lr=0.1"
  }

  /// The program that has PyTorch, by its path.
  static let python = ProcessInfo.processInfo.environment["ESPALIER_TORCH_PYTHON"]

  private static let cases = [
    Case(
      testDescription: "the seed's block from the library",
      network: "add rescnn 10 3 2 chain_length=3; add gap; add dense 2", input: [1, 64], count: 32,
      classes: 2),
    Case(
      testDescription: "the seed's block step by step",
      network: """
        add conv 10 3 stride=2; add bn; add relu
        repeat 2 { conv 10 3; bn; relu }
        wrap residual act=relu
        add gap
        add dense 4
        """, input: [3, 64], count: 16, classes: 4, optimizer: "sgd lr=0.05 momentum=0.9 wd=0.001"),
    Case(
      testDescription: "gates and factors by wrap",
      network: """
        add conv 6 3; add relu; add conv 6 3; add bn; add relu; add conv 6 3
        wrap se conv1..relu1 reduction=2
        wrap highway conv2..relu2 bias=-1
        wrap rezero conv3
        add gap
        add dense 3
        """, input: [2, 20], count: 12, classes: 3),
    Case(
      testDescription: "Wang's network", network: "add wang 2", input: [1, 150], count: 16,
      classes: 2),
    Case(
      testDescription: "ResNet-20", network: "add resnet20 10", input: [3, 32, 32], classes: 10),
    Case(
      testDescription: "branches, groups, even kernels",
      network: """
        add conv 6 4 groups=2 act=tanh
        add parallel join=concat { conv 4 3 dilation=2; bn } { maxpool 3 stride=1 pad=1 }
        add avgpool 2 ceil=yes
        add residual shortcut=A { conv 16 3 stride=2; bn; relu }
        add flatten
        add dense 3
        """, input: [4, 9, 7], classes: 3),
    Case(
      testDescription: "numbers as targets, Adam", network: "add dense 12 act=tanh; add dense 3",
      input: [7], count: 20, outputs: 3, loss: "l2", optimizer: "adam lr=0.01"),
    Case(
      testDescription: "numbers as targets, Huber", network: "add conv 5 3; add relu; add dense 1",
      input: [2, 11], count: 9, loss: "huber", optimizer: "rmsprop lr=0.001"),
  ]

  @Test(
    .enabled(if: python != nil, "ESPALIER_TORCH_PYTHON names no Python that has torch"),
    arguments: cases)
  func outputsAndOneStepAgree(_ example: Case) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "espalier-\(UUID())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Self.writeData(of: example, to: "\(folder)/data.safetensors")
    let input = example.input.map(String.init).joined(separator: "x")
    let classes = example.classes.map { " classes=\($0)" } ?? ""
    let commands = """
      seed 3
      input \(input)
      \(example.network)
      data safetensors "\(folder)/data.safetensors"\(classes)
      batch \(example.count)
      loss \(example.loss)
      optimizer \(example.optimizer)
      save "\(folder)/before.safetensors"
      predict > "\(folder)/output.safetensors"
      step
      save "\(folder)/after.safetensors"
      """
    let console = SilentConsole()
    #expect(
      Session().run(Source(commands, from: .standardInput), on: console) == .done,
      "\(console.text)")
    let check = Process()
    check.executableURL = URL(filePath: try #require(Self.python))
    check.arguments = [
      GoldenCase.folder + "/check_saved.py", "\(folder)/before.safetensors",
      "\(folder)/data.safetensors", "--predictions", "\(folder)/output.safetensors", "--after",
      "\(folder)/after.safetensors", "--loss", example.loss, "--optimizer", example.optimizer,
    ]
    let pipe = Pipe()
    check.standardOutput = pipe
    check.standardError = pipe
    try check.run()
    let answer = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    check.waitUntilExit()
    #expect(check.terminationStatus == 0, "\(answer)")
    #expect(answer.hasSuffix("agrees\n"), "\(answer)")
  }

  /// Inputs and targets that are always the same; labels as 64-bit integers.
  private static func writeData(of example: Case, to path: String) throws {
    var numbers = TestNumbers()
    let x = (0..<example.count * example.input.reduce(1, *)).map { _ in numbers.next() }
    let extents = ([example.count] + example.input).map(String.init).joined(separator: ",")
    var data = x.withUnsafeBytes { Data($0) }
    let middle = data.count
    let y: String
    if let classes = example.classes {
      y = "\"I64\",\"shape\":[\(example.count)]"
      let labels = (0..<example.count).map { Int64($0 % classes) }
      data += labels.withUnsafeBytes { Data($0) }
    } else {
      y = "\"F32\",\"shape\":[\(example.count),\(example.outputs)]"
      let targets = (0..<example.count * example.outputs).map { _ in numbers.next() }
      data += targets.withUnsafeBytes { Data($0) }
    }
    let header =
      "{\"x\":{\"dtype\":\"F32\",\"shape\":[\(extents)],\"data_offsets\":[0,\(middle)]},"
      + "\"y\":{\"dtype\":\(y),\"data_offsets\":[\(middle),\(data.count)]}}"
    let length = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) }
    try (length + Data(header.utf8) + data).write(to: URL(filePath: path))
  }
}
