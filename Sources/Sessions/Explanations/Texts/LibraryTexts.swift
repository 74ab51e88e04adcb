extension ExplanationTable {
  /// Networks of the library after the first residual networks.
  static let libraryTexts: [Explanation] = [
    Explanation(
      ["widebottleneck", "resnet_wide"] + wideNetworks, .residual,
      """
      Bottlenecks of any width inside. ResNeXt splits the 3-wide convolution into 32
      groups, each of which reads its own channels: more paths for the same price (Xie
      et al. 2017). Wide networks have twice the channels there and the same depth
      (Zagoruyko and Komodakis 2016). Both have torchvision's parameters.
      """, start: "input 3x64x64",
      ["resnext50_32x4d", "expect params(net) == 25028904"]),
    Explanation(
      ["seresnet50", "sebottleneck"], .residual,
      """
      ResNet-50 whose channels are weighed at the end of each body, by what the means
      of all channels say: squeeze and excite (Hu et al. 2018). 28,088,024 parameters,
      2.5 million more than ResNet-50.
      """, start: "input 3x64x64",
      ["seresnet50", "expect params(net) == 28088024"]),
    Explanation(
      ["resnet50d", "pooledbottleneck"], .residual,
      """
      ResNet-50 with two changes that cost little: three 3-wide convolutions in place
      of the 7-wide one, and shortcuts that take means of 2 by 2 before they project,
      so that no position is left out (ResNet-D of He et al. 2019).
      """, start: "input 3x64x64",
      ["resnet50d", "expect params(net) == 25576264"]),
    Explanation(
      ["preresnet", "preactstart", "preactbottleneck", "preactbottleneckstart"]
        + preactivationNetworks, .residual,
      """
      Residual networks in pre-activation order: bn and relu come before each
      convolution, nothing after the sum, so that what is added passes on unchanged.
      It made 1,001 layers train (He et al. 2016). The first block of a stage
      normalizes before body and shortcut part; one bn and relu close the network.
      """, start: "input 3x32x32",
      ["preresnet110", "expect params(net) == 1730522"]),
    Explanation(
      ["wrn", "wide residual network", "wrn_16_4", "wrn_40_2", "wrn_28_10"], .residual,
      """
      Wide residual networks: 16, 28 or 40 layers with up to ten times the channels do
      better than 1,000 thin layers, and are faster, since a processor likes few large
      steps more than many small ones (Zagoruyko and Komodakis 2016).
      """, start: "input 3x32x32",
      ["wrn_28_10", "expect params(net) == 36479194"]),
    Explanation(
      [
        "denselayer", "transition", "densenet121", "densenet_cifar",
        "densenet_bc_100_12",
      ], .residual,
      """
      Each layer reads the outputs of all before it and appends growth channels: the
      input is kept beside what is new (concat) instead of added to it. A transition
      halves channels and side between stages (Huang et al. 2017).
      """, start: "input 3x32x32",
      ["densenet_bc_100_12", "expect params(net) == 769162"]),
    Explanation(
      ["mobilenet", "invertedconvs", "invertedblock", "mobilenet_v2"], .residual,
      """
      The inverted residual: narrow where it is added, wide inside, where each channel
      has a 3-wide convolution of its own (groups=channels). That takes 0.3 billion
      multiply-adds for an image, a 13th of ResNet-50 (Sandler et al. 2018).
      """, start: "input 3x64x64",
      ["mobilenet_v2", "expect params(net) == 3504872"]),
    Explanation(
      ["efficientnet", "efficientnet_b0", "mbconv", "mbblock"], .residual,
      """
      Inverted residuals whose channels are weighed, as squeeze and excite does, with
      kernels of 3 and 5; width, depth and the image grow together from this one on
      (Tan and Le 2019). The gate's units are a quarter of the block's input channels.
      """, start: "input 3x64x64",
      ["efficientnet_b0", "expect params(net) == 5288548"]),
    Explanation(
      ["mobilenet_v3", "mobilenet_v3_small", "bneckconvs", "bneckgated"], .residual,
      """
      MobileNetV3: inverted residuals found by a search for phones, with hardswish in
      the deep half and gates of hardsigmoid for the channels of most (Howard et al.
      2019). 2.5 million parameters, 0.06 billion multiply-adds for an image.
      """, start: "input 3x64x64",
      ["mobilenet_v3_small", "expect params(net) == 2542856"]),
    Explanation(
      [
        "res2net", "res2net50", "res2block", "res2start", "quarters", "quarterstart",
        "quarterconv",
      ], .residual,
      """
      Bottlenecks whose middle is cut into quarters: each is convolved with what came
      of the one before added to it, so that one block has receptive fields of
      several sizes (Gao et al. 2021). slice takes the quarters, parallel joins them.
      """, start: "input 3x64x64",
      ["res2net50", "expect params(net) == 25699120"]),
    Explanation(
      [
        "convnext", "convnextblock", "convnextstep", "convnext_tiny", "convnext_cifar",
      ], .residual,
      """
      A residual network with the design of transformers: patches first, then blocks
      of a 7-wide depthwise convolution, ln, and two 1-wide convolutions with gelu
      between, scaled by layerscale and left out at times by droppath (Liu et al.
      2022).
      """, start: "input 3x64x64",
      ["convnext_tiny", "expect params(net) == 28589128"]),
    Explanation(
      ["inceptiontime", "inceptionstart"], .residual,
      """
      For time series: convolutions 40, 20 and 10 long and a maximum side by side, six
      times, with a shortcut round every three. Their results are averaged over five
      such networks (Fawaz et al. 2020).
      """, start: "input 1x150",
      ["inceptiontime", "expect params(net) == 420450"]),
    Explanation(
      ["tcn", "tcnblock", "temporal convolution"], .residual,
      """
      Causal convolutions, which see the past alone, with dilations 1, 2, 4 and so on:
      8 blocks of kernel 7 see over 3,000 positions. Each block is a residual (Bai,
      Kolter and Koltun 2018, here without their weight norm).
      """, start: "input 1x784",
      ["tcn", "expect params(net) == 66535"]),
    Explanation(
      ["vit", "encoderblock", "vit_tiny", "vit_small_images", "vision transformer"], .residual,
      """
      An image as a sequence of patches: one convolution as wide as its stride, cls
      and positions, then residuals of attention and of two 1-wide convolutions with
      gelu between, ln first in each; dense reads the class token (ViT, Dosovitskiy et
      al. 2021). vit_tiny has timm's parameters.
      """, start: "input 3x224x224",
      ["vit_tiny", "expect params(net) == 5717416"]),
    Explanation(
      ["mlp_mixer", "mixerblock", "mixer_s16", "mixer_digits", "mixer"], .residual,
      """
      An image as a sequence of patches, as in ViT, without attention: permute turns
      positions into channels, so that two 1-wide convolutions mix the positions of
      each channel; two more mix the channels of each position (Tolstikhin et al.
      2021). The number of positions is fixed: 196 in mixer_s16, which is timm's.
      """, start: "input 3x224x224",
      ["mixer_s16", "expect params(net) == 18528264"]),
    Explanation(
      ["resmlp", "resmlpblock", "resmlp_s12", "resmlp_digits", "affine"], .residual,
      """
      Layers along positions and along channels in turn, without a normalization:
      affine, a factor and a bias for each channel, takes its place, and layerscale
      makes each body small at first (Touvron et al. 2021). affine is a 1-wide
      convolution of each channel by itself; its factors start as init says, not at 1.
      """, start: "input 3x224x224",
      ["resmlp_s12", "expect params(net) == 15350872"]),
    Explanation(
      ["highway network", "highwaylayer", "highway19", "highway_mlp"], .residual,
      """
      The first networks of hundreds of layers that learned: each layer mixes what it
      makes with its input, and a gate says how much of which (Srivastava, Greff and
      Schmidhuber 2015). highway19 has 3-wide gates, as the authors' code; highway_mlp
      is the form of their measurements on digits, with layers= to make it deep.
      """, start: "input 3x32x32",
      ["highway19", "expect params(net) == 2256838"]),
    Explanation(
      ["transformer", "postnormblock", "pre-norm", "post-norm"], .residual,
      """
      Reads characters or words as whole numbers and says which comes next: embedding,
      positions, blocks of causal attention, and the last position. order=pre has ln
      first in each residual, which trains without warmup (Xiong et al. 2020),
      order=post behind each sum, as at first (Vaswani et al. 2017).
      """, start: "input 1x64",
      ["transformer 27 order=post", "expect params(net) == 207515"]),
    Explanation(
      ["bilstm", "bidirectional"], .residual,
      """
      The baseline before transformers: two layers of lstm in both directions, whose
      last states are read (Graves and Schmidhuber 2005).
      """, start: "input 1x150",
      ["bilstm", "expect params(net) == 134922"]),
  ]

  private static let wideNetworks = [
    "resnext50_32x4d", "resnext101_32x8d", "wide_resnet50_2", "wide_resnet101_2",
  ]

  private static let preactivationNetworks =
    ["preresnet_basic", "preresnet_bottleneck"]
    + [20, 110, 164, 1001].map { "preresnet\($0)" }
}
