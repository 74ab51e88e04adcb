import Testing

@testable import Sessions

/// The shipped networks have the parameters that their papers and other programs count.
struct PublishedCountTests {
  /// A network as it is typed, its input, and its learnable values.
  struct Case: CustomTestStringConvertible {
    let input: String
    let command: String
    let learnable: Int
    let running: Int?

    init(_ input: String, _ command: String, _ learnable: Int, running: Int? = nil) {
      (self.input, self.command, self.learnable, self.running) = (
        input, command, learnable, running
      )
    }

    var testDescription: String { "\(command) on \(input): \(learnable)" }
  }

  static let cifar: [Case] = [
    ("8", 75_290, 78_042), ("20", 269_722, 272_474), ("32", 464_154, 466_906),
    ("44", 658_586, 661_338), ("56", 853_018, 855_770), ("110", 1_727_962, 1_730_714),
  ].flatMap { depth, subsampled, projected in
    [
      Case("3x32x32", "resnet\(depth)", subsampled), Case("3x32x32", "plain\(depth)", subsampled),
      Case("3x32x32", "resnet\(depth) shortcut=B", projected),
      Case("3x32x32", "resnet\(depth) 10 project", projected),
    ]
  }

  static let others = [
    Case("3x32x32", "resnet_cifar 200", 19_421_274),
    Case("3x32x32", "resnet_cifar 200 shortcut=B", 19_424_026),
    Case("3x224x224", "resnet18", 11_689_512), Case("3x224x224", "resnet34", 21_797_672),
    Case("3x224x224", "resnet50", 25_557_032), Case("3x224x224", "resnet101", 44_549_160),
    Case("3x224x224", "resnet152", 60_192_808),
    Case("1x150", "wang", 504_258, running: 2_560),
    Case("1x150", "wang 3", 504_387, running: 2_560),
    Case("1x150", "wang 4", 504_516), Case("1x150", "wang 6", 504_774),
    Case("1x150", "wang 37", 508_773), Case("6x100", "wang 4", 507_396),
    Case("1x150", "wang 2 width=16", 32_370),
    Case("1x150", "wang_fcn", 264_962, running: 1_024),
    Case("1x64", "RES_CNN1D(10, 3, 2, chain_length=3)", 750),
    Case("3x64", "rescnn 10 3 2 chain_length=3", 830),
    Case("10x64", "rescnn 10 3 2 chain_length=3", 1_110),
    Case("1x64", "rescnn 10 3 2 chain_length=3 shortcut=A", 720),
    Case("1x28x28", "lenet", 61_706), Case("784", "mlp", 55_050),
  ]

  @Test("learnable values", arguments: cifar + others)
  func count(of network: Case) {
    let session = Session()
    let answer = session.answer("input \(network.input); add \(network.command)")
    #expect(answer.outcome == .done, "\(answer.text)")
    #expect(session.state.current?.network.learnableCount == network.learnable)
    if let running = network.running {
      #expect(session.state.current?.network.runningCount == running)
    }
  }

  @Test("every definition of the library builds on an input of its kind")
  func everyDefinition() {
    let arguments = [
      "CNN1D": "4 3", "RES_CNN1D": "4 3", "basicblock": "4", "bottleneck": "4", "cnn": "4 3",
      "densestep": "4", "plain_cifar": "1", "plainblock": "4", "preactblock": "4", "rescnn": "4 3",
      "resnet_basic": "1 1 1 1", "resnet_bottleneck": "1 1 1 1", "resnet_cifar": "1",
      "seblock": "4", "wangblock": "4",
    ]
    for name in Library.environment.definitions.keys.sorted() {
      let isSeries = name.hasPrefix("wang") || name.hasSuffix("CNN1D")
      let session = Session()
      let answer = session.answer(
        "input \(isSeries ? "1x64" : "3x64x64"); add \(name) \(arguments[name] ?? "")")
      #expect(answer.outcome == .done, "\(name): \(answer.text)")
      #expect(session.state.current?.network.isEmpty == false, "\(name)")
    }
  }
}
