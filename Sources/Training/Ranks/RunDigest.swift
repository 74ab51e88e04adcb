import Engine

/// A number of all that has to be the same on each process that learns together.
struct RunDigest {
  private var digest = BitDigest()

  var value: Int64 { Int64(bitPattern: digest.value) }

  private mutating func add(_ word: UInt64) { digest.add(word) }

  /// Adds weights, statistics and the optimizer's memory.
  mutating func add(_ model: Model) { add(model.digest) }

  /// Adds how a run learns, on how many examples, and where it begins.
  mutating func add(_ request: RunRequest, _ place: RunPlace) {
    add(UInt64(request.data.train.count))
    add(request.recipe.seed)
    add(request.recipe.optimizer.learningRate.bitPattern)
    switch request.length {
    case .epochs(let count): add(UInt64(bitPattern: Int64(count)))
    case .steps(let count): add(~UInt64(bitPattern: Int64(count)))
    }
    for number in [place.epoch, place.batch, place.steps, place.batching.size] {
      add(UInt64(bitPattern: Int64(number)))
    }
  }
}
