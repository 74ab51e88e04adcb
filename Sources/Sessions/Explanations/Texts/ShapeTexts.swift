/// Shapes, windows and what they cost.
extension ExplanationTable {
  static let shapeTexts: [Explanation] = [
    Explanation(
      ["shape", "channels", "channel", "position", "input", "output", "in", "out"], .shapes,
      """
      A shape is channels first, then positions, without the batch: 1x64 is a series
      of one channel, 3x32x32 an image of three, 10 are features. The column output of
      the tree is the shape that leaves each block. A network begins with input SHAPE,
      or with data, which know theirs.
      """, start: "input 3x32x32; add conv 16 3 stride=2",
      ["tree", "expect out(net) == 16x16x16"]),
    Explanation(
      ["stride", "strides", "strided", "downsampling"], .shapes,
      """
      How many positions the window moves on from one output to the next. Stride 2
      halves the positions, and the cost of all that follows; what follows sees twice
      as far. Positions out of n, kernel k and padding p on both sides:

        ⌊(n + 2·p − k)/stride⌋ + 1          ⌊(64 + 2·1 − 3)/2⌋ + 1 = 32
      """, start: "input 1x64; add conv 10 3",
      ["set conv1 stride=2", "explain conv1", "tree"]),
    Explanation(
      ["padding", "same", "pad=same", "valid", "pad=0"], .shapes,
      """
      Zeros around the input, so that the window has an output at its edge, too.
      Without any, a kernel of 3 loses 2 positions each time, and the output of a
      residual body is shorter than the input that is to be added to it.
      pad=same, the default here, gives ⌈n / stride⌉ positions: ⌊(k − 1)/2⌋ before,
      the rest after. pad=0, or valid, is the default of Gluon and PyTorch; 3:4 says
      both.
      """, start: "input 1x64; add conv 10 3",
      ["set conv1 pad=0", "expect out(conv1) == 10x62", "defaults conv pad=0"]),
    Explanation(
      ["causal", "pad=causal"], .shapes,
      """
      All padding before the series, none after it: no output of a convolution or pool
      sees what comes later, as a forecast needs it. With growing dilation a few
      layers see far back (van den Oord et al. 2016, WaveNet).
      """, start: "input 1x64",
      ["add conv 8 2 pad=causal; add conv 8 2 pad=causal dilation=2", "tree"]),
    Explanation(
      ["dilation", "dilated", "atrous"], .shapes,
      """
      Gaps between the positions that a window reads: kernel 3 with dilation 4 spans
      4·(3 − 1) + 1 = 9 positions with three weights. The receptive field grows, the
      parameters do not (Yu and Koltun 2016).
      """, start: "input 1x64; add conv 8 3",
      ["set conv1 dilation=4", "explain conv1", "expect field(conv1) == 9"]),
    Explanation(
      ["groups", "grouped", "depthwise", "cardinality", "resnext"], .shapes,
      """
      Channels are split into groups that do not see each other: 1/groups of the
      weights and of the cost. With as many groups as channels it is depthwise: one
      kernel for each channel. ResNeXt has 32 groups in its bottlenecks (Xie et al.
      2017); before and after a grouped convolution, 1-wide ones mix the channels.
      """, start: "input 16x8x8; add conv 16 3",
      ["set conv1 groups=4", "explain conv1", "expect params(net) == 592"]),
    Explanation(
      ["receptive field", "rf", "field"], .shapes,
      """
      What one output position sees of the network's input, along each dimension; the
      column rf of the tree. Each window widens it, the more the larger the strides
      before it: 1 + Σ (kernel − 1) · dilation · (product of the strides before).
      A feature larger than it cannot be seen as a whole. gap and dense see all.
      """, start: "input 1x64; add conv 10 3 stride=2; add conv 10 3; add conv 10 3",
      ["tree", "explain conv3", "expect field(net) == 11"]),
    Explanation(
      ["multiply-adds", "mul-adds", "macs", "flops", "cost"], .shapes,
      """
      The price of an example in multiplications, each with an addition; twice as many
      operations (FLOPs). A convolution: outputs · C_in/groups · k (k·k for images);
      a dense layer: inputs · units. Column mul-adds of the tree; the rest counts as
      none. Memory and time go with the positions as well.
      """, start: "input 3x32x32; add conv 16 3; add gap; add dense 10",
      ["tree", "explain conv1", "expect macs(conv1) == 442368"]),
    Explanation(
      ["deferred", "deferred sizes", "shape inference", "in_channels"], .shapes,
      """
      Nobody types the number of input channels: it follows from what comes before.
      Gluon waits for the first batch (in_channels=0, deferred initialization); here
      it is known at once, since a network begins with its input. A misfit is refused
      when it is typed, not when training begins, with changes that would help.
      """, start: "input 1x64",
      ["add conv 10 3", "show conv1", "try { add conv 10 99 pad=0 }"]),
  ]
}
