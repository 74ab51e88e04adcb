import Networks

/// Layers that give values other places.
extension OnnxGraphBuilder {
  mutating func add(_ pad: Pad, path: String, _ x: String, _ input: Shape) -> String {
    let sides = (try? pad.sides(over: input)) ?? []
    let mode =
      switch pad.mode {
      case .zero: "constant"
      case .reflect: "reflect"
      case .replicate: "edge"
      }
    let pads = [0, 0] + sides.map(\.before) + [0, 0] + sides.map(\.after)
    return add("Pad", path, [x, constant(path + ".pads", pads)], [.text("mode", mode)])
  }

  mutating func add(_ upsample: Upsample, path: String, _ x: String, _ input: Shape) -> String {
    let factors = (try? upsample.factors(over: input)) ?? []
    let isLinear = upsample.mode == .linear
    let scales = constant(path + ".scales", [1, 1] + factors.map { Float($0) })
    return add(
      "Resize", path, [x, "", scales],
      [
        .text("mode", upsample.mode.rawValue), .text("nearest_mode", "floor"),
        .text("coordinate_transformation_mode", isLinear ? "half_pixel" : "asymmetric"),
      ])
  }
}
