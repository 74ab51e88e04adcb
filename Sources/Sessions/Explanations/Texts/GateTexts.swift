/// Containers, and residual blocks of other forms.
extension ExplanationTable {
  static let gateTexts: [Explanation] = [
    Explanation(
      ["se", "squeeze-and-excite", "squeeze-excite", "squeeze and excitation", "seblock"],
      .residual,
      """
      Not every channel matters for every input. se takes the mean of each channel,
      and two small dense layers make a weight between 0 and 1 of each:

        y = x · sigmoid(dense C(relu(dense C/r(gap(x)))))       Hu, Shen, Sun 2018

      It learns 2·C·C/r weights and C/r + C biases; r is reduction=, 16 unless said.
      units= says C/r itself; act= and gate= are other functions than these two.
      """, start: "input 32x8x8",
      ["se reduction=8", "expect params(net) == 292"]),
    Explanation(
      ["highway", "gate", "gates", "gating"], .residual,
      """
      A learned gate T decides for each value how much is transformed and how much
      goes through (Srivastava, Greff, Schmidhuber 2015), half a year before ResNet:

        y = T · H(x) + (1 − T) · x          T = sigmoid(conv C 1)

      The gate's bias starts at −2, so T is 0.12 at first and x mostly goes through.
      """, start: "input 8x32",
      ["highway { conv 8 3; relu }", "tree"]),
    Explanation(
      ["rezero", "skipinit"], .residual,
      """
      y = x + α · body(x), with one learned number α that starts at 0. At the start
      each block passes on its input, whatever the depth, so that signal and gradient
      neither grow nor vanish, even without bn (Bachlechner et al. 2020). Here it is a
      residual whose body ends in scale 0.
      """, start: "input 8x32",
      ["rezero { conv 8 3; relu }", "tree"]),
    Explanation(
      ["zero gamma", "zero_gamma", "gamma"], .residual,
      """
      The last bn of a residual body has the factor gamma. Started at 0, the branch
      adds nothing and the block begins as its shortcut; gamma is the first to learn
      (Goyal et al. 2017). The gain is for deep networks and large batches: small
      ones may begin more slowly, for the body's convolutions get no gradient at
      first.
      """, start: "data digits; add resnet8",
      ["init zero_gamma", "gradients"]),
    Explanation(
      ["densestep", "densenet", "dense block"], .residual,
      """
      DenseNet keeps the old channels beside the new ones, in place of a sum:

        x ──┬── bn ── relu ── conv growth ──⊞── [x, new]
            ╰───────────────────────────────╯        Huang, Liu et al. 2017

      Each step adds growth channels: after n of them there are C + n·growth.
      """, start: "input 16x8x8",
      ["densestep 12", "densestep 12", "expect out(net) == 40x8x8"]),
    Explanation(
      ["parallel", "branch", "branches", "inception"], .layers,
      """
      Branches read the same input, and a join makes one output of theirs: concat
      puts channels one after another (Inception, DenseNet), add sums, mul multiplies
      (gates). Positions must agree; for add the channels too.
      """, start: "input 4x32",
      ["add parallel join=concat { conv 8 1 } { conv 8 3 } { conv 8 5 }", "tree"]),
    Explanation(
      ["concat", "concatenate", "join=concat", "mul"], .layers,
      """
      join= says how the branches of parallel become one. concat: C1 + C2 channels,
      equal positions. add: equal shapes, the sum. mul: equal shapes, or a branch
      without positions that holds for all of them, as a gate does.
      highway: T · H + (1 − T) · x of the branches H and T.
      """, start: "input 4x32",
      ["add parallel join=add { conv 8 3 } { conv 8 1 }", "tree"]),
    Explanation(
      ["seq", "group", "body"], .layers,
      """
      seq is blocks one after another under one name, as Sequential in Gluon, PyTorch
      and Keras: seq(x) = last(… second(first(x))). It costs nothing and has no
      parameters of its own. The tree folds it; a definition makes one of its blocks.
      """, start: "input 1x64; add conv 10 3; add bn; add relu",
      ["wrap seq name=stem", "tree", "fold stem"]),
    Explanation(
      ["repeat", "copies", "stack"], .layers,
      """
      repeat N { … } makes N separate copies, each with weights of its own, and shows
      them as one row × N. A stage of a residual network is a repeat of blocks; the
      number may be an expression: repeat $(n - 1) { … }.
      With shared=yes there is one body that is run through N times, as a recurrent
      network is: counted once, its gradients summed. It must keep the shape it reads.
      """, start: "input 1x64",
      ["repeat 3 { conv 10 3; bn; relu }", "repeat 3 shared=yes { conv 10 3; relu }", "tree"]),
  ]
}
