/// Transposed convolutions, and layers that give single values other places.
extension ExplanationTable {
  static let rearrangingTexts: [Explanation] = [
    Explanation(
      ["deconv", "transposed convolution", "ConvTranspose", "upconvolution", "outpad"], .layers,
      """
      A convolution run backwards (Zeiler et al. 2010): each position is spread over a
      window of weights; windows lie stride apart, and where they meet they are added.
      So n positions become (n − 1)·stride + k; pad takes positions off both ends,
      outpad adds some behind. pad=same leaves n·stride. C_in·C_out·k weights, as many
      multiply-adds as the convolution takes the other way. A kernel that stride does
      not divide covers some outputs more often than others: checkerboards.
      """, start: "input 3x8x8",
      ["add deconv 8 4 stride=2", "expect out(net) == 8x16x16", "explain deconv1"]),
    Explanation(
      ["pixelshuffle", "depth to space", "sub-pixel"], .layers,
      """
      Channels become positions: of an image every factor·factor channels give one
      channel of factor times the height and width, of a series every factor channels
      (Shi et al. 2016). No parameters: a conv before it learns what stands where. The
      order of the channels is that of PyTorch's PixelShuffle.
      """, start: "input 3x8x8",
      ["add conv 12 3; add pixelshuffle 2", "expect out(net) == 3x16x16", "tree"]),
    Explanation(
      ["channelshuffle", "shufflenet"], .layers,
      """
      The channels of groups in turn: the first of each group, the second of each, and
      so on (Zhang et al. 2018). A conv with groups sees its own only; behind the
      shuffle the next one sees channels of all groups.
      """, start: "input 8x8x8; add conv 8 1 groups=4",
      ["add channelshuffle 4; add conv 8 3 groups=4", "tree"]),
    Explanation(
      ["permute", "transpose", "swapaxes"], .layers,
      """
      The same values with the dimensions in another order: 1 are channels, 2 and 3
      the positions, as PyTorch's permute counts them behind the batch. permute alone
      swaps channels and length: a conv behind it then slides over the channels.
      """, start: "input 3x16",
      ["add permute", "expect out(net) == 16x3", "tree"]),
    Explanation(
      ["slice", "narrow"], .layers,
      """
      Some of the channels, or with over=positions of the positions: FROM:TO keeps
      places from FROM to the one before TO, counted from 0, below 0 from the end, as
      Python does. slice 8: leaves out 8 channels, slice 1:-1 over=positions an edge
      on all sides, slice 0:4x2: over=positions rows 0 to 3, columns from 2 on.
      """, start: "input 16x8x8",
      [
        "add parallel { slice 0:8 } { slice 8:; conv 8 3 }", "expect out(net) == 16x8x8",
        "add slice 1:-1 over=positions; tree",
      ]),
    Explanation(
      ["reshape", "view", "unflatten"], .layers,
      """
      The same values in the same order, channels outermost, with other extents, as
      PyTorch's reshape of C×H×W. One extent may be _ (or -1): what is left of the
      values. reshape _ is flatten; a dense layer and reshape 8x4x4 make an image.
      """, start: "input 10",
      ["add dense 128; add reshape 8x4x4", "add deconv 3 4 stride=2", "expect out(net) == 3x8x8"]),
  ]
}
