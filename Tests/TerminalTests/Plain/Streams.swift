import Foundation
import Terminal

/// Two files in place of standard output and standard error.
final class Streams {
  let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  let output: DescriptorOutput
  let errors: DescriptorOutput

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    output = Self.stream(to: folder.appending(path: "output"))
    errors = Self.stream(to: folder.appending(path: "errors"))
  }

  deinit {
    close(output.descriptor)
    close(errors.descriptor)
    try? FileManager.default.removeItem(at: folder)
  }

  /// What was written so far on `output` or `errors`.
  func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  private static func stream(to file: URL) -> DescriptorOutput {
    DescriptorOutput(descriptor: open(file.path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600))
  }
}
