/// The language.
extension ExplanationTable {
  static let scriptTexts: [Explanation] = [
    Explanation(
      ["language", "grammar", "syntax"], .commands,
      """
      A line is a command: verb, words, key=value, then { … } for blocks; ; separates
      commands, # begins a comment. Inside braces say what you would add, without
      add. $name and $(expression) are filled in. A network prints as the text that
      makes it.
      """, start: "input 1x64", ["add residual act=relu { conv 10 3; bn }", "script"]),
    Explanation(
      ["def", "definition", "function"], .commands,
      """
      def names a block with parameters, as a class or function does in Python; NAME
      then stands for it, with other numbers each time. help NAME shows how one of the
      library is made.
      """, start: "input 1x64",
      ["def unit channels { conv $channels 3; bn; relu }", "unit 10; unit 20", "tree"]),
    Explanation(
      ["let", "for", "if", "try", "variable", "loop"], .commands,
      """
      let gives a value a name, for runs braces once for each value, if where an
      expression holds, try shows errors inside and goes on. A value never becomes two
      words, and nothing is read twice.
      """, start: "input 1x64",
      ["let width = 8", "for n in 1..3 { add conv $(width * n) 3 }", "tree"]),
    Explanation(
      ["expect", "assert", "print", "facts", "trainable(net)"], .commands,
      """
      expect holds an expression against the facts, and ends a file with status 3
      where it does not hold: a count, a shape, an accuracy. print writes them. Files
      that say what they expect are tests of themselves.
      """, start: "input 1x64; add conv 10 3",
      ["expect params(net) == 40 and out(net) == 10x64", "print $(params(net)) parameters"]),
    Explanation(
      ["source", "command file", "file"], .commands,
      """
      source runs a command file, $1 $2 … are its arguments; espalier FILE does the
      same from the shell. It stops at the first error and says file, line and
      column.
      """, start: "input 1x64; add conv 10 3", ["script > net.esp", "net again; source net.esp"]),
    Explanation(
      ["defaults"], .commands,
      """
      Other defaults for a kind of layer, for this session: defaults conv pad=0 makes
      convolutions as Gluon and PyTorch have them. The library keeps its own values,
      and the text of a network says what is not usual, so it stays the same
      elsewhere.
      """, start: "input 1x64", ["defaults conv pad=0 bias=no", "add conv 10 3", "defaults"]),
    Explanation(
      ["help", "explain", "quit", "exit", "documentation"], .commands,
      """
      help tells how something is typed; explain why it is there. Both take commands,
      layers, containers and codes of errors; explain takes terms of the field and
      paths of blocks as well. quit ends the session; work at a prompt is kept.
      """, ["help conv", "explain conv", "explain"]),
    Explanation(
      ["lesson", "lessons", "next", "back", "hint", "tutorial"], .commands,
      """
      A lesson takes you through one idea step by step: it says what to reach, you
      type in the live session, and any way that reaches it counts. hint helps by
      degrees, next types what is missing, back turns a page, Enter goes on.
      """, ["lesson", "lesson skip", "lesson stop"]),
    Explanation(
      ["theme", "colours", "colors", "NO_COLOR"], .commands,
      """
      The colours of prompt and screen: dark, light, plain without any, or
      colour-blind where nothing rests on red and green. They never say more than the
      words beside them. Put it into ~/.config/espalier/rc to have it always.
      """, ["theme", "theme colour-blind"]),
    Explanation(
      ["examples", "example file", "demo"], .commands,
      """
      Command files that come with the program, each with what it shows in its first
      lines. examples NAME runs one; with > FILE it is written, to be changed.
      """, ["examples", "examples block"]),
    Explanation(
      ["library", "catalogue", "model zoo"], .commands,
      """
      Networks of papers as definitions in this language, added by their names: add
      resnet20. Each has the parameters of its paper or of the reference code; library
      lists them with input, year and source, library show NAME prints the text, to
      be changed. help library lists the blocks that they are made of, too.
      """, ["library", "library show preresnet20"]),
  ]
}
