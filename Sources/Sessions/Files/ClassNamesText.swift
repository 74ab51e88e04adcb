import Networks

/// The names of classes as a saved network keeps them, a line each in its metadata.
enum ClassNamesText {
  static let key = "classes"

  /// The text; nothing where names are not lines, or not those of a network's outputs.
  static func text(of names: [String], for network: Network) -> String? {
    let isOfLines = !names.contains { $0.isEmpty || $0.contains(where: \.isNewline) }
    return isOfLines && fits(names.count, network) ? names.joined(separator: "\n") : nil
  }

  /// The names that a text keeps; none where they are not those of a network's outputs.
  static func names(in text: String?, for network: Network) -> [String] {
    let names = (text ?? "").split(separator: "\n").map(String.init)
    return fits(names.count, network) ? names : []
  }

  /// Whether there are as many classes as a network tells apart.
  static func fits(_ count: Int, _ network: Network) -> Bool {
    let scores = network.output.channels
    return count > 0 && (count == scores || (count == 2 && scores == 1))
  }
}
