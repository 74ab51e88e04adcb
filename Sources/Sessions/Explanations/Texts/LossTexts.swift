/// What training makes small.
extension ExplanationTable {
  static let lossTexts: [Explanation] = [
    Explanation(
      ["loss", "loss function", "criterion", "objective"], .training,
      """
      One number that says how wrong the network is on a batch, and that training
      makes small. cross_entropy for classes, bce for two classes with one output, l2,
      l1 or huber for numbers; auto chooses by the data. A loss on examples never
      learned from, the test loss, is what counts.
      """, start: "data digits; add flatten; add dense 10",
      ["loss auto", "train 1", "plot loss"]),
    Explanation(
      ["cross entropy", "cross_entropy", "negative log likelihood", "nll"], .training,
      """
      Minus the logarithm of the share that softmax gives to the right class: 0 where
      the network is sure and right, without bound where it is sure and wrong.
      L = −ln(exp(x_label) / Σ exp(x_j)). Its gradient by the scores is p − 1 at the
      label and p elsewhere: it ends only where the answer is right.
      """, start: "data digits; add flatten; add dense 10",
      ["loss cross_entropy", "evaluate", "explain ln C"]),
    Explanation(
      ["ln C", "loss at ln c", "loss at init", "first loss", "chance"], .training,
      """
      A network that knows nothing gives each of C classes the share 1/C, so its cross
      entropy is ln C: 0.693 for 2 classes, 2.303 for 10, 6.908 for 1000. A first loss
      far above it says that first weights are too large; a loss that stays at it says
      that nothing arrives: see vanishing.
      """, start: "data digits; add flatten; add dense 10",
      ["init uniform 0.0001", "evaluate", "train 1"]),
    Explanation(
      ["bce", "binary cross entropy"], .training,
      """
      Cross entropy of a yes or no: L = log(1 + exp(x)) − t · x, where x is the score
      and t is 1 or 0. The sigmoid is part of it. One output is enough for two
      classes: a score above 0 predicts the second.
      """, start: "data moons; add dense 16; add relu; add dense 1",
      ["loss bce", "train 2"]),
    Explanation(
      ["l2", "mse", "squared error", "regression"], .training,
      """
      ½(p − t)², the mean over the outputs, for numbers rather than classes. Large
      misses count most, so one bad target can spoil it: see huber. The half makes its
      gradient p − t, as Gluon's L2Loss has it; PyTorch's MSELoss is twice as much.
      """, start: "data waves; add gap; add dense 4",
      ["loss l2", "help loss"]),
    Explanation(
      ["l1", "huber"], .training,
      """
      l1 is |p − t|: every miss counts by its size, so that bad targets spoil little,
      but its gradient does not fade near the goal. huber is l2 within a distance of
      1 and l1 beyond (Huber 1964): the good sides of both.
      """, start: "data waves; add gap; add dense 4",
      ["loss huber", "help loss"]),
    Explanation(
      ["smoothing", "label smoothing"], .training,
      """
      Labels are taken to be a little unsure: with smoothing=0.1 the right class is
      asked for 0.9 and all classes share the rest. Scores then need not grow without
      end (Szegedy et al. 2016). Measured losses do without it.
      """, start: "data digits; add flatten; add dense 10",
      ["loss cross_entropy smoothing=0.1", "train 1"]),
    Explanation(
      ["classweights", "class weights", "imbalance", "unbalanced"], .training,
      """
      Where one class is rare, never naming it costs little. classweights balanced
      weighs each example by n / (classes · n of its class), so that all classes count
      alike. Look at balanced accuracy too: the mean recall of the classes.
      """, start: "data digits; add flatten; add dense 10",
      ["classweights balanced", "train 1", "evaluate test by=class"]),
  ]
}
