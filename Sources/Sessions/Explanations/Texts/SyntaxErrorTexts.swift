/// Codes of errors about what was typed.
extension ExplanationTable {
  static let syntaxErrorTexts: [Explanation] = [
    Explanation(
      ["E-SYNTAX"], .errors,
      """
      The text does not follow the grammar: a brace or quote without its other half,
      a blank beside =, a sign where a word should be. The caret shows where. At a
      prompt an open { goes on in the next line, marked by ….
      """, start: "input 1x64", ["add conv 10 3 stride=2", "help language"]),
    Explanation(
      ["E-NAME"], .errors,
      """
      Nothing is called so: no command, layer, definition, network, data set or value.
      A word that is spelled alike is offered. Layers are added, so dense 10 alone is
      refused: add dense 10.
      """, ["try { help redisual }", "help layers"]),
    Explanation(
      ["E-TYPE"], .errors,
      """
      A value of the wrong kind in an expression: a shape where a number is needed, a
      text that is to be added. $(…) has numbers, shapes, texts, yes and no.
      """, ["try { print $(1x64 + 1) }", "print $(3 * 4)"]),
    Explanation(
      ["E-ARITHMETIC"], .errors,
      """
      Arithmetic without a result: a division by 0, or a number too large to be held.
      // is the division of whole numbers, rounded down; / may give a fraction.
      """, ["try { print $(1 / 0) }", "print $(7 // 2)"]),
    Explanation(
      ["E-ARGUMENT"], .errors,
      """
      Words or keys that do not suit a command, a layer or a definition: one too many,
      one missing, a key that it does not have, a value it does not take. The note
      tells the usage. Words of Gluon, PyTorch and Keras for the same keys are taken:
      kernel_size, padding, strides, use_bias.
      """, start: "input 1x64", ["try { add conv 10 }", "help conv"]),
    Explanation(
      ["E-LIMIT"], .errors,
      """
      A bound that keeps a mistake, or a file of somebody else, from running away: how
      deep braces and calls may lie, how often loops run, how much a file may hold.
      try does not go on after it.
      """, ["help language", "help source"]),
    Explanation(
      ["E-EXPECT"], .errors,
      """
      An expect that does not hold. A file ends there with exit status 3, so that
      scripts and tests can tell it from a mistake, which is status 1.
      """, start: "input 1x64; add conv 10 3",
      ["try { expect params(net) == 41 }", "expect params(net) == 40"]),
    Explanation(
      ["E-INTERRUPTED"], .errors,
      """
      Ctrl-C. What was being done is dropped and the state stays as it was before. A
      run at a prompt is paused instead and goes on by resume; a file ends with
      status 130.
      """, ["help resume", "help stop"]),
  ]
}
