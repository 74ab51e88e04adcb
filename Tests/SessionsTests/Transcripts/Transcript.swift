import Language

@testable import Sessions

/// Commands and what they answer, in one text.
///
/// Lines that begin with `› ` or, going on, with `… ` are
/// typed; those below are the answer. Other lines at the beginning, and lines with `##`, are remarks.
///
/// A first line `# batch` types into a command file instead of a prompt.
struct Transcript {
  /// A command with the remarks before it.
  struct Exchange {
    var remarks: [String] = []
    var command: [String] = []
    var answer: [String] = []
  }

  private(set) var exchanges: [Exchange] = []
  let isBatch: Bool

  init(_ text: String) {
    isBatch = text.hasPrefix("# batch")
    var remarks: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("› ") {
        exchanges.append(Exchange(remarks: remarks, command: [String(line.dropFirst(2))]))
        remarks = []
      } else if line.hasPrefix("… "), !exchanges.isEmpty {
        exchanges[exchanges.count - 1].command.append(String(line.dropFirst(2)))
      } else if line.hasPrefix("#") || (line.isEmpty && isRemarkNext(remarks)) {
        remarks.append(line)
      } else if line.isEmpty || exchanges.isEmpty {
        remarks.append(line)
      } else {
        exchanges[exchanges.count - 1].answer.append(line)
      }
    }
  }

  private func isRemarkNext(_ remarks: [String]) -> Bool { !remarks.isEmpty }

  /// The text with the answers that a session gives now.
  ///
  /// - Parameter check: Called after each command with the session and what it complained about.
  func replayed(_ check: (Session, Exchange, [Diagnostic]) -> Void = { _, _, _ in }) -> String {
    var options = Session.Options()
    options.allowsAbbreviations = !isBatch
    options.threads = 1
    let session = Session(options)
    let console = ListeningConsole()
    var lines: [String] = []
    var number = 1
    for exchange in exchanges {
      lines += exchange.remarks
      for (index, line) in exchange.command.enumerated() {
        lines.append((index == 0 ? "› " : "… ") + line)
      }
      let text = exchange.command.joined(separator: "\n")
      let source =
        isBatch
        ? Source(text, from: .file("demo.esp"), firstLine: number) : Source(text, from: .prompt)
      number += exchange.command.count
      if case .quit(let status) = session.run(source, on: console) {
        console.show(Report("(quit \(status))"))
      }
      let (answer, diagnostics) = console.take()
      lines += Masks.masked(answer).split(separator: "\n", omittingEmptySubsequences: false)
        .map(String.init).filter { !$0.isEmpty }
      check(session, exchange, diagnostics)
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

/// Numbers that depend on the machine, put out of sight.
enum Masks {
  static func masked(_ text: String) -> String {
    var result = text
    result.replace(#/ in [0-9.:]+( s)? \([0-9.e]+ steps/s\)/#, with: " in TIME (RATE steps/s)")
    result.replace(#/for [0-9,]+ steps?( in TIME.*; until holds)/#) { "for # steps\($0.1)" }
    result.replace(#/for [0-9,]+ steps? in TIME.*; stopped/#, with: "for # steps …; stopped")
    result.replace(#/found 0\.[0-9]+/#, with: "found #")
    result.replace(#/(?m)^( +[0-9]+)  [^ ]+ +([^ ]+) +-?[0-9.]+( -?[0-9.e-]+)+$/#) {
      "\($0.1)  # \($0.2) # …"
    }
    result.replace(#/took [0-9.e-]+ s/#, with: "took TIME s")
    result.replace(
      #/\b(loss|accuracy|balanced|MAE|RMSE|R²|test|mean|sd|norm)( +)-?[0-9][0-9.e-]*( %)?/#
    ) {
      "\($0.1)\($0.2)#\($0.3 ?? "")"
    }
    result.replace(#/loss # → [0-9.e-]+/#, with: "loss # → #")
    result.replace(
      #/Δoutput\| [0-9.e-]+ on (.*) up to [0-9.e-]+/#
    ) { "Δoutput| # on \($0.1) up to #" }
    result.replace(
      #/(?m)^    -?[0-9][0-9.e-]* [ ▁▂▃▄▅▆▇█]{32} -?[0-9][0-9.e-]*$/#, with: "    # … #")
    return result
  }
}
