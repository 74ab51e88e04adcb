/// Residual blocks and their shortcuts.
extension ExplanationTable {
  static let residualTexts: [Explanation] = [
    Explanation(
      ["residual", "skip", "skip connection", "residual block", "res"], .residual,
      """
      A residual block adds its input to what its body makes of it, so that the
      body only has to learn the difference: He, Zhang, Ren and Sun 2015.

        x ──┬──── body ────⊕── act ── y    y = act(body(x) + shortcut(x))
            ╰── shortcut ──╯

      Backward the whole gradient goes to both, body and shortcut: 1 + dbody/dx.
      """, start: "input 8x32; add conv 8 3; add bn",
      ["wrap residual act=relu", "tree"]),
    Explanation(
      ["shortcut", "shortcut=auto", "auto"], .residual,
      """
      The shortcut is the way of the input round the body to the sum. A sum takes
      equal shapes only. auto leaves the input as it is where they are equal, and
      projects it where they differ. Other words: identity, A, B, C, pool, project,
      or a second { … } with layers of your own.
      """, start: "input 8x32",
      ["add residual shortcut=auto { conv 16 3 stride=2; bn }", "tree"]),
    Explanation(
      ["projection", "project", "B", "option B", "shortcut=B"], .residual,
      """
      Where the body changes channels or positions, its output cannot be added to
      the input. A projection is a convolution one position wide, with the body's
      stride, no bias, and bn after it. It costs C_in·C_out weights + 2·C_out for
      bn. B projects only where the shapes differ (He et al. 2015, option B).
      """, start: "input 8x32",
      ["add residual shortcut=B { conv 16 3 stride=2; bn }", "expect params(net) == 592", "tree"]),
    Explanation(
      ["A", "option A", "shortcut=A", "zero padding"], .residual,
      """
      Option A needs no parameters: where the shapes differ the shortcut keeps every
      stride-th position and appends channels of zeros (He et al. 2015). A residual
      network then has just as many parameters as the plain one, which makes the
      comparison fair; the added channels see nothing of the input, though.
      """, start: "input 8x32",
      ["add residual shortcut=A { conv 16 3 stride=2; bn }", "tree"]),
    Explanation(
      ["C", "option C", "shortcut=C"], .residual,
      """
      Option C projects every shortcut by a 1-wide convolution and bn, even where
      the shapes agree (He et al. 2015). The gain was small for the price, and the
      clear way for the gradient is gone: B and A are usual.
      """, start: "input 8x32",
      ["add residual shortcut=C { conv 8 3; bn }", "expect params(net) == 296", "tree"]),
    Explanation(
      ["pool", "shortcut=pool", "resnet-d"], .residual,
      """
      A projection with a stride skips positions: with stride 2 in both directions
      it reads one of four. shortcut=pool takes the mean of them first and projects
      with stride 1 (He T. et al. 2018, ResNet-D). As many parameters as B.
      """, start: "input 8x32",
      ["add residual shortcut=pool { conv 16 3 stride=2; bn }", "tree"]),
    Explanation(
      ["identity", "identity mapping", "shortcut=identity"], .residual,
      """
      identity passes on what it gets: no parameters, no cost. As a shortcut it is
      the best known: the gradient comes back unchanged, however deep the network.
      He et al. 2016 put gates, dropout and convolutions there: each made a network
      of 110 layers worse. shortcut=identity insists on it and is refused where the
      shapes differ.
      """, start: "input 8x32",
      ["add residual shortcut=identity { conv 8 3; bn }", "tree"]),
    Explanation(
      ["preact", "pre-activation", "preactivation", "v2", "preactblock"], .residual,
      """
      In the first residual networks a relu stands after the sum and touches what
      the shortcut carries. With normalization and activation before each
      convolution, and nothing after the sum, the shortcut is free all through:

        x ──┬── bn ── relu ── conv ──⊕── y            He, Zhang, Ren, Sun 2016
            ╰────────────────────────╯
      """, start: "input 8x32",
      ["add preact { bn; relu; conv 8 3 }", "tree"]),
    Explanation(
      ["bottleneck", "expansion"], .residual,
      """
      Wide blocks are dear: a 3×3 convolution of 256 channels has 256·256·9 weights.
      A bottleneck narrows first, works on few channels, then widens (He et al. 2015):

        256 ── conv 64 1 ── conv 64 3 ── conv 256 1 ──⊕

      69,632 weights in place of 589,824 for each such 3×3 convolution.
      """, start: "input 256x8x8",
      ["bottleneck 64", "tree"]),
    Explanation(
      ["basicblock", "basic block", "plainblock"], .residual,
      """
      Two convolutions 3 wide, each with bn, a relu between them, the sum, a relu:
      the block of ResNet-18 and 34 and of the networks for CIFAR (He et al. 2015).
      plainblock has the same two convolutions without the shortcut, to compare.
      """, start: "input 16x8x8",
      ["basicblock 16", "basicblock 32 stride=2", "tree"]),
    Explanation(
      ["resnet", "resnets"] + residualNetworks, .residual,
      """
      Residual networks as published (He et al. 2015): a first convolution, stages of
      blocks, gap, dense. A stage halves the positions and doubles the channels.
      For CIFAR the depth is 6n + 2: 3 stages of n blocks of 2 convolutions, the
      first one and the dense layer. resnet20 has 269,722 parameters with shortcut A.
      resnet18 to resnet152 are those for photographs, counted as in torchvision.
      """, start: "input 3x32x32",
      ["resnet20 10", "expect params(net) == 269722"]),
    Explanation(
      ["wang", "wangblock", "wang_fcn"], .residual,
      """
      A residual network for time series: three blocks of three convolutions 8, 5 and
      3 wide, then gap and dense (Wang, Yan and Oates 2017). With 64 channels and two
      classes it has 504,258 parameters, whatever the length of the series.
      """, start: "input 1x150",
      ["wang 2", "expect params(net) == 504258"]),
  ]

  /// Networks of the library that one text is about.
  private static let residualNetworks =
    [8, 18, 20, 32, 34, 44, 50, 56, 101, 110, 152].map { "resnet\($0)" }
    + ["resnet_cifar", "resnet_basic", "resnet_bottleneck"]
}
