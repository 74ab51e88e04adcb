import Foundation

@testable import Sessions

extension Session {
  /// Has the runs of the session remembered in a folder of its own.
  func rememberRuns(in folder: String = "records-\(UUID())") {
    Workplace.enter()
    recordRuns(in: folder)
  }

  /// What a text answers, times and machines left out.
  func told(_ text: String) -> String {
    answer(text, from: .prompt).text
      .replacing(#/([0-9]{4}-)?[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}/#, with: "DAY")
      .replacing(#/[0-9.]+ s\b/#, with: "0 s")
      .replacing(Machine.name, with: "MACHINE").replacing(Machine.folder, with: "FOLDER")
      .replacing(#/[0-9]+\.[0-9]+( %)?/#, with: "#")
  }
}
