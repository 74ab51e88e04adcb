/// Commands that say what is wrong.
extension ExplanationTable {
  private static let small = "data digits; add flatten; add dense 32; add relu; add dense 10"

  static let diagnosisTexts: [Explanation] = [
    Explanation(
      ["why", "diagnosis", "does not learn"], .commands,
      """
      why looks at loss, outputs, gradients, inputs, recipe and the last run, and says
      what keeps a network from learning, with the number that shows it. Commands that
      it offers were tried on a copy and helped: figure before → after. The session
      stays as it is.
      """, start: small, ["why", "lr 0.00001; why"]),
    Explanation(
      ["check", "sanity check", "gradient check"], .commands,
      """
      Before a long run: the first loss is that of guessing, one batch can be learned
      by heart, gradients are the slopes of the loss, relus are alive and running
      statistics fit. What fails here is no matter of more epochs.
      """, start: small, ["check", "check dense1"]),
    Explanation(
      ["range test", "lr find", "lr finder"], .training,
      """
      Steps on a copy whose learning rate rises step by step: where the loss falls
      fastest is a rate to take, where it rises again is the limit (Smith 2015). lr
      find suggests a tenth of the rate of the least loss, or the steepest if smaller.
      """, start: small, ["lr find", "lr find from=1e-4 to=1"]),
  ]
}
