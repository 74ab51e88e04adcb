import Engine
import Networks
import Training

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Gradients beside central differences of the loss, for a sample of parameters.
///
/// Each is compared along the direction of its own gradient, which the loss depends on most, and in the value whose
/// gradient is greatest. The loss has 32 bits, so steps are as long as change it by some thousandths, a quarter of
/// that, and a sixteenth: the kinks of relus and what is bent count less in the shorter ones, rounding in the longer
/// ones. A wrong gradient is off by all of them; where they disagree among themselves by more than a tenth nothing is
/// said, and what is off by less proves nothing. Where values lie exactly at a kink, or have no variance to be divided
/// by, as over the blank edge of an image, no step is short enough; so what is off is looked at once more with all
/// weights moved a little, where a wrong gradient is as wrong.
struct GradientComparison: Sendable {
  private var compared = 0
  private var kinks = 0
  private var worst: (error: Double, path: String)?
  private var isCutShort = false
  private var isMoved = false
  private var isFrozen = false

  private static let (mostTensors, mostExamples, tolerance) = (24, 32, 0.1)

  /// Compares parameters of some blocks, or of all.
  init(_ copy: NetworkCopy, of blocks: Set<BlockID>?, within time: TrialTime)
    throws(EngineError)
  {
    self = try GradientComparison(at: copy, of: blocks, within: time)
    guard let worst, worst.error > Self.tolerance, !isCutShort else { return }
    let values = try copy.parameters()
    copy.set(values.moved(copy.request.network))
    let elsewhere = try GradientComparison(at: copy, of: blocks, within: time)
    copy.set(values)
    guard let other = elsewhere.worst, other.error <= Self.tolerance else { return }
    self = elsewhere
    isMoved = true
  }

  private init(at copy: NetworkCopy, of blocks: Set<BlockID>?, within time: TrialTime)
    throws(EngineError)
  {
    let request = copy.request
    let rows = copy.sample(min(request.recipe.batchSize, Self.mostExamples))
    let (_, gradients) = try copy.gradients(on: rows)
    let values = try copy.parameters()
    let known = request.network.parameters.filter { specification in
      gradients[specification.key] != nil && blocks?.contains(specification.key.block) != false
    }
    isFrozen = known.isEmpty
    let stride = max(1, (known.count + Self.mostTensors - 1) / Self.mostTensors)
    for place in Swift.stride(from: 0, to: known.count, by: stride) {
      if time.isUp {
        isCutShort = true
        return
      }
      let specification = known[place]
      guard let gradient = gradients[specification.key], let value = values[specification.key]
      else { continue }
      for direction in Self.directions(gradient) {
        let slope = Slope(copy, rows, specification.key, value)
        guard
          let error = try slope.error(
            along: direction, gradient, tolerance: Self.tolerance)
        else {
          kinks += 1
          continue
        }
        compared += 1
        if error > worst?.error ?? -1 { worst = (error, specification.path) }
      }
      copy.set(ParameterStore(specification.key, value))
    }
  }

  /// The direction of a gradient, of length 1, and that of its greatest value; nothing where it is 0.
  private static func directions(_ gradient: Tensor) -> [[Float]] {
    let square = gradient.values.reduce(0) { $0 + Double($1) * Double($1) }
    guard square > 0, square.isFinite,
      let greatest = gradient.values.indices.max(by: {
        abs(gradient.values[$0]) < abs(gradient.values[$1])
      })
    else { return [] }
    let norm = square.squareRoot()
    var one = [Float](repeating: 0, count: gradient.values.count)
    one[greatest] = 1
    let whole = gradient.values.map { Float(Double($0) / norm) }
    return gradient.values.count == 1 ? [one] : [whole, one]
  }

  /// Fine where no difference is beyond the tolerance.
  var result: CheckResult {
    let verdict: CheckResult.Verdict =
      worst.map { $0.error > Self.tolerance ? .wrong : .fine } ?? .open
    var text =
      worst.map {
        "\(Numbers.count(compared, "slope")) by finite differences: the worst is "
          + "\(Numbers.significant($0.error, digits: 2)) off, at \($0.path)"
      } ?? (isFrozen ? "nothing learns here" : "every gradient is 0 or beside a kink")
    if kinks > 0, worst != nil { text += "; \(kinks) beside kinks left out" }
    if isMoved { text += "; with weights moved a little, as values lie at a kink" }
    if isCutShort { text += "; time ran out" }
    return CheckResult(
      name: "gradients", verdict: verdict, text: text,
      figures: [
        "compared": .integer(compared), "left_out": .integer(kinks),
        "worst": .optional(worst?.error), "worst_path": .optional(worst?.path),
        "tolerance": .number(Self.tolerance),
      ])
  }
}

/// The slope of the loss along directions in one parameter.
private struct Slope {
  private let copy: NetworkCopy
  private let rows: [Int]
  private let key: ParameterKey
  private let value: Tensor

  init(_ copy: NetworkCopy, _ rows: [Int], _ key: ParameterKey, _ value: Tensor) {
    (self.copy, self.rows, self.key, self.value) = (copy, rows, key, value)
  }

  /// How much the loss changes by the longest step.
  private static let change = 0.004

  /// The relative difference of the slope that a gradient says and that of the loss, by the length of step that
  /// differs least; nothing beside a kink.
  func error(
    along direction: [Float], _ gradient: Tensor, tolerance: Double
  ) throws(EngineError) -> Double? {
    let said = zip(direction, gradient.values).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    guard said != 0, said.isFinite else { return nil }
    let length = min(max(Self.change / abs(said), 1e-4), 0.05)
    var slopes: [Double] = []
    var least = Double.infinity
    for part in [1.0, 0.25, 0.0625] {
      let found = try slope(direction, length * part)
      guard found.isFinite else { return nil }
      slopes.append(found)
      least = min(least, abs(found - said) / max(abs(said), abs(found)))
    }
    let (low, high) = (slopes.min() ?? 0, slopes.max() ?? 0)
    let disagrees = high - low > 0.1 * max(abs(low), abs(high))
    return least > tolerance && disagrees ? nil : least
  }

  private func slope(_ direction: [Float], _ length: Double) throws(EngineError) -> Double {
    let (above, below) = (try loss(direction, length), try loss(direction, -length))
    return (above - below) / (2 * length)
  }

  private func loss(_ direction: [Float], _ length: Double) throws(EngineError) -> Double {
    var moved = value
    for place in moved.values.indices { moved.values[place] += Float(length) * direction[place] }
    copy.set(ParameterStore(key, moved))
    return try copy.trainingLoss(on: rows).loss
  }
}

extension ParameterStore {
  /// All learnable values of a network moved by up to 0.05, each by another amount.
  fileprivate func moved(_ network: Network) -> ParameterStore {
    var store = ParameterStore()
    for specification in network.parameters where specification.isLearnable {
      guard var tensor = self[specification.key] else { continue }
      for place in tensor.values.indices {
        tensor.values[place] += 0.05 * sinf(Float(place) * 12.9898 + 1)
      }
      store[specification.key] = tensor
    }
    return store
  }

  /// A store of one tensor.
  fileprivate init(_ key: ParameterKey, _ tensor: Tensor) {
    self.init()
    self[key] = tensor
  }
}
