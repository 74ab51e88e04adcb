/// Commands that build and edit.
extension ExplanationTable {
  private static let stem = "input 1x64; add conv 10 3; add bn; add relu"

  static let editTexts: [Explanation] = [
    Explanation(
      ["add", "insert", "build"], .commands,
      """
      add puts a block at the end, insert beside another one. Shapes are worked out at
      once: the answer tells input, output and parameters, and what does not fit is
      refused with changes that would help. Inside braces the kinds stand without add.
      """, start: stem, ["add residual { conv 10 3; bn }", "insert dropout 0.2 before res1"]),
    Explanation(
      ["wrap", "unwrap"], .commands,
      """
      wrap puts blocks that are there into a container, weights and all; without a
      path it takes those after the last residual or parallel block. So a plain
      chain is made residual in one line, and compared. unwrap takes the container
      away.
      """, start: stem, ["wrap residual", "tree", "unwrap res1"]),
    Explanation(
      ["set", "replace", "rename", "key"], .commands,
      """
      set gives keys of a block other values, replace puts another block in its place,
      rename another name on it. A path with * means all that fit. Weights whose shape
      stays are kept. A change that leads to a misfit further on is refused.
      """, start: stem,
      ["set conv1 stride=2", "replace relu1 gelu", "rename conv1 stem"]),
    Explanation(
      ["remove", "move"], .commands,
      """
      remove takes blocks out, move puts them elsewhere; their weights go with them.
      Ranges are neighbours: conv1..relu1. What would no longer fit is refused.
      """, start: stem, ["move bn1 after relu1", "remove bn1", "undo 2"]),
    Explanation(
      ["undo", "redo"], .commands,
      """
      undo takes back the last command, networks, weights, data and settings alike;
      only written files stay. redo does it again. So anything may be tried.
      """, start: stem, ["remove relu1", "undo", "redo"]),
    Explanation(
      ["path", "range", "wildcard", "names", "naming"], .commands,
      """
      Each block has a name, counted by kind, that is unique beside its neighbours;
      the names down to it are its path: res1.body.conv1, for which res1.conv1 will
      do. conv* are all that fit, conv1..relu1 neighbours. Parameters are filed by
      path too, as res1.body.conv1.weight. Gluon's name_scope is not needed.
      """, start: "input 1x64; add residual { conv 10 3; bn; relu }",
      ["show res1.conv1", "rename res1 first", "show first.*"]),
  ]
}
