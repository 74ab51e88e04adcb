/// Codes of errors about networks, files and the machine.
extension ExplanationTable {
  static let stateErrorTexts: [Explanation] = [
    Explanation(
      ["E-SHAPE", "shape mismatch", "mismatch"], .errors,
      """
      Shapes do not fit: a sum of unequal ones, a window wider than its input, groups
      that do not divide the channels, other outputs than the data have classes. The
      error names both shapes; nothing is changed. Most often at a sum: pad=0 has lost
      positions, or a stride stands in the body alone. What is offered was tried.
      """, start: "input 1x64",
      ["try { add residual { conv 10 3 pad=0 } }", "add residual { conv 10 3 }"]),
    Explanation(
      ["E-PATH"], .errors,
      """
      A path that leads to no block, or to several where one is asked for. tree shows
      all of them; * stays within one part of a path: res1.* are those right in res1.
      """, start: "input 1x64; add residual { conv 10 3; bn }",
      ["try { show conv1 }", "show res1.conv1"]),
    Explanation(
      ["E-EDIT"], .errors,
      """
      An edit that the tree does not allow: a name that a neighbour has, nothing to
      wrap, a body or shortcut that has its fixed place in the block around it.
      """, start: "input 1x64; add residual { conv 10 3; bn }",
      ["try { remove res1.body }", "unwrap res1"]),
    Explanation(
      ["E-STATE"], .errors,
      """
      Something must be done before: there are no data to train on, no parameters to
      learn, no run that has been paused. What would do it is offered.
      """, start: "data digits; add flatten; add dense 10", ["train 1", "evaluate"]),
    Explanation(
      ["E-MEMORY", "out of memory"], .errors,
      """
      More memory than there is, or than this process may take; refused before any is
      taken. Values of a batch take most: a smaller batch, fewer channels, a stride
      early in the network help. memory says what takes how much.
      """, start: "data digits; add cnn 8 3; add gap; add dense 10",
      ["batch 8", "memory"]),
    Explanation(
      ["E-FILE"], .errors,
      """
      A file that cannot be read or written: it is not there, has no rights, is cut
      off or does not hold what its ending says. The error names the place in the
      file.
      """, start: "input 1x64; add conv 10 3",
      ["try { load missing.esp }", "save net.esp; load net.esp"]),
  ]
}
