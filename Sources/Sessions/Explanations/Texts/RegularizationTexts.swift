/// What is drawn at random while training.
extension ExplanationTable {
  static let regularizationTexts: [Explanation] = [
    Explanation(
      ["droppath", "stochasticdepth", "stochastic depth", "drop path"], .layers,
      """
      As the last layer of a residual body: while training, an example's whole sum of
      the body is zeroed with the given probability, so that it takes the shortcut
      alone, and the others are multiplied by 1 / (1 − rate). Each step trains a
      shallower network by chance; evaluate uses the whole one. Rates usually grow
      with depth, to 0.1 or 0.5 (Huang et al. 2016).
      """, start: "data digits; add residual { conv 8 3; bn }; add gap; add dense 10",
      ["insert droppath 0.2 after res1.body.bn1", "trace", "trace test"]),
    Explanation(
      ["spatialdropout", "dropout2d", "spatial dropout"], .layers,
      """
      dropout of whole channels: neighbouring positions say almost the same, so that
      zeroing single ones takes nothing away (Tompson et al. 2015). What is kept goes
      times 1 / (1 − rate). Dropout1d and Dropout2d of PyTorch.
      """, start: "data digits; add conv 8 3; add relu; add gap; add dense 10",
      ["insert spatialdropout 0.2 after relu1", "trace", "trace test"]),
    Explanation(
      ["noise", "gaussiannoise", "gaussian noise"], .layers,
      """
      Adds normal noise of mean 0 and the given standard deviation while training; in
      evaluate it does nothing. Behind the input it makes examples more than they are,
      between layers it keeps any one value from mattering much.
      """, start: "data digits; add conv 8 3; add relu; add gap; add dense 10",
      ["insert noise 0.1 before conv1", "trace", "trace test"]),
  ]
}
