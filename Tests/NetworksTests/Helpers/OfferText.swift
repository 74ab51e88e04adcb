import Networks

extension Offer {
  /// What an offer says, in short: `pad=same on res1.body.conv1: 10x75, +30`.
  var summary: String {
    let change: String
    switch repair {
    case .shortcut(let kind): change = "shortcut=\(kind.rawValue)"
    case .path(let layers):
      change = "{ \(layers.map(\.kind.rawValue).joined(separator: "; ")) }"
    case .settings(let settings):
      var groups: [(text: String, paths: [String])] = []
      for setting in settings {
        if let index = groups.firstIndex(where: { $0.text == setting.text }) {
          groups[index].paths += setting.paths
        } else {
          groups.append((setting.text, setting.paths))
        }
      }
      change = groups.map { "\($0.text) on " + $0.paths.joined(separator: " ") }
        .joined(separator: ", ")
    }
    return "\(change): \(output), \(addedParameters < 0 ? "" : "+")\(addedParameters)"
  }
}
