import Engine
import Interchange
import Language
import Networks
import Training

/// The parts of the manual that are tables of kinds, data and recipes.
extension Manual {
  static var kinds: [String] {
    var lines = ["## Layers and containers", ""]
    lines += table(
      ["form", "what it does", "also"],
      Kind.allCases.map { kind in
        [
          code(kind.signature), escaped(kind.row.summary),
          kind.row.aliases.map { code($0) }.joined(separator: " "),
        ]
      })
    lines += [
      "",
      "`pad=same` gives ⌈length / stride⌉ positions: ⌊(kernel − 1) / 2⌋ of padding before, the rest after, with",
      "the kernel as wide as its dilation makes it. `pad=valid` is `pad=0`, Gluon's and PyTorch's default; `defaults conv pad=0`",
      "sets it. `pad=causal` puts all of it before, along one dimension, so that no position sees a later one.",
      "", "Every block takes `name=NAME`; without it names are counted: `conv1`, `conv2`.",
      "And `frozen=yes`, as `freeze` says it. All that hold blocks take `checkpoint=yes`, also `remat=yes`, which",
      "\(KindParameter.checkpoint.summary).",
    ]
    var described: Set<String> = []
    for kind in Kind.allCases where !kind.row.ownParameters.isEmpty {
      let alike = Kind.allCases.filter { $0.parameterText == kind.parameterText }
      guard described.insert(kind.parameterText).inserted else { continue }
      lines += ["", "### \(alike.map(\.rawValue).joined(separator: ", "))", ""]
      lines += table(
        ["parameter", "default", "takes", ""],
        kind.row.ownParameters.map { parameter in
          [
            code(parameter.isPositional ? parameter.name.uppercased() : parameter.name + "="),
            parameter.defaultText.map { code($0) } ?? "needed", escaped(parameter.type.expectation),
            escaped(parameter.fullSummary),
          ]
        })
    }
    return lines
  }

  static var shortcuts: [String] {
    ["## Shortcuts of a residual block", ""]
      + table(
        ["shortcut=", "how the input reaches the sum"],
        ShortcutKind.choices.map { kind in
          [code(kind == .projection ? "B, project" : kind.rawValue), summary(of: kind)]
        })
      + [
        "",
        "A second `{ … }` gives the shortcut's layers instead: `residual { conv 8 8; bn } { conv 8 1; bn }`. The answer says",
        "what was projected and why; where no shortcut can repair a sum, it is refused with both shapes and with changes",
        "that would help, each of which was tried.",
      ]
  }

  private static func summary(of kind: ShortcutKind) -> String {
    switch kind {
    case .automatic: "as it is where the shapes agree, else projected as with B"
    case .identity: "as it is; shapes that differ are refused"
    case .zeroPadded: "subsampled, with channels of zeros, where shapes differ: no parameters"
    case .projection: "by a convolution of width 1 and batch normalization where shapes differ"
    case .projectionAlways: "by a convolution of width 1 and batch normalization always"
    case .pooled: "by average pooling, then a convolution of width 1, where shapes differ"
    case .given: ""
    }
  }

  static var expressions: [String] {
    ["## Facts in expressions", ""]
      + table(["fact", "answer"], Fact.allCases.map { [code($0.rawValue), escaped($0.summary)] })
      + [
        "", "```", "expect params(net) == 750 and out(net) == 10x32",
        "expect accuracy(test) > 0.95 \"not good enough\"",
        "let half = params(res1) // 2", "```",
      ]
  }

  static var data: [String] {
    var lines = ["## Data", "", "### Built in"]
    for source in DataSource.all {
      lines += ["", "`data \(source.name)`: \(escaped(source.summary))."]
      if source.settings.isEmpty { continue }
      lines += [""]
      lines += table(
        ["key", "default", "takes", ""],
        source.settings.map {
          [code($0.name + "="), code($0.preset), escaped($0.form), escaped($0.summary)]
        })
    }
    lines += ["", "### Files"]
    for format in FileFormat.all {
      let endings = format.extensions.map { code("." + $0) }.joined(separator: " ")
      lines += [
        "",
        "`data \(format.name) FILE`: \(escaped(format.summary))."
          + (endings.isEmpty ? "" : " Files ending in \(endings) need no format."),
      ]
      if format.settings.isEmpty { continue }
      lines += [""]
      lines += table(
        ["key", "default", "takes", ""],
        format.settings.map {
          [code($0.name + "="), escaped($0.preset), escaped($0.form), escaped($0.summary)]
        })
    }
    return lines
  }

  static var training: [String] {
    ["## Losses", ""]
      + table(
        ["loss", ""], LossTable.typed.map { [code($0.name), escaped(LossTable.summary(of: $0))] })
      + [
        "", "## Optimizers", "", "With the values they have where nothing else is said:", "", "```",
      ]
      + OptimizerTable.defaults + ["```", "", "## Learning rates", ""]
      + table(
        ["rate", ""], ScheduleTable.summaries.map { [code($0.form), escaped($0.summary)] })
      + ["", "## First weights", ""]
      + table(
        ["scheme", ""], SchemeTable.summaries.map { [code($0.form), escaped($0.summary)] })
  }

  static var library: [String] {
    var lines = [
      "## Library", "",
      "Blocks and networks written in this language; `help NAME` shows how. Whole networks take the number of",
      "classes first.",
    ]
    let definitions = Library.environment.definitions.values
    for part in Library.parts {
      let title = part.name.split(separator: "/").last?.split(separator: ".").first ?? ""
      let rows = definitions.filter { $0.range.source.name == part.name }
        .sorted { $0.range.lowerBound < $1.range.lowerBound }
        .map { [code($0.signature), escaped($0.documentation ?? "")] }
      lines += ["", "### \(title)", ""]
      lines += table(["definition", ""], rows)
    }
    return lines
  }

  static var codes: [String] {
    ["## Codes of errors", ""]
      + table(
        ["code", "what is wrong"],
        [
          (.syntax, "the text does not follow the grammar"), (.name, "a name that nothing bears"),
          (.type, "a value of the wrong type"), (.arithmetic, "arithmetic without a result"),
          (.argument, "words or keys that do not suit a command or layer"),
          (.limit, "a bound that keeps hostile or mistaken input from running away"),
          (.shape, "shapes that do not fit"),
          (.path, "a path that leads to no block, or to several"),
          (.edit, "an edit that the tree does not allow"),
          (.state, "something must be done before"),
          (.memory, "more memory than there is, or than this process may take"),
          (.file, "a file that cannot be read or written"),
          (.diverged, "a loss that became infinite or no number"),
          (.expect, "an `expect` that does not hold: exit status 3"),
          (.interrupted, "stopped by Ctrl-C: exit status 130; at a prompt the run is paused"),
        ].map { (code: DiagnosticCode, summary: String) in [Manual.code(code.description), summary]
        })
  }
}

extension KindParameter {
  /// What it is, and other frameworks' words for it.
  var fullSummary: String {
    aliases.isEmpty
      ? summary : "\(summary); also \(aliases.map { $0 + "=" }.joined(separator: " "))"
  }
}

extension Kind {
  /// The parameters as one text, to tell kinds that take the same.
  fileprivate var parameterText: String {
    row.ownParameters.map { "\($0.name) \($0.defaultText ?? "") \($0.summary)" }
      .joined(separator: ";")
  }
}
