/// Data.
extension ExplanationTable {
  private static let digits = "data digits; add cnn 8 3; add gap; add dense 10"

  static let dataTexts: [Explanation] = [
    Explanation(
      ["data", "dataset", "digits", "waves", "spirals", "moons", "rings", "xor"], .training,
      """
      Examples and what is to be said of each. Built in are handwritten digits of 8×8,
      and sets that are made at random: waves are series; spirals, moons, rings and
      xor points in a plane; shapes images with a mask; text sentences. Files too:
      CSV, NumPy, UCR series, images, text. Without a network data sets the input.
      """, ["data waves", "data digits", "example 3"]),
    Explanation(
      ["example", "sample"], .training,
      """
      One thing to learn from, counted from 0. example draws one as the network gets
      it, after normalize; with augment=3 also as it is changed in three epochs.
      """, ["data digits", "example 3", "example 0 test"]),
    Explanation(
      ["normalize", "normalization", "standardization", "preprocessing"], .training,
      """
      Takes the mean of the training part away and divides by its deviation, so that
      inputs are about 0 ± 1 and no column drowns the others; the test part is treated
      by the same numbers. They are kept and saved with the network.
      """, start: digits, ["normalize", "trace", "data"]),
    Explanation(
      ["augment", "augmentation", "flip", "crop", "cutout", "jitter", "warp"], .training,
      """
      Changes examples at random, anew in each epoch, in ways that leave their label:
      shifted, mirrored, noisy. The network cannot learn them by heart and sees more
      than there is. ResNets on CIFAR had crop=4 flip=yes (He et al. 2015); digits
      must not be mirrored. The test part stays as it is.
      """, start: digits, ["augment crop=1", "example 0 augment=3", "augment off"]),
    Explanation(
      ["mixup"], .training,
      """
      Mixes each example of a batch with another, inputs and labels alike, by a share
      drawn from Beta(a, a): between two examples the answer is to lie between theirs
      (Zhang et al. 2018). Holds overfitting back; the training loss stays higher.
      """, start: digits, ["batch mixup=0.2", "train 1"]),
  ]
}
