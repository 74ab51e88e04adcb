/// What is measured.
extension ExplanationTable {
  private static let small = "data digits; add cnn 8 3; add gap; add dense 10"

  private static let deep = "data digits; repeat 6 { cnn 16 3 }; add gap; add dense 10"

  static let figureTexts: [Explanation] = [
    Explanation(
      ["accuracy", "error rate", "evaluate"], .figures,
      """
      The share of examples whose greatest score is that of the right class. Papers
      tell the error, which is the rest: 1 − accuracy. evaluate measures it, without
      learning, on all examples and with running statistics.
      """, start: small, ["train 1", "evaluate", "expect accuracy(test) > 0.05"]),
    Explanation(
      ["precision", "recall", "f1", "balanced"], .figures,
      """
      For one class. Precision: of what was taken for it, the share that is of it.
      Recall: of what is of it, the share that was found. F1: their harmonic mean.
      Where classes are uneven accuracy says little; balanced is the mean recall.
      The command precision says in which numbers products are computed: explain bf16.
      """, start: small, ["step 20", "evaluate test by=class", "expect recall(test) > 0"]),
    Explanation(
      ["top5", "top3", "top-5"], .figures,
      """
      The share of examples whose right class is among the five greatest scores, or
      the three: usual where classes are many and alike, as the 1000 of ImageNet.
      """, start: small, ["evaluate", "help expect"]),
    Explanation(
      ["mae", "rmse", "r2", "R²"], .figures,
      """
      For numbers. mae: the mean distance from the target. rmse: the root of the mean
      squared distance, in which large misses count more. R²: the share of the
      targets' variance that is explained, 1 at best, 0 for guessing the mean.
      """, start: small, ["help evaluate", "help expect"]),
    Explanation(
      ["confusion", "confusion matrix", "mistakes", "predict"], .figures,
      """
      confusion has a row for each class and a column for each prediction: what is off
      the diagonal says which classes are taken for which. mistakes draws the examples
      with the greatest loss: often their labels are wrong. predict tells the scores.
      """, start: small, ["step 30", "confusion", "mistakes 1"]),
    Explanation(
      ["test", "test loss", "validation", "hold-out", "split"], .figures,
      """
      Examples that are kept from training, to see whether what was learned holds for
      new ones. What is chosen by them, such as an epoch or a rate, is no longer new
      to them: for a last figure keep others. split 0.8 makes a test part by chance.
      """, start: "data waves; split 0.8; add cnn 8 3; add gap; add dense 4",
      ["train 1", "evaluate test"]),
    Explanation(
      [
        "checkpointing", "recompute", "recomputation", "remat", "rematerialization",
        "activation checkpointing", "gradient checkpointing", "checkpoint=yes",
      ], .training,
      """
      A step keeps what each layer puts out, for the gradients. A block with
      checkpoint=yes keeps its input and output alone: the backward pass computes what
      lies between once more, from the same numbers drawn at random and without
      following running statistics twice. Every bit of the step is the same; it takes
      less memory and up to a third more time (Chen et al. 2016). A repeat does so
      with each copy. The tree marks it ↻, plan lists what is recomputed.
      """, start: deep,
      ["memory", "set rep1 checkpoint=yes; memory", "plan"]),
    Explanation(
      ["trace"], .figures,
      """
      One batch forward, and what left each block: mean, deviation, extremes, the
      share of zeros, the share of dead channels. In a good start means are about 0
      and deviations about 1 from top to bottom. trace test looks with running
      statistics.
      """, start: small, ["trace", "trace test"]),
    Explanation(
      ["rate", "samples/s", "time"], .figures,
      """
      How fast it goes: rate(net) are steps a second in the last run, samples/s the
      examples of an epoch. time tells how long a command took, time 10 the median of
      ten times. In the tree, time is each block's part of a step, as plan found it.
      """, start: small, ["time train 1", "time 5 evaluate", "print $(steps(net)) steps"]),
  ]
}
