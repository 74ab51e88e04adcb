/// The files that other programs wrote, beside the scripts that had them written.
enum GoldenFiles {
  private static let folder =
    "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/Goldens"

  /// A checkpoint of PyTorch, from `make_checkpoints.py`.
  static func checkpoint(_ name: String) -> String { "\(folder)/Checkpoints/\(name)" }

  /// An image, from `make_images.py`.
  static func image(_ name: String) -> String { "\(folder)/Images/\(name)" }

  /// A parameter file of MXNet, from `make_params.py`.
  static func params(_ name: String) -> String { "\(folder)/Params/\(name)" }
}
