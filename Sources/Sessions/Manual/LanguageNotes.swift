/// What the grammar itself knows, for help and the manual.
enum LanguageNotes {
  /// A construct that is no command.
  struct Construct {
    let name: String
    let usage: String
    let summary: String
  }

  static let constructs = [
    Construct(
      name: "def", usage: "def NAME PARAM … PARAM=DEFAULT … { … }",
      summary: "names a block; NAME ARG … then stands for what the braces hold, as one block"),
    Construct(
      name: "let", usage: "let NAME = EXPR", summary: "gives a value a name, used as $NAME"),
    Construct(
      name: "for", usage: "for NAME in A..B { … }, for NAME in WORD … { … }",
      summary: "runs the braces once for each value"),
    Construct(
      name: "if", usage: "if EXPR { … } else { … }",
      summary: "runs the braces where the expression holds"),
    Construct(
      name: "try", usage: "try { … }", summary: "shows errors inside and goes on after them"),
  ]

  static let lines = [
    "A line is a command: verb, words, key=value, then { … } for blocks.",
    "; separates commands, # begins a comment, \\ at the end continues the line.",
    "$name and $(expr) are filled in; a value never becomes two words.",
    "Inside braces say what you would add, without add: residual { conv 10 3; bn; relu }.",
    "A call as in Python is the same: RES_CNN1D(10, 3, 2, chain_length=3).",
    "Paths: res1.body.conv1, conv1..relu3 for neighbours, * within a segment; body may be left out.",
    "COMMAND > FILE writes the answer of a command that only looks; > FILE.json for programs, as espalier --json has it.",
    "Expressions: + - * / // % ** comparisons and or not min max, names, facts such as params(net).",
  ]
}
