/// Attention, and what goes with it.
extension ExplanationTable {
  static let attentionTexts: [Explanation] = [
    Explanation(
      ["attention", "self-attention", "multi-head attention", "mha", "heads"],
      .layers,
      """
      Every position becomes a mean of the values V of all positions, weighed by how
      well its query Q and their keys K agree: softmax(Q·Kᵀ/√depth)·V, in HEADS parts
      of the channels (Vaswani et al. 2017). 32x64 are 64 positions of 32 channels,
      images are read row by row; causal=yes hides what comes after. 4·C² + 4·C
      learned, 4·C²·T + 2·T²·C multiply-adds, as in PyTorch's MultiheadAttention.
      """, start: "input 32x64",
      [
        "add residual { ln; attention 4 }", "expect params(res1.body.attention1) == 4*32*32 + 4*32",
        "explain res1.body.attention1",
      ]),
    Explanation(
      ["embedding", "vocabulary", "embeddings"], .layers,
      """
      A row of a table for each whole number of its input, for characters or words:
      embedding VOCABULARY UNITS makes 1xT into UNITSxT. The table is learned, from
      N(0, 1); the numbers have no gradient. A number that is not whole, below 0 or
      not below VOCABULARY ends the run and is named.
      """, start: "input 1x16",
      ["add embedding 27 32", "expect out(net) == 32x16", "expect params(net) == 27*32"]),
    Explanation(
      ["positions", "positional encoding", "position embedding", "sinusoidal"], .layers,
      """
      Attention does not know where a position is. positions adds a number to each
      value that tells it: learned, as many as an example has values, from N(0, 0.02),
      or, with positions sinusoidal, sines and cosines of lengths from 2π to 10000·2π,
      of which nothing is learned (Vaswani et al. 2017).
      """, start: "input 1x16; add embedding 27 32",
      ["add positions", "expect params(positions1) == 32*16", "add attention 4"]),
    Explanation(
      ["cls", "class token", "cls token"], .layers,
      """
      One more position before the others, with C channels that are learned. Attention
      gathers there what matters of the whole input, first takes it out, and a dense
      layer says the class (ViT, Dosovitskiy et al. 2021). Height and width become one
      length, row by row. gap, the mean of all positions, does as well.
      """, start: "input 3x32x32; add conv 48 8 stride=8 pad=0",
      [
        "add cls; add positions; add residual { ln; attention 3 }",
        "add ln; add first; add dense 10", "tree",
      ]),
    Explanation(
      ["first"], .layers,
      """
      The first position of a series, without the others: 48x65 becomes 48. Behind
      attention it is where cls has gathered what is to be told apart. last takes the
      last one, gap the mean of all.
      """, start: "input 48x64; add cls; add attention 3",
      ["add first; add dense 10", "expect params(dense1) == 48*10 + 10"]),
  ]
}
