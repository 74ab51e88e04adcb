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
    // torchvision 0.28.
    Case("3x224x224", "resnext50_32x4d", 25_028_904),
    Case("3x224x224", "resnext101_32x8d", 88_791_336),
    Case("3x224x224", "wide_resnet50_2", 68_883_240),
    Case("3x224x224", "wide_resnet101_2", 126_886_696),
    // Ronneberger et al. 2015 with padding and normalization, as milesial/Pytorch-UNet has it.
    Case("3x256x256", "unet", 31_037_698),
    Case("3x224x224", "densenet121", 7_978_856), Case("3x224x224", "mobilenet_v2", 3_504_872),
    Case("3x224x224", "convnext_tiny", 28_589_128),
    Case("3x224x224", "mobilenet_v3_small", 2_542_856),
    Case("3x224x224", "efficientnet_b0", 5_288_548),
    // Gao et al. 2021, table 1: 25.70 millions.
    Case("3x224x224", "res2net50", 25_699_120),
    // timm: seresnet50, resnet50d.
    Case("3x224x224", "seresnet50", 28_088_024), Case("3x224x224", "resnet50d", 25_576_264),
    // He et al. 2016, counted without biases of convolutions; bottlenecks as in the authors' code.
    Case("3x32x32", "preresnet20", 272_282), Case("3x32x32", "preresnet110", 1_730_522),
    Case("3x32x32", "preresnet164", 1_703_258), Case("3x32x32", "preresnet1001", 10_327_706),
    // Zagoruyko and Komodakis 2016, table 4: 2.2, 2.7 and 36.5 millions.
    Case("3x32x32", "wrn_40_2", 2_243_546), Case("3x32x32", "wrn_16_4", 2_748_890),
    Case("3x32x32", "wrn_28_10", 36_479_194),
    // Huang et al. 2017, table 2: DenseNet-BC of 100 layers and growth 12 has 0.8 millions.
    Case("3x32x32", "densenet_bc_100_12", 769_162),
    // Fawaz et al. 2020: 420,192 before the last layer.
    Case("1x150", "inceptiontime", 420_192 + 258),
    // Bai, Kolter and Koltun 2018: 8 levels of 25 channels, kernel 7; their weight norm has 400 more.
    Case("1x784", "tcn", 66_535),
    // timm: vit_tiny_patch16_224.
    Case("3x224x224", "vit_tiny", 5_717_416),
    // timm: mixer_s16_224, resmlp_12_224; the small ones by the same sums.
    Case("3x224x224", "mixer_s16", 18_528_264), Case("3x224x224", "resmlp_s12", 15_350_872),
    Case("1x8x8", "mixer_digits", 138_762), Case("1x8x8", "resmlp_digits", 136_074),
    // The sum over the layers of the authors' file, with 10 classes; Srivastava et al. 2015 say 2.3 millions.
    Case("3x32x32", "highway19", 2_256_838), Case("1x8x8", "highway_mlp", 49_660),
    Case("3x32x32", "vit_small_images", 208_074), Case("1x28x28", "vit_small_images", 205_066),
    Case("1x150", "bilstm", 134_922),
    Case("1x64", "transformer", 220_672), Case("1x64", "transformer 27 order=post", 207_515),
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
      "seblock": "4", "wangblock": "4", "widebottleneck": "4 8", "sebottleneck": "4",
      "pooledbottleneck": "4", "preactstart": "4", "preactbottleneck": "4",
      "preactbottleneckstart": "4", "preresnet_basic": "1", "preresnet_bottleneck": "1",
      "wrn": "1 1", "denselayer": "4", "transition": "4", "densenet_cifar": "1",
      "resnet_wide": "1 1 1 1", "invertedconvs": "8 4", "invertedblock": "8 3",
      "mbconv": "8 4 2", "mbblock": "8 3 2", "bneckconvs": "8 4",
      "bneckgated": "8 4 2", "quarterconv": "4", "quarters": "1", "quarterstart": "1",
      "res2block": "4 8", "res2start": "4 8",
      "convnextblock": "3", "convnextstep": "4", "convnext": "1 1 1 1", "tcnblock": "4",
      "doubleconv": "4", "encoderblock": "3 1", "postnormblock": "3 1", "vit": "8 2 1 16",
      "highwaylayer": "3", "mixerblock": "3 64", "mlp_mixer": "8 16 1 16", "affine": "3",
      "resmlpblock": "3 64", "resmlp": "8 16 1 16",
    ]
    for name in Library.environment.definitions.keys.sorted() {
      let isSeries =
        ["wang", "tcn", "inception", "bilstm", "transformer", "lstm"].contains {
          name.hasPrefix($0)
        } || name.hasSuffix("CNN1D")
      let known = LibraryNetwork.all.first { $0.name == name }
      let isMixing = name.hasPrefix("mixer_") || name.hasPrefix("resmlp_")
      let input = isMixing ? known?.input : nil
      let session = Session()
      let answer = session.answer(
        "input \(input ?? (isSeries ? "1x64" : "3x64x64")); add \(name) \(arguments[name] ?? "")")
      #expect(answer.outcome == .done, "\(name): \(answer.text)")
      #expect(session.state.current?.network.isEmpty == false, "\(name)")
    }
  }
}
