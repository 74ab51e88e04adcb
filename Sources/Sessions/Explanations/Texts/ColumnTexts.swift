/// Columns of the tree, of summary, trace and gradients.
extension ExplanationTable {
  private static let seen = "data digits; add cnn 8 3; add gap; add dense 10"

  static let columnTexts: [Explanation] = [
    Explanation(
      ["tree", "block", "kind", "blocks", "layer"], .figures,
      """
      The tree draws the blocks from input to output. block is a path's last part,
      kind what it is and its arguments, output the shape that leaves it, params what
      it learns, mul-adds its price, rf its receptive field. Lines at the side are
      the way of a shortcut: ╭ where it leaves, ⊕ where it is added. summary has
      layers alone.
      """, start: seen, ["tree", "tree depth=1", "summary"]),
    Explanation(
      ["mean", "sd", "least", "most"], .figures,
      """
      Columns of trace: mean, standard deviation, least and greatest of all values
      that left a block, in one batch. A deviation that grows or shrinks from block
      to block says that first weights are too large or too small; after bn mean is
      0, sd 1.
      """, start: seen, ["trace", "init normal 1; trace"]),
    Explanation(
      ["zeros", "sparsity"], .figures,
      """
      The share of values that are just 0 in one batch. Behind bn and relu it is about
      half; 0 % after a relu says that nothing is cut, so that it is no bend at all;
      near 100 % hardly anything goes through: see dead.
      """, start: seen, ["trace", "replace cnn1.relu1 gelu; trace"]),
    Explanation(
      ["‖g‖", "g", "gradient norm", "norm", "|g|", "log-scale"], .figures,
      """
      The length of a block's gradient: the root of the sum of the squares of dL/dw
      over its weights, in the next batch. Read it from the last block up: falling by
      powers of ten is vanishing, rising is exploding. Bars are logarithmic, from 1e-8
      to 100 in every table (log-scale), so those of two networks can be compared.
      """, start: seen, ["gradients", "train 1; gradients"]),
    Explanation(
      ["‖g‖/‖w‖", "‖w‖", "ratio", "gradient ratio"], .figures,
      """
      The gradient's length over that of the weights: lr times it is about the share
      by which a step of plain sgd changes the block. About 0.001 a step is sound; at
      0.1 weights are thrown about, at 0.000001 they stand still.
      """, start: seen, ["gradients", "lr 0.01"]),
    Explanation(
      ["show", "histogram"], .figures,
      """
      All there is to know of a block: shapes, prices, receptive field, and each of
      its parameters with mean, deviation, norm and a histogram, as they are at the
      moment.
      """, start: seen, ["show cnn1.conv1", "step 10; show cnn1.conv1"]),
  ]
}
