import Engine
import Networks

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A text that a network shall go on with, character by character.
package struct WritingTask: Sendable {
  /// The numbers of the characters to begin with, one at least.
  package var start: [Int32]

  /// How many characters there are to choose among; outputs beyond stand for none.
  package var characters: Int

  /// How many characters are to be written.
  package var count: Int

  /// What scores are divided by before the softmax; 0 takes the greatest.
  package var temperature: Double
  package var seed: UInt64

  /// A task for a network that takes windows of characters.
  package init(start: [Int32], among characters: Int, count: Int, temperature: Double, seed: UInt64)
  {
    self.start = start
    self.characters = characters
    self.count = count
    self.temperature = temperature
    self.seed = seed
  }
}

/// What a network has written.
package struct WrittenText: Sendable {
  /// The characters behind the start, fewer than were asked for where it was stopped or scores were no numbers.
  package var numbers: [Int32] = []
  package var isStopped = false
  package var isUndefined = false

  /// Whether outputs change with characters behind their position, so that what is to be predicted can be seen.
  package var seesAhead = false
}

extension Trainer {
  /// Has a network `[1, length]` → `[characters, length]` write: the next character is drawn from the softmax of the scores
  /// at the last one, and the window moves on.
  ///
  /// A text that is shorter than the window stands at its beginning, with zeros behind.
  ///
  /// - Throws: `EngineError` where memory is short; an end that the user asks for is told by the result.
  package func write(_ request: RunRequest, _ task: WritingTask) throws -> (
    WrittenText, LearnedState
  ) {
    try perform { workbench in
      let model = try workbench.model(for: request)
      let written = try model.withAverage { () throws(EngineError) in try model.written(task) }
      return (written, try workbench.drawn(by: model, for: request))
    }
  }
}

extension Model {
  fileprivate func written(_ task: WritingTask) throws(EngineError) -> WrittenText {
    var result = WrittenText()
    var generator = SeededGenerator(seed: task.seed)
    var text = task.start
    do throws(EngineError) {
      result.seesAhead = try seesAhead(task.start)
      for _ in 0..<task.count {
        guard let next = try next(behind: text, task, &generator) else {
          result.isUndefined = true
          break
        }
        text.append(next)
        result.numbers.append(next)
      }
    } catch {
      if error != .interrupted { throw error }
      result.isStopped = true
    }
    return result
  }

  /// A character drawn from the scores behind a text; nothing where one is no number.
  private func next(
    behind text: [Int32], _ task: WritingTask, _ generator: inout SeededGenerator
  ) throws(EngineError) -> Int32? {
    let temperature = task.temperature
    let length = network.input.count
    let window = text.suffix(length)
    let outputs = try predict(Self.inputs([window], length: length))
    let scores = (0..<min(network.output.channels, task.characters)).map {
      Double(outputs.values[$0 * length + window.count - 1])
    }
    guard !scores.contains(where: \.isNaN), let greatest = scores.max(), greatest.isFinite else {
      return nil
    }
    // One number is drawn for each character, so that texts of one seed can be compared.
    var share = generator.unit()
    guard temperature > 0 else { return scores.firstIndex(of: greatest).map { Int32($0) } }
    let weights = scores.map { exp(($0 - greatest) / temperature) }
    share *= weights.reduce(0, +)
    for (index, weight) in weights.enumerated() {
      share -= weight
      if share < 0 { return Int32(index) }
    }
    return weights.lastIndex { $0 > 0 }.map { Int32($0) }
  }

  /// Whether outputs before the last position differ where the last character does.
  private func seesAhead(_ start: [Int32]) throws(EngineError) -> Bool {
    let (length, channels) = (network.input.count, network.output.channels)
    guard length > 1, channels > 1 else { return false }
    let window = (0..<length).map { start[$0 % start.count] }
    let other = window.dropLast() + [window[length - 1] == 0 ? 1 : 0]
    let outputs = try predict(Self.inputs([window[...], other], length: length)).values
    let size = channels * length
    return (0..<size).contains { index in
      if index % length == length - 1 { return false }
      let (first, second) = (outputs[index], outputs[size + index])
      return abs(first - second) > 1e-4 * (1 + abs(first))
    }
  }

  /// Windows of so many numbers, with zeros behind those that are shorter.
  private static func inputs(_ windows: [ArraySlice<Int32>], length: Int) -> Tensor {
    let values = windows.flatMap { window in
      window.map { Float($0) } + Array(repeating: 0, count: length - window.count)
    }
    return Tensor(shape: [windows.count, 1, length], values: values)
  }
}
