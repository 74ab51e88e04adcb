import Sessions
import Testing

@testable import Terminal

/// The manual page and the versions, which are made of tables.
@Suite struct ProgramTextTests {
  /// The lines that begin the entries of a page, as they are read.
  private func heads(_ lines: [String]) -> [String] {
    zip(lines, lines.dropFirst()).filter { $0.0 == ".TP" }.map { _, head in
      head.replacing("\\fB", with: "").replacing("\\fR", with: "").replacing("\\-", with: "-")
        .replacing("\\(ti", with: "~").replacing("\\(aq", with: "'")
    }
  }

  @Test func theManualPageHasEveryOptionAndCommand() {
    let heads = heads(ManualPage.lines)
    for option in ProgramOption.allCases { #expect(heads.contains(option.row.usage)) }
    for row in CommandTable.rows { #expect(heads.contains(row.usage), "\(row.usage)") }
  }

  @Test func theManualPageIsRoff() throws {
    let lines = ManualPage.lines
    #expect(lines[0] == ".TH ESPALIER 1 \"\" \"espalier \(ProgramVersion.text)\" \"User Commands\"")
    let requests: Set = [".TH", ".SH", ".SS", ".TP", ".PP", ".B", ".nf", ".fi"]
    for line in lines {
      let isRequest = line.hasPrefix(".") || line.hasPrefix("'")
      #expect(
        !isRequest || requests.contains(String(line.prefix { $0 != " " })), "\(line)")
      #expect(!line.isEmpty && !line.contains("\n"), "\(line)")
    }
  }

  @Test func versions() {
    let lines = VersionText.lines
    #expect(lines[0] == "espalier \(ProgramVersion.text)")
    let names = ["oneDNN", "vector instructions", "MPI", "GNU readline", "ncurses"]
    #expect(lines.count == names.count + 1)
    for (line, name) in zip(lines.dropFirst(), names) {
      #expect(line.hasPrefix(name + " ") && line.count > name.count + 1, "\(line)")
    }
  }

  @Test func exitStatuses() {
    #expect(
      ProgramText.statusLine
        == "Exit status: 0 good; 1 a command failed; 2 usage or unreadable file; 3 an expect failed; 130 interrupted."
    )
  }
}
