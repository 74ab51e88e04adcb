/// What is known of each network of the library besides its text: the input it was made for, and where it is from.
struct LibraryNetwork: Sendable {
  let name: String

  /// The shape of one example in the paper.
  let input: String
  let year: Int

  /// Who described it.
  let paper: String

  private init(_ name: String, _ input: String, _ year: Int, _ paper: String) {
    (self.name, self.input, self.year, self.paper) = (name, input, year, paper)
  }

  /// The networks in the order in which they are listed: by what they are for, and small ones first.
  static let all: [LibraryNetwork] =
    [
      LibraryNetwork("mlp", "784", 1986, "Rumelhart, Hinton, Williams"),
      LibraryNetwork("highway_mlp", "1x8x8", 2015, "Srivastava, Greff, Schmidhuber"),
      LibraryNetwork("mixer_digits", "1x8x8", 2021, "Tolstikhin et al., made small"),
      LibraryNetwork("resmlp_digits", "1x8x8", 2021, "Touvron et al., made small"),
      LibraryNetwork("lenet", "1x28x28", 1998, "LeCun et al."),
      LibraryNetwork("wang_fcn", "1x150", 2017, "Wang, Yan, Oates"),
      LibraryNetwork("wang", "1x150", 2017, "Wang, Yan, Oates"),
      LibraryNetwork("tcn", "1x784", 2018, "Bai, Kolter, Koltun"),
      LibraryNetwork("inceptiontime", "1x150", 2020, "Fawaz et al."),
      LibraryNetwork("bilstm", "1x150", 2005, "Graves, Schmidhuber"),
      LibraryNetwork("transformer", "1x64", 2017, "Vaswani et al."),
    ]
    + [8, 20, 32, 44, 56, 110].flatMap { depth in
      ["resnet", "plain"].map { kind in
        LibraryNetwork("\(kind)\(depth)", "3x32x32", 2015, "He et al.")
      }
    }
    + [LibraryNetwork("highway19", "3x32x32", 2015, "Srivastava, Greff, Schmidhuber")]
    + ["preresnet20", "preresnet110", "preresnet164", "preresnet1001"].map {
      LibraryNetwork($0, "3x32x32", 2016, "He et al.")
    }
    + ["wrn_16_4", "wrn_40_2", "wrn_28_10"].map {
      LibraryNetwork($0, "3x32x32", 2016, "Zagoruyko, Komodakis")
    }
    + [
      LibraryNetwork("densenet_bc_100_12", "3x32x32", 2017, "Huang et al."),
      LibraryNetwork("convnext_cifar", "3x32x32", 2022, "Liu et al., made small"),
      LibraryNetwork("vit_small_images", "3x32x32", 2021, "Dosovitskiy et al., made small"),
    ]
    + [18, 34, 50, 101, 152].map { LibraryNetwork("resnet\($0)", "3x224x224", 2015, "He et al.") }
    + [
      LibraryNetwork("unet", "3x256x256", 2015, "Ronneberger, Fischer, Brox"),
      LibraryNetwork("wide_resnet50_2", "3x224x224", 2016, "Zagoruyko, Komodakis"),
      LibraryNetwork("wide_resnet101_2", "3x224x224", 2016, "Zagoruyko, Komodakis"),
      LibraryNetwork("resnext50_32x4d", "3x224x224", 2017, "Xie et al."),
      LibraryNetwork("resnext101_32x8d", "3x224x224", 2017, "Xie et al."),
      LibraryNetwork("densenet121", "3x224x224", 2017, "Huang et al."),
      LibraryNetwork("seresnet50", "3x224x224", 2018, "Hu et al."),
      LibraryNetwork("mobilenet_v2", "3x224x224", 2018, "Sandler et al."),
      LibraryNetwork("mobilenet_v3_small", "3x224x224", 2019, "Howard et al."),
      LibraryNetwork("efficientnet_b0", "3x224x224", 2019, "Tan, Le"),
      LibraryNetwork("resnet50d", "3x224x224", 2019, "He et al."),
      LibraryNetwork("res2net50", "3x224x224", 2021, "Gao et al."),
      LibraryNetwork("convnext_tiny", "3x224x224", 2022, "Liu et al."),
      LibraryNetwork("vit_tiny", "3x224x224", 2021, "Dosovitskiy et al., by timm"),
      LibraryNetwork("mixer_s16", "3x224x224", 2021, "Tolstikhin et al."),
      LibraryNetwork("resmlp_s12", "3x224x224", 2021, "Touvron et al."),
    ]
}
