import Interchange
import Language
import Networks
import Training

/// The manual of the command language, made of the tables that the program itself reads.
package enum Manual {
  /// The whole manual in Markdown.
  package static var text: String {
    let sections = [
      head, grammar, commands, kinds, shortcuts, expressions, data, training, computation, library,
      codes,
    ]
    return sections.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  /// What is tried out and shown at the beginning.
  package static let firstSession = """
    data digits
    add cnn 16 3
    add residual act=relu { conv 16 3; bn; relu; conv 16 3; bn }
    add gap
    add dense 10
    tree
    optimizer sgd lr=0.1 momentum=0.9
    train 3
    evaluate
    """

  private static var head: [String] {
    [
      "# The command language of Espalier", "",
      "One language everywhere: at the prompt, in command files (`*.esp`), in `def` bodies, after `-e`, and in",
      "saved networks. This page is made of the tables that the program reads: `help` says the same.",
      "",
      "```", firstSession, "```", "",
      "A network has an input shape, without the batch: `1x64` is one channel of 64 positions, `3x32x32` an image,",
      "`10` are features. Blocks are added at its end and have paths such as `res1.body.conv2`. Every command answers",
      "what it changed; one that is refused changes nothing, says where and why, and offers what can be typed",
      "instead. `undo` takes back everything but written files.",
    ]
  }

  private static var grammar: [String] {
    ["## Grammar", ""] + words + [""] + LanguageNotes.lines.map { "- \(escaped($0))" }
      + [
        "- At the prompt a verb may be shortened to what no other begins with; in files it stands in full.",
        "- [json.md](json.md) tells what programs get. An ending of `FILE` that the command cannot write is refused.",
        "",
      ]
      + table(
        ["construct", "what it does"],
        LanguageNotes.constructs.map { [code($0.usage), escaped($0.summary)] })
      + [
        "", "```", "let width = 16",
        "def layers2 channels { conv $channels 3; bn; relu; conv $channels 3; bn }",
        "for stage in 1..3 {", "  repeat 2 { residual act=relu { layers2 $(width * stage) } }", "}",
        "if params(net) > 10000 { print large } else { print small }", "try { add conv 8 99x99 }",
        "```",
      ]
  }

  private static var words: [String] {
    table(
      ["word", "looks like"],
      [
        ["number, shape", "`10` `0.9` `1e-5`, `1x64` `3x32x32`"],
        [
          "name, path",
          "`conv1`, `res1.body.conv2`; `res1.conv2` is the same, `stage*.bn1` are several",
        ],
        ["range", "`conv1..relu3`: neighbours from one to the other"],
        ["text", "`'as it is'`, `\"with $name, $(1 + 2), \\n and \\t\"`"],
        ["key", "`stride=2`: no blanks round `=`"],
        [
          "value",
          "`$name`, `$(expression)`; in a command file `$1` `$2` … are its arguments, `$#` their number",
        ],
        ["block", "`{ conv 10 3; bn }`: lines or `;` between, over several lines or on one"],
      ])
  }

  private static var commands: [String] {
    var lines = ["## Commands"]
    for group in CommandRow.Group.allCases {
      let rows = CommandTable.rows.filter { $0.group == group }
      if rows.isEmpty { continue }
      lines += ["", "### \(group.rawValue)"]
      for row in rows { lines += self.lines(for: row) }
    }
    return lines
  }

  private static func lines(for row: CommandRow) -> [String] {
    var lines = ["", "#### \(row.verb)", "", "`\(row.usage)`: \(escaped(row.summary))."]
    let details = row.details + (row.fileLine.map { [$0] } ?? [])
    if !details.isEmpty { lines += [""] + details.map { escaped($0) } }
    if !row.keys.isEmpty {
      lines += [""]
      lines += table(
        ["key", "default", ""],
        row.keys.map { [code($0.name + "="), escaped($0.defaultText), escaped($0.summary)] })
    }
    if !row.examples.isEmpty { lines += ["", "```"] + row.examples + ["```"] }
    return lines
  }

  // MARK: Markdown

  /// A table with a head.
  static func table(_ head: [String], _ rows: [[String]]) -> [String] {
    let line = { (cells: [String]) in "| " + cells.joined(separator: " | ") + " |" }
    return [line(head), "|" + String(repeating: "---|", count: head.count)] + rows.map(line)
  }

  /// Text as code, fit for a table.
  static func code(_ text: String) -> String {
    text.isEmpty ? "" : "`" + text.replacing("|", with: "\\|") + "`"
  }

  /// Text whose signs Markdown would take for its own.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      if "|*_<>`$\\".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }
}
