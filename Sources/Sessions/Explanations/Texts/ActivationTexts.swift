/// Functions of one value, and softmax.
extension ExplanationTable {
  static let activationTexts: [Explanation] = [
    Explanation(
      ["activation", "act", "activation function", "nonlinearity"], .activations,
      """
      Layers of sums alone are one layer of sums, however many there are: a function
      between them that is not a line makes depth worth something. relu is the usual
      one. As a layer it is a node with a name (relu, or act relu); as an argument it
      is part of its layer (conv 10 3 act=relu). Neither has parameters.
      """, start: "input 1x64; add conv 10 3",
      ["add act relu", "replace act1 gelu", "tree"]),
    Explanation(
      ["relu", "ramp", "rectifier"], .activations,
      """
      max(x, 0), also called ramp: what is positive goes through, the rest is 0.

              ╱        Cheap, and its gradient is 1 or 0, so that it does not fade in
        ─────╯         deep networks as that of a sigmoid does (Nair and Hinton 2010).

      A channel that is never positive learns no more: see explain dead.
      """, start: "data digits; add conv 8 3; add gap; add dense 10",
      ["insert relu after conv1", "trace"]),
    Explanation(
      ["leaky", "leaky relu", "leakyrelu"], .activations,
      """
      x where positive, 0.01 · x elsewhere, or another slope. The gradient is never 0,
      so no unit dies (Maas, Hannun and Ng 2013).
      """, start: "input 1x64; add conv 8 3; add relu",
      ["replace relu1 leaky 0.1", "tree"]),
    Explanation(
      ["prelu"], .activations,
      """
      leaky with a slope that is learned: one number for all channels, or one for each
      with shared=no; it starts at 0.25 (He et al. 2015).
      """, start: "input 1x64; add conv 8 3; add relu",
      ["replace relu1 prelu shared=no", "expect params(net) == 40"]),
    Explanation(
      ["elu"], .activations,
      """
      x where positive, alpha · (eˣ − 1) elsewhere: smooth, and below 0 it nears
      −alpha, which draws the mean of the outputs towards 0 (Clevert et al. 2015).
      """, start: "input 1x64; add conv 8 3; add relu",
      ["replace relu1 elu", "tree"]),
    Explanation(
      ["selu"], .activations,
      """
      An elu with two fixed numbers, chosen so that values keep mean 0 and variance 1
      through many dense layers without bn (Klambauer et al. 2017): 1.0507 · x where
      positive, 1.7581 · (eˣ − 1) elsewhere.
      """, start: "input 16; add dense 16; add relu",
      ["replace relu1 selu", "tree"]),
    Explanation(
      ["gelu"], .activations,
      """
      x · Φ(x), where Φ is the share of a normal distribution below x: a relu with a
      soft bend, usual in transformers (Hendrycks and Gimpel 2016). Here it is the
      exact form.
      """, start: "input 1x64; add conv 8 3; add relu",
      ["replace relu1 gelu", "tree"]),
    Explanation(
      ["silu", "swish"], .activations,
      """
      x · sigmoid(x): soft like gelu, a little below 0 for small negative x. Found by
      a search over formulas as swish (Ramachandran, Zoph and Le 2017).
      """, start: "input 1x64; add conv 8 3; add relu",
      ["replace relu1 silu", "tree"]),
    Explanation(
      ["mish"], .activations,
      """
      x · tanh(softplus(x)): close to silu, smooth everywhere (Misra 2019).
      """, start: "input 1x64; add conv 8 3; add relu",
      ["replace relu1 mish", "tree"]),
    Explanation(
      ["hardswish", "hswish"], .activations,
      """
      x · min(max(x + 3, 0), 6) / 6: silu made of straight pieces, cheap on small
      machines (Howard et al. 2019, MobileNetV3).
      """, start: "input 1x64; add conv 8 3; add relu",
      ["replace relu1 hardswish", "tree"]),
    Explanation(
      ["relu6"], .activations,
      """
      min(max(x, 0), 6): a relu that does not grow beyond 6, for numbers of few bits
      (Krizhevsky 2010; MobileNet). Beyond 6 its gradient is 0.
      """, start: "input 1x64; add conv 8 3; add relu",
      ["replace relu1 relu6", "tree"]),
    Explanation(
      ["glu", "gated linear unit"], .activations,
      """
      a · sigmoid(b), where a is the first half of the channels and b the second: what
      goes through is learned as a gate (Dauphin et al. 2017). It halves the channels,
      so the layer before has twice as many. Nothing is learned in it.
      """, start: "input 1x64",
      ["add conv 16 3", "add glu", "expect out(net) == 8x64"]),
    Explanation(
      ["sigmoid", "logistic"], .activations,
      """
      1 / (1 + e⁻ˣ): any number becomes one between 0 and 1. Good for gates and for
      yes-or-no outputs; between layers its gradient, at most 1/4, fades with depth.
      With loss bce the network puts out scores: sigmoid is part of the loss.
      """, start: "input 1x64; add conv 8 3",
      ["add sigmoid", "tree"]),
    Explanation(
      ["hardsigmoid"], .activations,
      """
      min(max(x + 3, 0), 6) / 6: a sigmoid of straight lines, cheap, 0 below −3 and 1
      above 3. MobileNetV3 has it in the gates of its channels (Howard et al.
      2019).
      """, start: "input 1x64; add conv 8 3",
      ["add hardsigmoid", "tree"]),
    Explanation(
      ["tanh"], .activations,
      """
      Any number becomes one between −1 and 1; tanh(x) = 2 · sigmoid(2x) − 1. Its mean
      is 0, which trains better than sigmoid (LeCun et al. 1998), but far from 0 its
      gradient fades just so.
      """, start: "input 1x64; add conv 8 3",
      ["add tanh", "tree"]),
    Explanation(
      ["softplus", "softrelu"], .activations,
      """
      ln(1 + eˣ): a smooth relu, always positive, whose gradient is the sigmoid. Gluon
      calls it softrelu.
      """, start: "input 1x64; add conv 8 3",
      ["add softplus", "tree"]),
    Explanation(
      ["softsign"], .activations,
      """
      x / (1 + |x|): between −1 and 1 like tanh, but it nears its ends more slowly, so
      its gradient fades more slowly too (Glorot and Bengio 2010).
      """, start: "input 1x64; add conv 8 3",
      ["add softsign", "tree"]),
    Explanation(
      ["softmax", "logits", "scores"], .activations,
      """
      Scores, or logits, are the plain outputs of the last layer. softmax makes shares
      of them that sum to 1: p_i = exp(x_i) / Σ exp(x_j). The greatest score keeps the
      greatest share. loss cross_entropy has the softmax in it, so a classifier ends
      in a dense layer, not in softmax: twice would flatten the shares.
      """, start: "data digits; add flatten; add dense 10",
      ["predict first=2", "loss cross_entropy"]),
  ]
}
