/// Layers that give values other places.
extension ExplanationTable {
  static let shapingTexts: [Explanation] = [
    Explanation(
      ["pad", "reflect", "replicate"], .layers,
      """
      Positions added around the input, as a layer of its own: pad 1, pad 2:1 before
      and after, pad 1x0:2 along height and width. mode=zero puts zeros there, reflect
      the positions next to the edge, mirrored, replicate the edge again. A conv pads
      with zeros by itself; pad=0 behind such a layer takes what it has added.
      """, start: "input 3x16x16",
      ["add pad 1 mode=reflect; add conv 8 3 pad=0", "expect out(net) == 8x16x16", "tree"]),
    Explanation(
      ["upsample", "upsampling", "interpolate", "resize"], .layers,
      """
      So many positions for each: mode=nearest has it again, mode=linear a mean of the
      two on both sides, weighed by distance, as PyTorch's align_corners=False; over
      height and width that is bilinear. Without parameters, so that a conv behind it
      learns what comes between. upsample 2x1 doubles the height alone.
      """, start: "input 3x16x16; add conv 8 3; add maxpool",
      ["add upsample 2 mode=linear; add conv 3 3", "expect out(net) == 3x16x16", "receptive"]),
  ]
}
