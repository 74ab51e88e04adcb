import Engine
import Networks
import Testing

@testable import Training

/// A leaf with a name.
func leaf(_ name: String, _ layer: Layer) -> Block { Block(name: name, form: .layer(layer)) }

/// A network of named blocks in a row.
func network(_ input: [Int], _ blocks: [Block]) throws -> Network {
  try Network(input: Shape(input), root: Block(name: "", form: .sequential(BlockList(blocks))))
}

func conv(_ name: String, _ channels: Int) -> Block {
  leaf(name, .convolution(Convolution(channels: channels, kernel: Extents(3))))
}

func dense(_ name: String, _ units: Int) -> Block { leaf(name, .dense(Dense(units: units))) }

func bn(_ name: String) -> Block { leaf(name, .batchNormalization(BatchNormalization())) }

func relu(_ name: String) -> Block { leaf(name, .activation(.relu)) }

func dropout(_ name: String, _ rate: Double) -> Block { leaf(name, .dropout(Dropout(rate: rate))) }

/// A series of eight positions and two channels, a convolution with all that goes with it, three classes.
func seriesNetwork(dropoutRate: Double = 0.3) throws -> Network {
  try network(
    [2, 8],
    [
      conv("conv1", 6), bn("bn1"), relu("relu1"), dropout("dropout1", dropoutRate),
      leaf("gap1", .globalPooling(.average)), dense("dense1", 3),
    ])
}

/// Examples of three classes that can be told apart, always the same for the same seed.
func seriesData(count: Int, test: Int? = nil, seed: UInt64 = 1) -> Dataset {
  var generator = SeededGenerator(seed: seed)
  func part(_ count: Int) -> Examples {
    let labels = (0..<count).map { Int32($0 % 3) }
    let values = labels.flatMap { label in
      (0..<16).map { place in
        Float(generator.normal() * 0.5) + (place % 3 == Int(label) ? 1 : 0)
      }
    }
    return Examples(
      inputs: Tensor(shape: [count, 2, 8], values: values),
      targets: .classes(labels, names: ["a", "b", "c"]))
  }
  return Dataset(
    name: "series", description: "three patterns", train: part(count), test: test.map(part))
}

/// A request to train the series network.
func request(
  _ length: RunRequest.Length, network: Network, learned: LearnedState = LearnedState(),
  data: Dataset = seriesData(count: 24), batch: Int = 5, optimizer: Optimizer = .sgd,
  isDone: (@Sendable ([RunFacts]) -> Bool)? = nil
) -> RunRequest {
  var recipe = Recipe()
  recipe.batchSize = batch
  recipe.optimizer = optimizer
  recipe.threads = 1
  return RunRequest(
    name: "main", network: network, learned: learned, data: data, recipe: recipe, length: length,
    isDone: isDone)
}

extension Trainer {
  /// Trains to the end and gives the result.
  func run(_ request: RunRequest) throws -> RunResult {
    start(request)
    waitForEnd()
    return try #require(collect())
  }
}

extension RunResult.Ending {
  /// Its name, with the facts of a failure.
  var words: String {
    switch self {
    case .finished: "finished"
    case .conditionHolds: "until"
    case .outOfPatience(let epochs): "out of patience after \(epochs)"
    case .stopped: "stopped"
    case .failed(.refused(let error)): "\(error)"
    case .failed(.diverged(let step, let loss, let path)):
      "diverged at step \(step) with \(loss) first at \(path ?? "nothing")"
    }
  }
}
