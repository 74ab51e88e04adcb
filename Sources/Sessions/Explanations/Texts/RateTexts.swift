/// The learning rate and its curves.
extension ExplanationTable {
  static let rateTexts: [Explanation] = [
    Explanation(
      ["learning rate", "lr"], .training,
      """
      How far a step goes: w = w − lr · g. Too large, and the loss jumps or becomes
      infinite; too small, and nothing seems to happen. Try factors of 3 to 10. It may
      be changed while training runs. sgd needs about 0.1, adam 0.001.
      """, start: "data digits; add cnn 8 3; add gap; add dense 10",
      ["lr 0.05", "train 1", "lr"]),
    Explanation(
      ["schedule", "lr schedule", "scheduler", "constant"], .training,
      """
      A rate that changes in a run: large steps first to get near, small ones later
      to settle. step, cosine, poly and exponential follow a plan; plateau waits
      until the loss stops falling; onecycle rises and falls. lr alone draws the
      curve.
      """, start: "data digits; add cnn 8 3; add gap; add dense 10",
      ["lr 0.1 cosine", "lr", "train 2"]),
    Explanation(
      ["warmup", "warm-up"], .training,
      """
      The first epochs at a rate that rises in even steps to the one that is meant: at
      first weights and statistics are far off, and long steps harm most (Goyal et al.
      2017). He et al. 2015 began their 110 layers at a tenth of the rate.
      """, start: "data digits; add cnn 8 3; add gap; add dense 10",
      ["lr 0.1 cosine warmup=1", "lr", "train 3"]),
    Explanation(
      ["cosine"], .training,
      """
      lr · (1 + cos(π · t/T)) / 2: flat at first, steep in the middle, flat at the
      end, down to to=, which is 0 (Loshchilov and Hutter 2017). No places to choose:
      a good first curve.
      """, start: "data digits; add cnn 8 3; add gap; add dense 10",
      ["lr 0.1 cosine", "lr"]),
    Explanation(
      ["step schedule", "step decay", "exponential", "poly", "multistep"], .training,
      """
      lr 0.1 step 30 is a tenth every 30 epochs; with several numbers it is once at
      each of them: ResNets on CIFAR were published with a tenth at a half and at
      three quarters of the run. exponential multiplies after every epoch, poly falls
      to 0 by (1 − t/T)^power.
      """, start: "data digits; add cnn 8 3; add gap; add dense 10",
      ["lr 0.1 step 2 3 gamma=0.1", "lr", "train 4"]),
    Explanation(
      ["plateau", "reduce on plateau"], .training,
      """
      Whenever the loss has not fallen for patience epochs the rate is multiplied by
      factor. It needs no plan of the run's length; on=test looks at the test loss.
      """, start: "data digits; add cnn 8 3; add gap; add dense 10",
      ["lr 0.1 plateau patience=2", "train 3"]),
    Explanation(
      ["onecycle", "one cycle"], .training,
      """
      The rate rises for 30 % of the run, from lr/25 to lr, then falls to far below
      where it began: short runs with a high rate in the middle (Smith and Topin
      2018).
      """, start: "data digits; add cnn 8 3; add gap; add dense 10",
      ["lr 0.1 onecycle", "lr", "train 3"]),
  ]
}
