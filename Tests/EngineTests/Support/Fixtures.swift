import Networks

@testable import Engine

/// A small deterministic source of numbers for tests.
struct Dice {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }

  /// A number in -1..<1.
  mutating func signed() -> Float { Float(next() >> 40) / Float(1 << 23) - 1 }

  mutating func below(_ bound: Int) -> Int { Int(next() >> 33) % bound }
}

/// A leaf, named by its kind and ordinal when it joins a sequential.
func leaf(_ layer: Layer) -> Block { Block(name: layer.kind.rawValue, form: .layer(layer)) }

/// A convolution leaf.
func conv(_ channels: Int, _ kernel: Extents, _ change: (inout Convolution) -> Void = { _ in })
  -> Block
{
  var convolution = Convolution(channels: channels, kernel: kernel)
  change(&convolution)
  return leaf(.convolution(convolution))
}

/// A dense leaf.
func dense(_ units: Int, _ change: (inout Dense) -> Void = { _ in }) -> Block {
  var layer = Dense(units: units)
  change(&layer)
  return leaf(.dense(layer))
}

/// A batch normalization leaf.
func bn(_ change: (inout BatchNormalization) -> Void = { _ in }) -> Block {
  var layer = BatchNormalization()
  change(&layer)
  return leaf(.batchNormalization(layer))
}

func act(_ activation: Activation) -> Block { leaf(.activation(activation)) }

var relu: Block { act(.relu) }

var gap: Block { leaf(.globalPooling(.average)) }

/// A pooling leaf.
func pool(_ kind: Pooling.Reduction, _ size: Extents, _ change: (inout Pooling) -> Void = { _ in })
  -> Block
{
  var pooling = Pooling(reduction: kind, size: size)
  change(&pooling)
  return leaf(.pooling(pooling))
}

/// A residual block.
func residual(
  _ kind: ShortcutKind, activation: Activation? = nil, scale: Double = 1, _ body: [Block]
) -> Block {
  Block(
    name: "res",
    form: .residual(
      Residual(body: numbered(body), kind: kind, activation: activation, scale: scale)))
}

/// A residual block whose shortcut finds itself.
func residual(activation: Activation? = nil, scale: Double = 1, _ body: [Block]) -> Block {
  residual(.automatic, activation: activation, scale: scale, body)
}

/// Parallel branches.
func parallel(_ join: Parallel.Join, _ branches: [[Block]]) -> Block {
  Block(
    name: "par", form: .parallel(Parallel(join: join, branches: branches.map { numbered($0) })))
}

/// Blocks with ordinals after their names, as the session names them.
func numbered(_ blocks: [Block]) -> [Block] {
  var counts: [String: Int] = [:]
  return blocks.map { block in
    counts[block.name, default: 0] += 1
    var result = block
    result.name += "\(counts[block.name] ?? 0)"
    return result
  }
}

/// A network from its layers.
func network(_ input: [Int], _ blocks: [Block]) throws -> Network {
  try Network(
    input: Shape(input), root: Block(name: "", form: .sequential(BlockList(numbered(blocks)))))
}

/// Inputs drawn at random: whole numbers where an embedding reads them.
func inputs(_ network: Network, count: Int, seed: UInt64 = 1) -> Tensor {
  var dice = Dice(seed)
  let size = network.input.count * count
  return Tensor(
    shape: [count] + network.input.extents,
    values: (0..<size).map { _ in
      network.inputVocabulary.map { Float(dice.below($0)) } ?? dice.signed() * 1.5
    })
}

/// Inputs and labels drawn at random.
func examples(_ network: Network, count: Int, seed: UInt64 = 1) -> Examples {
  var dice = Dice(seed &+ 77)
  let classes = network.output.channels
  let labels = (0..<count).map { _ in Int32(dice.below(classes)) }
  return Examples(
    inputs: inputs(network, count: count, seed: seed),
    targets: .classes(labels, names: (0..<classes).map { "\($0)" }))
}

/// Parameters drawn at random, all different from what initialisers give.
func randomParameters(_ network: Network, seed: UInt64 = 3) -> ParameterStore {
  var dice = Dice(seed)
  var store = ParameterStore()
  for specification in network.parameters {
    let values = (0..<specification.count).map { _ in
      switch specification.purpose {
      case .kernel(let fanIn, _), .projection(let fanIn, _):
        dice.signed() * 1.5 / Float(fanIn).squareRoot()
      case .recurrent(let fanIn, _, _): dice.signed() * 1.5 / Float(fanIn).squareRoot()
      case .table: dice.signed()
      case .gamma, .runningVariance: 1 + dice.signed() * 0.5
      case .bias, .given, .beta, .runningMean: dice.signed() * 0.5
      }
    }
    store[specification.key] = Tensor(shape: specification.shape, values: values)
  }
  return store
}
