import Foundation
import Testing

extension Pseudoterminal {
  /// A folder for the program's files that goes with its test.
  final class Home {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)

    init() throws {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// The environment of a program that lives here, with further variables.
    func environment(_ further: [String: String] = [:]) -> [String: String] {
      let paths = [
        "HOME": folder.path, "XDG_STATE_HOME": folder.appending(path: "state").path,
        "XDG_CONFIG_HOME": folder.appending(path: "config").path,
      ]
      return paths.merging(further) { $1 }
    }
  }

  /// The program of this package, started as a user would, without panes.
  convenience init(
    espalier arguments: [String], home: Home, environment: [String: String] = [:],
    columns: Int = 80, rows: Int = 24, blocking signals: [Int32] = []
  ) throws {
    try self.init(
      Self.espalier(), arguments, environment: home.environment(environment), columns: columns,
      rows: rows, blocking: signals)
  }
}
