/// Why deep networks are hard to train.
extension ExplanationTable {
  static let degradationTexts: [Explanation] = [
    Explanation(
      ["degradation", "plain", "plain network", "depth", "plain_cifar"] + plainNetworks, .residual,
      """
      A deeper plain network should be no worse: its further layers could pass on
      what they get. Yet it trains worse, on the training data itself, so this is not
      overfitting: layers do not easily learn to be an identity. With shortcuts they
      are one from the start (He et al. 2015). Twins with equal parameters show it:
      """, start: "data digits; net plain_20; add plain20; net res_20; add resnet20",
      ["expect params(plain_20) == params(res_20)", "train plain_20,res_20 1"]),
    Explanation(
      ["vanishing", "vanishing gradient", "vanishing gradients"], .residual,
      """
      Backward each layer multiplies the gradient. Where the factors are mostly below
      1 it shrinks with every layer, and the first ones hardly learn (Hochreiter
      1991; Bengio, Simard and Frasconi 1994). relu, good first weights, bn and above
      all shortcuts help. With small weights it shows: the bars of gradients shrink
      upwards.
      """, start: "data digits; repeat 8 { dense 64; relu }; add dense 10",
      ["init uniform 0.07", "gradients"]),
    Explanation(
      ["exploding", "exploding gradient", "exploding gradients"], .residual,
      """
      Where the factors of the layers are mostly above 1 the gradient grows on its way
      back, steps become too long and the loss infinite. Smaller first weights, a
      smaller lr, clip norm=1, branches that start at 0 (zero gamma, rezero) and
      shortcuts help. bn alone does not: in a plain network of 56 layers the first ‖g‖
      is hundreds of times the last, with shortcuts about ten times.
      """, start: "data digits; add plain56",
      ["gradients", "replace plain56 resnet56", "gradients"]),
    Explanation(
      ["gradient", "backpropagation", "backward", "chain rule", "gradients"], .training,
      """
      The gradient of the loss by a weight says how the loss changes when the weight
      does. Backpropagation works it out from the last layer to the first by the chain
      rule: each layer is given dL/dy and hands back dL/dx (Rumelhart, Hinton and
      Williams 1986). gradients shows its norm ‖g‖ for each block, on a logarithmic
      scale; of one step, nothing is learned.
      """, start: "data digits; add resnet8",
      ["gradients", "step 10", "gradients"]),
    Explanation(
      ["dead", "dead relu", "dying relu"], .figures,
      """
      A relu gives 0 for what is negative, and its gradient there is 0. A channel that
      is 0 for every example learns no more: it is dead. The column of trace is the
      share of such channels in one batch. Too large a step does it; a smaller lr, bn
      before the relu, leaky or prelu help.
      """, start: "data digits; add conv 8 3; add relu; add gap; add dense 10",
      ["trace", "replace relu1 leaky 0.1", "trace"]),
    Explanation(
      ["paths", "unravelled", "ensemble"], .residual,
      """
      Multiplied out, n residual blocks are 2ⁿ paths: each block is gone through or
      round. Most of them are about n/2 long, and most of the gradient comes by short
      ones; so a trained residual network does well without one of its blocks, a plain
      one does not (Veit, Wilber and Belongie 2016). Count them, and leave one out:
      """, start: "data digits; repeat 3 { basicblock 8 }; add gap; add dense 10",
      ["paths", "train 1; lesion"]),
  ]

  /// Networks of the library that one text is about.
  private static let plainNetworks = [8, 20, 32, 44, 56, 110].map { "plain\($0)" }
}
