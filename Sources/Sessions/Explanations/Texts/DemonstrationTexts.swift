/// Commands that show what papers claim.
extension ExplanationTable {
  private static let blocks = "data digits; repeat 3 { basicblock 8 }; add gap; add dense 10"

  static let demonstrationTexts: [Explanation] = [
    Explanation(
      ["degrade", "shown"], .commands,
      """
      Trains plain and residual networks with the same parameters side by side, depth
      by depth: with 8 layers they are about equal, with 20 the plain one lags behind
      on the training data itself (He et al. 2015). Its figures are facts afterwards:
      shown(plain20.loss), .error, .params, .first and .last.
      """, start: "data digits",
      ["degrade 8 epochs=1", "expect shown(plain8.params) == shown(residual8.params)"]),
    Explanation(
      ["lesion", "lesions", "delete a block"], .commands,
      """
      Measures a trained network without one block after the other. A residual network
      hardly misses most of them, since each is on half of its paths only; a plain one
      falls to chance (Veit, Wilber and Belongie 2016). The first blocks and those
      that change the shape do matter.
      """, start: blocks, ["train 1; lesion", "expect shown(whole) < 1"]),
    Explanation(
      ["receptive"], .commands,
      """
      How much of the input one output position sees, block by block with its sum:
      each window of k adds (k − 1) times the strides before it. It is counted, too:
      positions of the input are changed one by one.
      """, start: "input 1x64; add conv 8 3 stride=2; add conv 8 3",
      ["receptive", "expect shown(field) == shown(counted)"]),
    Explanation(
      ["shatter", "shattered gradients", "white noise"], .commands,
      """
      In deep plain networks the gradients at two inputs close to each other have
      nothing to do with each other: along a line of inputs they are white noise.
      With shortcuts they stay alike (Balduzzi et al. 2017).
      """, ["shatter 2,24 seeds=1", "expect shown(residual24) > shown(plain24)"]),
    Explanation(
      ["ablate", "ablation", "ablation study"], .commands,
      """
      Trains variants of a network alike: without shortcuts, with shortcuts of another
      kind, bn and relu in another order, bodies that are silent at first, other
      activations. What makes no difference over several seeds may be left out.
      """, start: blocks, ["ablate skip epochs=1", "ablate gamma epochs=1"]),
  ]
}
