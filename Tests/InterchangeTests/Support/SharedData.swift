#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Sample files that may lie in a folder `shared` beside the checkout; tests of them are skipped elsewhere.
enum SharedData {
  /// The folder of the sample files, or nothing where there is none.
  static let folder: String? = {
    let parent = #filePath.split(separator: "/").dropLast(5).joined(separator: "/")
    let folder = "/\(parent)/shared/data"
    return FileManager.default.fileExists(atPath: folder) ? folder : nil
  }()

  /// Whether there are sample files.
  static var isThere: Bool { folder != nil }

  /// The path of a sample file.
  static func path(_ name: String) -> String { "\(folder ?? "")/\(name)" }
}
