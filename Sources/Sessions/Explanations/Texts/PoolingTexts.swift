/// Pooling.
extension ExplanationTable {
  static let poolingTexts: [Explanation] = [
    Explanation(
      ["maxpool", "pooling", "max pooling"], .layers,
      """
      The largest value of each window, channel by channel: whether something was
      there, not just where. Fewer positions make all that follows cheaper and let it
      see further. No parameters. Windows lie side by side unless stride= says other:
      ⌊(n + 2·pad − size)/stride⌋ + 1 positions; ceil=yes counts a last, partial one.
      """, start: "input 8x32",
      ["add maxpool 2", "expect out(net) == 8x16", "tree"]),
    Explanation(
      ["avgpool", "average pooling"], .layers,
      """
      The mean of each window, channel by channel. It loses less than maxpool and
      blurs more. Padded zeros count as values, as the defaults of Gluon and PyTorch
      have it.
      """, start: "input 8x32",
      ["add avgpool 2", "expect out(net) == 8x16"]),
    Explanation(
      ["gap", "global average pooling"], .layers,
      """
      The mean of each channel over all positions: C×H×W becomes C. The classifier
      after it has C·classes weights in place of C·H·W·classes, and the network
      takes inputs of any size (Lin, Chen and Yan 2013). All ResNets end so.
      """, start: "input 64x8x8",
      ["add gap; add dense 10", "expect params(net) == 650", "tree"]),
    Explanation(
      ["gmp", "global max pooling"], .layers,
      """
      The largest value of each channel over all positions: C×H×W becomes C. It asks
      whether a feature was anywhere; gap asks how much of it there was.
      """, start: "input 64x8x8",
      ["add gmp; add dense 10", "tree"]),
    Explanation(
      ["last"], .layers,
      """
      The last position of a series: C×L becomes C. With causal convolutions before
      it, the output is a forecast from what came earlier: the last position has
      seen the most of the past.
      """, start: "input 1x64; add conv 8 3 pad=causal",
      ["add last", "expect out(net) == 8"]),
  ]
}
