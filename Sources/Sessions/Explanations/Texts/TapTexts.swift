/// Skips that reach further than one block.
extension ExplanationTable {
  static let tapTexts: [Explanation] = [
    Explanation(
      ["tap", "long skip", "unet skip", "rails"], .layers,
      """
      tap NAME passes its input on and gives it a name; join NAME takes it back later,
      however many blocks lie between: the long skips of U-Net, or every layer read by
      all that follow. Of two taps of one name the newer counts, so that copies of a
      repeat have their own. It costs nothing. The tree draws a line from tap to join.
      """, start: "input 4x32",
      ["add tap a; add conv 8 3; add join a concat", "expect out(net) == 12x32", "tree"]),
    Explanation(
      ["join", "join add", "join mul", "add join"], .layers,
      """
      join NAME adds what tap NAME had there to what comes in; join NAME concat puts
      its channels before the others, join NAME mul multiplies. A block in braces is
      on the way of the tapped value: join a add { conv 8 1; bn } where the channels
      differ. join=add is a key of parallel, for branches that read the same input.
      """, start: "input 4x32; add tap a; add conv 8 3 stride=2",
      ["add join a { subsample 8 stride=2 }", "expect out(net) == 8x16", "tree"]),
    Explanation(
      ["unet", "unet_small", "doubleconv"], .residual,
      """
      U-Net goes down to few positions and up again, and each level joins what it was
      on the way down: an output for each position that knows both its neighbourhood
      and the whole (Ronneberger et al. 2015). The length must be divisible by 2 on
      each level.
      """, start: "input 1x64",
      ["unet_small", "expect out(net) == 1x64", "tree"]),
  ]
}
