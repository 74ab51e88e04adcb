import Interchange

/// The loss around the weights of one network, along one random direction or two.
struct Landscape: Sendable {
  let network: String

  /// The places along each direction, from the least; the middle one is 0, the network itself.
  let places: [Double]
  let directions: Int
  let seed: UInt64

  /// The training examples that are measured, and all there are.
  let examples: Int
  let allExamples: Int

  /// The cosine of the angle between two directions.
  var cosine: Double?

  /// One row along one direction, else a row for each place of the second; nothing where none was measured.
  private(set) var losses: [[Double?]]

  /// A landscape of which nothing is measured yet.
  init(
    network: String, places: [Double], directions: Int, seed: UInt64, examples: Int,
    allExamples: Int
  ) {
    (self.network, self.places, self.directions) = (network, places, directions)
    (self.seed, self.examples, self.allExamples) = (seed, examples, allExamples)
    losses = Array(
      repeating: Array(repeating: nil, count: places.count),
      count: directions > 1 ? places.count : 1)
  }

  /// Places from the middle outwards, so that what was measured of a part lies around the network.
  var order: [(row: Int, column: Int)] {
    let middle = places.count / 2
    let outwards = places.indices.sorted { (abs($0 - middle), $0) < (abs($1 - middle), $1) }
    if directions == 1 { return outwards.map { (0, $0) } }
    return outwards.flatMap { row in places.indices.map { (row, $0) } }
      .sorted { self.distance($0) < self.distance($1) }
  }

  /// The ring around the middle that a place lies on.
  private func distance(_ place: (row: Int, column: Int)) -> Int {
    let middle = places.count / 2
    return max(abs(place.row - middle), abs(place.column - middle))
  }

  /// How far along each direction a place is.
  func distances(_ place: (row: Int, column: Int)) -> [Double] {
    directions == 1 ? [places[place.column]] : [places[place.column], places[place.row]]
  }

  mutating func set(_ loss: Double, at place: (row: Int, column: Int)) {
    losses[place.row][place.column] = loss
  }

  /// The losses that were measured.
  var known: [Double] { losses.joined().compactMap(\.self) }

  /// How many losses there are to measure.
  var count: Int { losses.count * places.count }

  /// The loss of the network itself.
  var centre: Double? { losses[losses.count / 2][places.count / 2] }

  /// `plain20  loss 0.1021 in the middle, 0.1021 to 4.31 around it`.
  var summary: StyledText {
    let known = known.filter(\.isFinite)
    var line = StyledText(network, .emphasis)
    line.append("  loss \(centre.map(Numbers.loss) ?? "none") in the middle")
    if let least = known.min(), let greatest = known.max() {
      line.append(", \(Numbers.loss(least)) to \(Numbers.loss(greatest)) around it")
    }
    if let cosine {
      line.append("  cosine of the directions \(Numbers.fixed(cosine, decimals: 3))", .dim)
    }
    return line
  }

  /// On what it was measured: `all 1,437 train examples`.
  var examplesText: String {
    examples == allExamples
      ? "all \(Numbers.count(allExamples, "train example"))"
      : "\(Numbers.grouped(examples)) of \(Numbers.count(allExamples, "train example"))"
  }

  /// The losses for programs.
  var data: JSON {
    [
      "network": .text(network), "directions": .integer(directions), "seed": .integer(Int(seed)),
      "examples": .integer(examples), "centre": .optional(centre), "cosine": .optional(cosine),
      "places": .array(places.map { .number($0) }),
      "losses": directions == 1
        ? Self.array(losses.first ?? []) : .array(losses.map(Self.array)),
    ]
  }

  private static func array(_ losses: [Double?]) -> JSON { .array(losses.map { .optional($0) }) }

  /// The landscape as a picture shows it.
  var picture: LandscapePicture.Landscape {
    LandscapePicture.Landscape(name: network, places: places, losses: losses)
  }
}

/// Landscapes of several networks on one scale.
struct LandscapeReport: Sendable {
  let landscapes: [Landscape]

  /// Why it ended before all places were measured.
  let ending: String?

  /// The scale of all losses.
  var scale: LossScale { LossScale(landscapes.flatMap(\.known)) }

  private var directions: Int { landscapes.first?.directions ?? 1 }

  /// How it was measured, in a line.
  var method: String {
    let direction = directions == 1 ? "a random direction" : "two random directions"
    let examples = landscapes.first?.examplesText ?? ""
    return "along \(direction), filter-normalised, seed \(landscapes.first?.seed ?? 0); "
      + "\(examples), in evaluation mode"
  }

  /// The losses as a table, a line for each place.
  var table: CSVText {
    let isMap = directions > 1
    var table = CSVText(
      head: ["network"] + (isMap ? ["direction1", "direction2"] : ["distance"]) + ["loss"])
    for landscape in landscapes {
      for (row, losses) in landscape.losses.enumerated() {
        for (column, loss) in losses.enumerated() {
          guard let loss else { continue }
          table.append(
            [.text(landscape.network)]
              + landscape.distances((row, column)).map { .number($0) } + [.number(loss)])
        }
      }
    }
    return table
  }

  /// The picture for a slide.
  var picture: LandscapePicture {
    let names = landscapes.map(\.network).joined(separator: ", ")
    return LandscapePicture(
      title: "loss landscape of \(names)", note: method,
      landscapes: landscapes.map(\.picture), text: { Numbers.significant($0, digits: 3) })
  }

  /// The losses for programs.
  var data: JSON {
    [
      "mode": "evaluation", "ending": .optional(ending),
      "networks": .array(landscapes.map(\.data)),
    ]
  }
}
