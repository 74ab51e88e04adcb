/// Targets at positions, and texts.
extension ExplanationTable {
  private static let shapes = "data shapes size=16 count=64; add conv 8 3 act=relu; add conv 4 1"
  private static let waves =
    "data waves target=clean; add conv 8 5 act=relu; add conv 1 5"
  private static let text =
    "data text; add conv 32 5 pad=causal act=relu; add conv 44 1"

  static let positionTexts: [Explanation] = [
    Explanation(
      ["shapes", "segmentation", "mask", "class at each position"], .training,
      """
      A class at each position: what stands there, or background. The output has a
      score of each class at each position, so that nothing pools the positions away;
      a convolution of kernel 1 ends the network. The loss is the mean over all
      positions, and accuracy, confusion and F1 count positions.
      """, start: shapes, ["example 0", "step 10", "evaluate by=class"]),
    Explanation(
      ["iou", "intersection over union", "jaccard"], .figures,
      """
      For one class: what is of it and was taken for it, as a share of what is of it
      or was taken for it. iou is the mean over the classes. Where most positions are
      background accuracy is high for nothing; iou counts every class alike.
      """, start: shapes, ["step 10", "evaluate test by=class", "help expect"]),
    Explanation(
      ["denoising", "autoencoder", "target=clean"], .training,
      """
      A number at each position: the wave without its noise is what the noisy one is
      to be answered with. Output and target have the same shape, and the loss is the
      mean over all values, l2 if nothing is said. psnr tells how clean it is.
      """, start: waves, ["example 0", "step 20", "mistakes 1"]),
    Explanation(
      ["psnr", "signal-to-noise ratio", "decibel"], .figures,
      """
      Where numbers are predicted: 10 · log10(R² / mean squared error), R from the
      least target to the greatest. 10 dB more is a tenth of the squared error. Noise
      of 0.1 on waves from −1 to 1 begins at 26 dB.
      """, start: waves, ["step 20", "evaluate", "help expect"]),
    Explanation(
      ["data text", "language model", "character", "next character"], .training,
      """
      A text by characters: a window of them goes in as whole numbers, and what shall
      come out at each position is the next one. No position may see what stands
      behind it: pad=causal. The end of the text tests. data text alone makes
      sentences, data text FILE reads a file.
      """, start: text, ["data", "example 0", "step 20"]),
    Explanation(
      ["bits", "bits per character", "perplexity"], .figures,
      """
      The loss of classes in bits, loss / ln 2: how many yes-or-no questions are left
      for each character of a text. Guessing among 44 takes 5.46; the perplexity,
      2 to the power of the bits, is how many are as likely.
      """, start: text, ["step 20", "evaluate", "expect bits(test) < 9"]),
    Explanation(
      ["generate", "temperature", "sampling"], .commands,
      """
      Has a network that learns data text write: the next character is drawn from the
      softmax of the last position's scores, and the window moves on. temperature
      divides the scores first: below 1 it keeps to what is likely, 0 takes the
      likeliest. The same seed writes the same text.
      """, start: text, ["step 20", "generate 80 \"The \" temperature=0.7"]),
  ]
}
