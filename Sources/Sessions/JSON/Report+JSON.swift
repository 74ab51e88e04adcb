import Language

/// Reports for programs; docs/json.md tells what is in them.
extension Report {
  /// The version of what programs read: another number where a key means something else or is gone.
  package static let schema = 1

  /// The report in values of one line each: the answer, then what was refused.
  package var values: [JSON] {
    let refusals = diagnostics.map { head(isGood: false).with(["error": Self.value(of: $0)]) }
    return diagnostics.isEmpty || !lines.isEmpty ? [answer] + refusals : refusals
  }

  /// The answer as one value.
  package var answer: JSON {
    let texts: JSON = ["text": .texts(lines.map(\.text)), "data": data.map { $0() } ?? .null]
    return head(isGood: true).with(texts)
  }

  /// Whether it answers a command.
  var isAnswer: Bool { if case .command = subject { true } else { false } }

  private func head(isGood: Bool) -> JSON {
    let version: JSON = ["espalier": .integer(Self.schema)]
    let about: JSON =
      switch subject {
      case .command(let verb, let typed): ["command": .text(verb), "typed": .text(typed)]
      case .run: ["event": "run"]
      case .remark: isGood ? ["event": "remark"] : ["command": .null, "typed": .null]
      }
    return version.with(about).with(["ok": .boolean(isGood)])
  }

  private static func value(of diagnostic: Diagnostic) -> JSON {
    let message: JSON = [
      "code": .text(diagnostic.code.description), "message": .text(diagnostic.message),
    ]
    return message.with(place(of: diagnostic.range)).with([
      "notes": .array(
        diagnostic.notes.map {
          JSON.object([.init("text", .text($0.text))]).with(place(of: $0.range))
        }),
      "offers": .texts(diagnostic.offers),
    ])
  }

  /// Lines and columns count from 1, columns in characters.
  private static func place(of range: SourceRange?) -> JSON {
    guard let range else { return ["file": .null, "line": .null, "column": .null] }
    let (line, column) = range.source.position(at: range.lowerBound)
    let name = range.source.name
    return [
      "file": name.isEmpty ? .null : .text(name), "line": .integer(line),
      "column": .integer(column),
    ]
  }

  /// A file of the command line that cannot be read.
  package init(unreadable message: String) {
    self.init(Diagnostic(.file, message, at: nil))
  }
}

extension EpochSummary {
  /// The epoch for programs.
  package var value: JSON {
    [
      "espalier": .integer(Report.schema), "event": "epoch", "ok": .boolean(true),
      "network": .text(network), "epoch": .integer(epoch), "epochs": .optional(epochs),
      "step": .integer(step), "loss": .number(loss), "accuracy": .optional(accuracy),
      "test_loss": .optional(testLoss), "test_accuracy": .optional(testAccuracy),
      "samples_per_second": .number(samplesPerSecond),
    ]
  }
}
