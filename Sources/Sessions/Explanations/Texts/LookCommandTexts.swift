/// Commands that look and draw.
extension ExplanationTable {
  private static let seen = "data digits; add resnet8"

  static let lookCommandTexts: [Explanation] = [
    Explanation(
      ["summary", "count"], .commands,
      """
      Every layer with input, output, learnable parameters, running statistics and
      multiply-adds, as summary() of Gluon, Keras and torchinfo, and the totals.
      Counts that papers give are mostly the learnable ones.
      """, start: seen, ["summary", "tree depth=1"]),
    Explanation(
      ["memory", "activations memory", "memory use"], .commands,
      """
      A step keeps what the layers put out until the backward pass has used it, so
      values grow with batch, resolution and depth; weights, their gradients and the
      optimizer's memory (momentum one, adam two per weight) do not. Answering keeps
      nothing: values share memory. What cannot be had is refused before it is taken.
      """, start: seen, ["memory", "batch 8; memory"]),
    Explanation(
      ["script", "text"], .commands,
      """
      The text that makes the network again, in this language: what was built by hand
      can be kept, read and changed as text. save FILE.esp writes the same.
      """, start: seen, ["script", "script > net.esp"]),
    Explanation(
      ["fold", "unfold"], .commands,
      """
      Shows a container of the tree as one row, or what lies in it again. Only the
      picture changes, and undo leaves it alone.
      """, start: "input 1x64; add residual { conv 10 3; bn }; add relu",
      ["fold res1", "tree", "unfold res1"]),
    Explanation(
      ["plan", "profile", "roofline", "bound", "gflop/s", "p99"], .commands,
      """
      Where the time of a training step goes. A network is compiled to steps, each a
      kernel: a convolution, its gradients dW and dx, a batch norm with the sum and
      relu behind it. p99 is what 99 of 100 runs stay within; GFLOP/s counts products.
      bound is what a step comes nearest to of what this machine does at best
      (Williams et al. 2009): matrix for products, memory for moving values, overhead
      where it is far from both. Much overhead: try a larger batch.
      """, start: seen, ["plan", "plan sort=order"]),
    Explanation(
      ["plot", "draw", "screen", "curve", "picture"], .commands,
      """
      plot draws the curves of loss or accuracy, of all networks that have learned;
      draw the network with its skips, as .svg or for Graphviz; screen what the screen
      shows, as text. A curve of the loss has no units: compare it with others.
      """, start: seen, ["step 20", "plot loss", "draw net.svg"]),
    Explanation(
      ["landscape", "loss landscape", "filter normalisation", "sharpness"], .commands,
      """
      The loss around the weights, along random directions in which each filter is as
      long as that of the network (Li et al. 2018), so that networks compare whatever
      the scale of their weights. Skips make deep ones smooth, without them they are
      chaotic; the middle is what evaluate says.
      """, start: "data spirals; add dense 16 act=tanh; add dense 3",
      ["train 5", "landscape n=11", "landscape 2d n=5"]),
    Explanation(
      ["surface", "decision surface", "decision boundary", "regions"], .commands,
      """
      The class that the network gives each place of two inputs, the darker the surer,
      with the training examples on top. A boundary is where two outputs are equal:
      a straight line, without an activation. s in the chart's pane shows it live.
      """, start: "data spirals; add dense 16 act=tanh; add dense 3",
      ["train 5", "surface"]),
  ]
}
