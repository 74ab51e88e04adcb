import Networks

/// What a layer of another framework says of its input.
struct PythonInput: Equatable, Sendable {
  /// Channels, or features where there are no positions.
  var channels: Int?

  /// Dimensions of positions: 0 for features, 1 for a length, 2 for height and width.
  var rank: Int?

  /// What a call that makes a layer, or the first one of several, says of it.
  init(of call: PythonCall) {
    if case .list(let layers)? = call.arguments.first, case .call(let first)? = layers.first {
      self = PythonInput(of: first)
      return
    }
    if case .call(let first)? = call.arguments.first {
      self = PythonInput(of: first)
      return
    }
    let isDense = ["Linear", "Dense", "LazyLinear"].contains(call.name)
    let isCounted =
      ["Linear", "Conv1d", "Conv2d", "ConvTranspose1d", "ConvTranspose2d"].contains(call.name)
      || call.name.hasPrefix("BatchNorm") && call.name.last == "d"
    let names = ["in_channels", "in_features", "in_units", "num_features"]
    channels = call.argument(names, at: isCounted ? 0 : nil)?.number.flatMap { Int(exactly: $0) }
    rank = isDense ? 0 : Self.rank(of: call.name.lowercased())
  }

  private static func rank(of name: String) -> Int? {
    // Batch normalization of features is called that of a length.
    if name == "batchnorm1d" { return nil }
    return name.contains("1d") ? 1 : name.contains("2d") ? 2 : nil
  }

  /// Whether what a network gives is that.
  func fits(_ shape: Shape) -> Bool {
    let own = shape.spatialRank == 0 ? shape.count : shape.channels
    return (channels ?? own) == own && (rank ?? shape.spatialRank) == shape.spatialRank
  }

  /// The command for an input like that, or nothing where little is said of it.
  var command: String? {
    switch rank {
    case 0?: channels.map { "input \($0)" }
    case 1?: "input \(channels ?? 1)x64"
    case 2?: "input \(channels ?? 3)x32x32"
    case _: nil
    }
  }
}
