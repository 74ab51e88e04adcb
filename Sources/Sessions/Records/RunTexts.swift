import Engine
import Networks
import Records
import Training

/// The commands that set up a run, as a record keeps them.
enum RunTexts {
  /// What draws the weights that a network begins with; nothing where they are not those that it would draw.
  static func drawing(_ request: RunRequest) -> String? {
    let (learned, recipe) = (request.learned, request.recipe)
    guard learned.steps == 0 else { return nil }
    for parameter in request.network.parameters {
      guard let values = learned.parameters[parameter.key] else { continue }
      guard let drawn = try? recipe.scheme.values(for: parameter, seed: recipe.seed),
        drawn == values
      else { return nil }
    }
    return "init \(SchemeTable.text(of: recipe.scheme))"
  }

  /// The commands that build a network; one a line.
  static func blocks(of network: Network) -> String {
    NetworkScript.lines(of: network).joined(separator: "\n")
  }
}

extension RunRecord {
  /// The settings, a command each; the learning rate is told by `lr` alone.
  var settingLines: [String] {
    settings.split(separator: "\n").map { line in
      guard line.hasPrefix("optimizer ") else { return String(line) }
      return line.split(separator: " ").filter { !$0.hasPrefix("lr=") }.joined(separator: " ")
    }
  }
}
