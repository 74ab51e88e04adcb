/// Parameters and what they start as.
extension ExplanationTable {
  static let weightTexts: [Explanation] = [
    Explanation(
      ["parameters", "params", "learnable", "weights", "parameter", "trainable"], .weights,
      """
      The numbers that training changes: weights, biases, gamma and beta of bn.
      Column params of the tree; running statistics are counted apart, and frozen
      ones are told. params(net) in expressions, trainable(net) without the frozen.
      """, start: "input 3x32x32; add conv 16 3; add bn; add gap; add dense 10",
      ["tree", "summary", "expect params(net) == 448 + 32 + 170"]),
    Explanation(
      ["he", "he init", "kaiming", "msra", "init=he"], .weights,
      """
      First weights drawn from a normal distribution of deviation √(2 / fan-in), where
      fan-in is how many values an output is the sum of: C_in·k·k. The 2 makes good
      for the half that a relu cuts, so that signals keep their size through many
      layers (He et al. 2015, Delving Deep into Rectifiers). The default here.
      """, start: "data digits; add cnn 16 3; add cnn 16 3; add gap; add dense 10",
      ["init he", "trace", "gradients"]),
    Explanation(
      ["xavier", "glorot"], .weights,
      """
      First weights drawn evenly within √(6 / (fan-in + fan-out)), so that neither
      values nor gradients grow or shrink from layer to layer, for functions that are
      about a line at 0, such as tanh (Glorot and Bengio 2010). With relu, he is
      better.
      """, start: "data digits; repeat 4 { dense 64; tanh }; add dense 10",
      ["init xavier", "trace", "gradients"]),
    Explanation(
      [
        "init", "initialization", "first weights", "gluon init", "pytorch init", "uniform",
        "normal",
      ],
      .weights,
      """
      What weights are before the first step. All alike they would stay alike, too
      small the signal fades with depth, too large it explodes. he, xavier, orthogonal
      set the size by the layer's width; gluon is uniform within 0.07, pytorch within
      1 / √fan-in, uniform and normal take a number. Drawn by the seed.
      """, start: "data digits; repeat 4 { dense 64; relu }; add dense 10",
      ["init uniform 0.07; gradients", "init he; gradients"]),
    Explanation(
      ["orthogonal"], .weights,
      """
      First weights whose rows are orthogonal and of length 1: each layer turns its
      input and keeps its length, so deep networks of lines learn at a rate that does
      not hang on the depth (Saxe, McClelland and Ganguli 2014).
      """, start: "data digits; repeat 4 { dense 64; relu }; add dense 10",
      ["init orthogonal", "trace"]),
    Explanation(
      ["frozen", "freeze", "unfreeze", "fine-tuning", "transfer"], .weights,
      """
      Frozen parameters take no steps: training leaves them as they are, to the bit.
      That is how a network learned elsewhere is kept while a new end learns. The tree
      marks what is frozen. Running statistics of bn go on unless statistics=yes.
      """, start: "data digits; add cnn 8 3; add gap; add dense 10",
      ["freeze cnn1", "tree", "unfreeze cnn1"]),
    Explanation(
      ["seed", "random", "reproducible"], .weights,
      """
      All random numbers, of first weights, order of examples, dropout and changes of
      examples, come from one seed. The same commands, seed and number of threads give
      the same bits. Results of one seed are luck in part: compare several.
      """, start: "data digits; add flatten; add dense 10",
      ["seed 7", "init he; step 3", "sweep { for s in 1..2 { seed $s; train 1 } }"]),
    Explanation(
      ["deepen", "widen", "net2net"], .weights,
      """
      A network that has learned can grow and still compute the same. deepen puts in a
      layer that is an identity; widen adds channels that are copies of others, whose
      readers share their weights out (Chen, Goodfellow and Shlens 2016, Net2Net).
      The answer tells how far the outputs moved: rounding.
      """, start: "data digits; add conv 8 3; add relu; add gap; add dense 10; step",
      ["widen conv1 12", "deepen conv1", "tree"]),
  ]
}
