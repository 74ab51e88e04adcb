import Networks

/// The colours of a family of layers.
struct Hue {
  let fill: String
  let stroke: String

  init(_ family: KindFamily) {
    (fill, stroke) =
      switch family {
      case .convolution: ("#e3eefb", "#2563a8")
      case .dense: ("#eee6f8", "#7b4bb3")
      case .normalization: ("#e6f4ea", "#2e8540")
      case .activation: ("#fdf3dc", "#a87f00")
      case .pooling: ("#def3f3", "#1c7c7c")
      case .shaping, .container, .shortcut: ("#f3f4f6", "#6b7280")
      case .regularization: ("#fbe6ee", "#b03a67")
      }
  }
}
