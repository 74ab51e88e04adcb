/// Normalizations of each example by itself, and factors of channels.
extension ExplanationTable {
  static let exampleNormTexts: [Explanation] = [
    Explanation(
      ["ln", "layernorm", "layer normalization", "layer norm"], .layers,
      """
      Like bn, but by the values of one example alone: mean and variance over the
      channels at each position, as in transformers and ConvNeXt, or over all that an
      example has, with over=all (Ba, Kiros and Hinton 2016). No running statistics:
      what training computes, evaluate does too, and a batch of 1 is as good as any.
      2·C learned; with over=all, two for each value.
      """, start: "data digits; add conv 8 3; add gap; add dense 10",
      ["insert ln after conv1", "expect params(ln1) == 2*8", "trace"]),
    Explanation(
      ["rmsnorm", "rms", "root mean square"], .layers,
      """
      ln without its mean: each position over the root mean square of its channels,
      y = weight · x / √(mean of x² + eps). Cheaper, and as good where means do not
      matter: usual in language models (Zhang and Sennrich 2019). C learned.
      """, start: "data digits; add conv 8 3; add gap; add dense 10",
      ["insert rmsnorm after conv1", "expect params(rmsnorm1) == 8", "trace"]),
    Explanation(
      ["gn", "groupnorm", "group normalization", "group norm"], .layers,
      """
      Mean and variance of one example over all positions of a group of channels (Wu
      and He 2018). It stands in for bn where batches are small: it does not look at
      the batch, so evaluate does what training does. GROUPS must divide the channels;
      as many groups as channels make instnorm. 2·C learned.
      """, start: "data digits; add conv 8 3; add gap; add dense 10",
      ["insert gn 4 after conv1", "expect params(gn1) == 2*8", "trace"]),
    Explanation(
      ["instnorm", "instancenorm", "instance normalization", "instance norm"], .layers,
      """
      Each channel of each example gets mean 0 and variance 1 over its positions, so
      that contrast and brightness are gone and forms stay: for style transfer
      (Ulyanov, Vedaldi and Lempitsky 2016). Nothing is learned but with affine=yes.
      Not before gap: the mean that it takes is then always 0.
      """, start: "data digits; add conv 8 3; add relu; add gap; add dense 10",
      ["insert instnorm after conv1", "set instnorm1 affine=yes", "trace"]),
    Explanation(
      ["lrn", "local response normalization"], .layers,
      """
      Divides each value by the squares of SIZE channels around it:
      y = x / (k + alpha · mean of x²)^beta. AlexNet had it (Krizhevsky, Sutskever and
      Hinton 2012); bn has taken its place. Nothing is learned.
      """, start: "data digits; add conv 8 3; add gap; add dense 10",
      ["insert lrn 5 after conv1", "trace"]),
    Explanation(
      ["layerscale", "layer scale"], .layers,
      """
      scale with a number for each channel, small at first: 0.000001. At the end of a
      residual body the block begins as its shortcut, almost, and very deep networks
      can be trained (CaiT, Touvron et al. 2021; ConvNeXt). C learned.
      """, start: "input 8x32",
      [
        "add residual { conv 8 3; layerscale }", "expect params(res1.body.layerscale1) == 8",
        "tree",
      ]),
  ]
}
