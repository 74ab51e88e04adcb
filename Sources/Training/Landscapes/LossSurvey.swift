import Engine
import Networks

/// Where the loss is measured around a network's weights.
package struct LossSurvey: Sendable {
  /// A place in directions: how far in each of them, 0 for the weights themselves.
  package typealias Place = [Double]

  /// One direction or two.
  package var directions: Int

  /// Decides the directions.
  package var seed: UInt64

  /// In the order in which they are measured.
  package var places: [Place]

  /// Places in so many directions.
  package init(directions: Int, seed: UInt64, places: [Place]) {
    (self.directions, self.seed, self.places) = (directions, seed, places)
  }
}

/// A network's weights, directions from them, and a model that is moved along.
///
/// The model is none that learns: weights, averages and statistics of the network stay as they are.
final class SurveyedModel {
  private let model: Model
  private let weights: ParameterStore
  private let directions: [FilterDirection]

  /// The cosine of the angle between the first two directions.
  var cosine: Double? {
    directions.count > 1 ? directions[0].cosine(to: directions[1]) : nil
  }

  /// A model with the weights by which another one evaluates, its moving average if it keeps one.
  ///
  /// - Throws: `EngineError` where memory is short, or an interruption.
  init(_ original: Model, _ survey: LossSurvey) throws(EngineError) {
    weights = try original.withAverage { () throws(EngineError) in
      try original.copiedParameters()
    }
    model = try Model(
      network: original.network, parameters: weights, loss: original.loss, seed: original.seed,
      threads: original.threads, precision: original.precision, choices: original.choices)
    var directions: [FilterDirection] = []
    for number in 0..<survey.directions {
      directions.append(
        try FilterDirection(
          of: original.network, at: weights, seed: survey.seed, number: number))
    }
    self.directions = directions
  }

  /// The loss on examples at a place; nothing where there are no examples or it was stopped.
  ///
  /// - Throws: `EngineError` where network and examples do not agree.
  func loss(at place: LossSurvey.Place, on examples: Examples, isStopped: () -> Bool)
    throws(EngineError) -> Double?
  {
    model.set(moved(to: place))
    return try Evaluation(model, on: examples, isStopped: isStopped)?.loss
  }

  /// The weights that move, where they are at a place.
  private func moved(to place: LossSurvey.Place) -> ParameterStore {
    var result = ParameterStore()
    guard let keys = directions.first?.keys else { return result }
    for key in keys {
      guard var tensor = weights[key] else { continue }
      for (distance, direction) in zip(place, directions) where distance != 0 {
        guard let step = direction.steps[key]?.values else { continue }
        let distance = Float(distance)
        for index in tensor.values.indices { tensor.values[index] += distance * step[index] }
      }
      result[key] = tensor
    }
    return result
  }
}

extension Trainer {
  /// Measures the loss on examples, in evaluation mode, at places around a network's weights; one that is being
  /// trained goes on between two places, and the weights are those of the beginning.
  ///
  /// - Parameter each: Takes the loss at a place, by its index; false ends the survey.
  /// - Returns: The weights, with those that had to be drawn, and the cosine of two directions.
  /// - Throws: `EngineError` where network and examples do not agree, or before the first place is measured.
  package func survey(
    _ request: RunRequest, _ survey: LossSurvey, on examples: Examples,
    each: (Int, Double) -> Bool
  ) throws -> (LearnedState, cosine: Double?) {
    let (learned, cosine) = try perform { workbench in
      let model = try workbench.model(for: request)
      let surveyed = try SurveyedModel(model, survey)
      workbench.surveyed = surveyed
      return (try workbench.drawn(by: model, for: request), surveyed.cosine)
    }
    defer { post { $0.surveyed = nil } }
    for (index, place) in survey.places.enumerated() {
      var loss: Double?
      do {
        loss = try perform { [board] workbench in
          try workbench.surveyed?.loss(at: place, on: examples) { board.isInterrupted }
        }
      } catch EngineError.interrupted {}
      guard let loss else {
        if index == 0 { throw EngineError.interrupted }
        break
      }
      if !each(index, loss) { break }
    }
    return (learned, cosine)
  }
}
