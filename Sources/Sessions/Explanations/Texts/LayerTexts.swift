/// Layers with weights, and those that only move values.
extension ExplanationTable {
  static let layerTexts: [Explanation] = [
    Explanation(
      ["conv", "convolution", "kernel", "filter", "filters", "cnn", "CNN1D", "lenet"], .layers,
      """
      A small window of weights, the kernel, slides over the input: each output is
      the sum of the values below it times the weights, over all input channels. The
      same weights are used everywhere, so a shape is found wherever it stands, with
      few parameters: C_out·C_in·k weights for a series, C_out·C_in·k·k for images,
      and C_out biases. As in Gluon, the kernel is not mirrored (LeCun et al. 1989).
      """, start: "input 3x32x32",
      ["add conv 16 3", "expect params(net) == 16*3*3*3 + 16", "tree"]),
    Explanation(
      ["conv1d", "conv2d"], .layers,
      """
      conv takes its dimensions from the input: 1x64 is a series, 3x32x32 an image.
      conv1d and conv2d insist on them, and are refused on other inputs: a guard for
      definitions that are meant for one of the two.
      """, start: "input 1x64",
      ["add conv1d 10 3", "tree"]),
    Explanation(
      ["dense", "linear", "fully connected", "mlp"], .layers,
      """
      Every output sees every input: y = W·x + b. Positions are put in one row first,
      as flatten=True of Gluon's Dense does. n·m weights and m biases: at the end of
      an image network a gap before it saves most of them.
      """, start: "input 8x4x4",
      ["add dense 10", "expect params(net) == 8*4*4*10 + 10", "summary"]),
    Explanation(
      ["flatten"], .layers,
      """
      C×H×W values become C·H·W features, channels first. No parameters, no copy. A
      dense layer does it by itself; flatten says it aloud, as in PyTorch and Keras.
      """, start: "input 8x4x4",
      ["add flatten", "expect out(net) == 128", "tree"]),
    Explanation(
      ["dropout"], .layers,
      """
      While training, each value is zeroed with the given probability, and the others
      are multiplied by 1 / (1 − rate), so that the mean stays. No unit can rely on
      another one, which holds overfitting back (Srivastava et al. 2014). In evaluate
      it does nothing. Mostly before dense layers; bn often makes it needless.
      """, start: "data digits; add flatten; add dense 32; add relu; add dense 10",
      ["insert dropout 0.5 before dense2", "trace", "trace test"]),
    Explanation(
      ["scale"], .layers,
      """
      Its input times one learned number, which starts where it is told. At the end of
      a residual body scale 0 is ReZero; as scale= of residual it is fixed and not
      learned: y = act(scale · body(x) + shortcut(x)).
      """, start: "input 8x32",
      ["add residual { conv 8 3; scale 0 }", "tree"]),
    Explanation(
      ["subsample"], .layers,
      """
      Keeps every stride-th position and appends channels of zeros up to CHANNELS. It
      has no parameters: the shortcut of option A (He et al. 2015).
      """, start: "input 4x32",
      ["add subsample 8 stride=2", "expect out(net) == 8x16"]),
    Explanation(
      ["fused", "fusion", "act=", "act argument"], .layers,
      """
      conv 10 3 act=relu is the same as conv 10 3; relu: equal parameters, equal
      values. The argument saves a block in the tree; the layer can be named, moved,
      wrapped and seen by trace. With bn after, they differ: act= comes before bn.
      Fused operations are done in one sweep over memory: bn, the sum of a residual
      block and relu are, without storing what lies between; the values are the same.
      """, start: "input 1x64; add conv 10 3 act=relu",
      ["tree", "set conv1 act=none; insert relu after conv1", "tree"]),
    Explanation(
      ["bias"], .weights,
      """
      The b in W·x + b: one number for each output, which moves it up or down. Before
      bn it is needless, since bn takes the mean away and adds its beta: published
      networks then have bias=no. bias=NUMBER sets where it starts.
      """, start: "input 1x64",
      ["add conv 10 3 bias=no; add bn", "expect params(net) == 30 + 20", "summary"]),
  ]
}
