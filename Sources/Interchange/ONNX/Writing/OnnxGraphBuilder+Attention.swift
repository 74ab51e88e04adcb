import Networks

/// Attention, and what goes with it.
extension OnnxGraphBuilder {
  /// Adds an attention; answers its output.
  mutating func add(
    _ attention: Attention, path: String, _ x: String, _ input: Shape
  ) -> String {
    let (channels, heads) = (input.channels, max(attention.heads, 1))
    let positions = input.spatial.reduce(1, *)
    let depth = channels / heads
    func biased(_ words: [String], _ role: ParameterRole) -> [String] {
      attention.hasBias ? words + ["\(path).\(role.rawValue)"] : words
    }
    let rows = reshaped(lastChannels(path, x, input), path, "rows", [-1, channels])
    let parted = add(
      "Gemm", path + ".in",
      biased([rows, "\(path).\(ParameterRole.inputWeight.rawValue)"], .inputBias),
      [.integer("transB", 1)])
    let apart = reshaped(parted, path, "apart", [-1, positions, 3, heads, depth])
    let parts = add("Transpose", path + ".parts", [apart], [.integers("perm", [2, 0, 3, 1, 4])])
    let places = ["query", "key", "value"].enumerated().map { place, word in
      add(
        "Gather", "\(path).\(word)", [parts, constant("\(path).\(word).place", place)],
        [.integer("axis", 0)])
    }
    let shares = addShares(attention, path, query: places[0], key: places[1], positions, depth)
    let mixed = add("MatMul", path + ".mixed", [shares, places[2]])
    let joined = add("Transpose", path + ".joined", [mixed], [.integers("perm", [0, 2, 1, 3])])
    let flat = reshaped(joined, path, "flat", [-1, channels])
    let summed = add(
      "Gemm", path + ".out",
      biased([flat, "\(path).\(ParameterRole.outputWeight.rawValue)"], .outputBias),
      [.integer("transB", 1)])
    let series = reshaped(summed, path, "series", [-1, positions, channels])
    let isPlane = input.spatialRank == 2
    let back = add(
      "Transpose", isPlane ? path + ".back" : path, [series], [.integers("perm", [0, 2, 1])])
    if !isPlane { return back }
    return add("Reshape", path, [back, constant(path + ".shape", [0] + input.extents)])
  }

  /// Adds the softmax of the scores.
  private mutating func addShares(
    _ attention: Attention, _ path: String, query: String, key: String, _ positions: Int,
    _ depth: Int
  ) -> String {
    let keys = add("Transpose", path + ".keys", [key], [.integers("perm", [0, 1, 3, 2])])
    let products = add("MatMul", path + ".products", [query, keys])
    let scale = constant(path + ".scale", 1 / Double(max(depth, 1)).squareRoot())
    var scores = add("Mul", path + ".scores", [products, scale])
    if attention.isCausal {
      let square = add(
        "Expand", path + ".square",
        [
          constant(path + ".never", -Double.infinity),
          constant(path + ".extents", [positions, positions]),
        ])
      let mask = add(
        "Trilu", path + ".mask", [square, constant(path + ".diagonal", 1)],
        [.integer("upper", 1)])
      scores = add("Add", path + ".masked", [scores, mask])
    }
    return add("Softmax", path + ".shares", [scores], [.integer("axis", -1)])
  }

  /// Adds an embedding; answers its output.
  mutating func addEmbedding(path: String, _ x: String, _ input: Shape) -> String {
    let numbers = add("Squeeze", path + ".numbers", [x, constant(path + ".axis", [1])])
    let indices = add(
      "Cast", path + ".indices", [numbers],
      [.integer("to", Int(Onnx_TensorProto.Code.integer))])
    let rows = add(
      "Gather", path + ".rows", [path + ".weight", indices], [.integer("axis", 0)])
    let rank = input.spatialRank
    return add("Transpose", path, [rows], [.integers("perm", [0, rank + 1] + Array(1..<rank + 1))])
  }

  /// Adds numbers of positions; answers the sum.
  mutating func add(
    _ positions: Positions, path: String, _ x: String, _ input: Shape
  ) -> String {
    switch positions.source {
    case .learned: return add("Add", path, [x, path + ".weight"])
    case .sinusoidal:
      let places = 0..<input.spatial.reduce(1, *)
      let values = (0..<input.channels).flatMap { channel in
        places.map { Positions.sine(at: $0, channel: channel, of: input.channels) }
      }
      let table = constant(path + ".table", values, shape: input.extents)
      return add("Add", path, [x, table])
    }
  }

  /// Adds a learned position before the others; answers all of them.
  mutating func addClassToken(path: String, _ x: String, _ input: Shape) -> String {
    spread(path + ".weight", channels: input.channels, rank: 1)
    let series =
      input.spatialRank == 2 ? reshaped(x, path, "series", [0, input.channels, -1]) : x
    let count = add("Shape", path + ".count", [x], [.integer("start", 0), .integer("end", 1)])
    let shape = add(
      "Concat", path + ".shape", [count, constant(path + ".extents", [input.channels, 1])],
      [.integer("axis", 0)])
    let token = add("Expand", path + ".token", [path + ".weight", shape])
    return add("Concat", path, [token, series], [.integer("axis", 2)])
  }

  /// Adds a change of the shape, which is named by a word behind the path.
  private mutating func reshaped(_ x: String, _ path: String, _ word: String, _ shape: [Int])
    -> String
  {
    add("Reshape", "\(path).\(word)", [x, constant("\(path).\(word).shape", shape)])
  }

  /// Adds what puts the channels of all positions, row by row, behind them.
  private mutating func lastChannels(_ path: String, _ x: String, _ input: Shape) -> String {
    let series =
      input.spatialRank == 2 ? reshaped(x, path, "plane", [0, input.channels, -1]) : x
    return add("Transpose", path + ".last", [series], [.integers("perm", [0, 2, 1])])
  }
}
