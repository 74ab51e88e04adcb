import Engine
import Interchange
import Networks
import Training

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The plane of two inputs with the class that a network gives each place, and examples on top.
package struct DecisionSurface: Sendable {
  typealias Cell = SurfacePicture.Cell

  /// The part of the plane that is shown, in cells of one size.
  package struct Plane: Hashable, Sendable {
    let across: ClosedRange<Double>
    let up: ClosedRange<Double>
    package let columns: Int
    package let rows: Int

    /// The middle of a column and of a row, the lowest row first.
    func middle(_ column: Int, _ row: Int) -> (x: Double, y: Double) {
      (
        across.lowerBound
          + (Double(column) + 0.5) / Double(columns) * (across.upperBound - across.lowerBound),
        up.lowerBound + (Double(row) + 0.5) / Double(rows) * (up.upperBound - up.lowerBound)
      )
    }

    /// The cell that a point lies in.
    func cell(_ x: Double, _ y: Double) -> (column: Int, row: Int)? {
      let place = { (value: Double, range: ClosedRange<Double>, count: Int) -> Int? in
        let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
        guard share.isFinite, share >= 0, share <= 1 else { return nil }
        return min(Int(share * Double(count)), count - 1)
      }
      guard let column = place(x, across, columns), let row = place(y, up, rows) else { return nil }
      return (column, row)
    }

    /// The middles of all cells as inputs `[columns · rows, …]`, row by row from the lowest.
    func inputs(shape: Shape) -> Tensor {
      var tensor = Tensor(shape: [columns * rows] + shape.extents)
      for row in 0..<rows {
        for column in 0..<columns {
          let (x, y) = middle(column, row)
          tensor.values[2 * (row * columns + column)] = Float(x)
          tensor.values[2 * (row * columns + column) + 1] = Float(y)
        }
      }
      return tensor
    }
  }

  /// An example at its place, with its class and the one that it is given.
  struct Point: Hashable, Sendable {
    let x: Double
    let y: Double
    let label: Int
    var predicted: Int?
  }

  let network: String
  let names: [String]
  let plane: Plane

  /// Rows from the lowest; nothing where the outputs are no numbers.
  let cells: [[Cell?]]
  let points: [Point]

  /// A surface from the outputs for the middles of all cells.
  init(
    network: String, names: [String], plane: Plane, outputs: Tensor, points: [Point]
  ) {
    (self.network, self.names, self.plane, self.points) = (network, names, plane, points)
    let width = outputs.count / max(1, plane.columns * plane.rows)
    cells = (0..<plane.rows).map { row in
      (0..<plane.columns).map { column in
        let first = (row * plane.columns + column) * width
        return Self.cell(outputs.values[first..<first + width])
      }
    }
  }

  /// The class of some outputs and how sure it is: 0 where all are alike, 1 where there is no doubt; nothing where
  /// one is no number.
  static func cell(_ outputs: ArraySlice<Float>) -> Cell? {
    guard let first = outputs.first, outputs.allSatisfy({ !$0.isNaN }) else { return nil }
    if outputs.count == 1 {
      let probability = 1 / (1 + exp(-Double(first)))
      return Cell(label: first > 0 ? 1 : 0, certainty: abs(2 * probability - 1))
    }
    guard let best = outputs.indices.max(by: { outputs[$0] < outputs[$1] }) else { return nil }
    let sum = outputs.reduce(0) { $0 + exp(Double($1) - Double(outputs[best])) }
    let (share, even) = (1 / sum, 1 / Double(outputs.count))
    return Cell(
      label: best - outputs.startIndex,
      certainty: share.isNaN ? 1 : max(0, (share - even) / (1 - even)))
  }

  /// The part of the plane that some inputs `[count, 2]` lie in, with a margin; that round zero where none is a number.
  static func ranges(of inputs: Tensor) -> (
    across: ClosedRange<Double>, up: ClosedRange<Double>
  ) {
    func range(_ offset: Int) -> ClosedRange<Double> {
      var (least, greatest) = (Double.infinity, -Double.infinity)
      for index in stride(from: offset, to: inputs.count, by: 2) {
        let value = Double(inputs.values[index])
        guard value.isFinite else { continue }
        (least, greatest) = (min(least, value), max(greatest, value))
      }
      guard least <= greatest else { return -1...1 }
      let margin = max((greatest - least) * 0.08, abs(greatest) * 1e-3, 1e-6)
      return (least - margin)...(greatest + margin)
    }
    return (range(0), range(1))
  }

  /// The examples that are given their class.
  var right: Int { points.count { $0.predicted == $0.label } }

  func name(_ label: Int) -> String { ClassNames.name(label, among: names) }
}

/// The surface for programs, as a table and as a picture.
extension DecisionSurface {
  var data: JSON {
    let middles = { (count: Int, place: (Int) -> Double) in
      JSON.array((0..<count).map { .number(place($0)) })
    }
    return [
      "network": .text(network), "classes": .texts(names),
      "input1": middles(plane.columns) { plane.middle($0, 0).x },
      "input2": middles(plane.rows) { plane.middle(0, $0).y },
      "predicted": .array(cells.map { row in .array(row.map { .optional($0?.label) }) }),
      "certainty": .array(
        cells.map { row in
          .array(row.map { .optional($0.map { ($0.certainty * 1e4).rounded() / 1e4 }) })
        }),
      "points": .array(
        points.map { point in
          [
            "input1": .number(point.x), "input2": .number(point.y), "class": .integer(point.label),
            "predicted": .optional(point.predicted),
          ]
        }),
    ]
  }

  /// A line for each cell.
  var table: CSVText {
    var table = CSVText(head: ["input1", "input2", "predicted", "certainty"])
    for (row, line) in cells.enumerated() {
      for (column, cell) in line.enumerated() {
        let (x, y) = plane.middle(column, row)
        table.append([
          .number(x), .number(y), .text(cell.map { name($0.label) } ?? ""),
          .number(cell?.certainty),
        ])
      }
    }
    return table
  }

  /// How many examples are given their class.
  var summary: StyledText {
    var line = StyledText(network, .emphasis)
    let all = Numbers.count(points.count, "train example")
    line.append("  \(Numbers.grouped(right)) of \(all) right")
    return line
  }

  var picture: SurfacePicture {
    SurfacePicture(
      title: "decision surface of \(network)", note: summary.text, names: names,
      across: plane.across, up: plane.up, cells: cells,
      points: points.map {
        SurfacePicture.Point(
          x: $0.x, y: $0.y, label: $0.label, isRight: $0.predicted == $0.label)
      })
  }
}
