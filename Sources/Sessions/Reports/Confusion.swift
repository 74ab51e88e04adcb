import Interchange
import Training

/// Which classes a network takes for which, on a part of the data.
struct Confusion: Sendable {
  let network: String
  let part: DataPart
  let matrix: ConfusionMatrix

  /// The names of the data's classes.
  let names: [String]

  /// What is counted: examples, or positions where there is a class at each.
  let unit: String

  /// The classes that are shown: those of the data, and further ones that are predicted.
  let classes: [Int]

  init(
    network: String, part: DataPart, matrix: ConfusionMatrix, names: [String],
    unit: String = "example"
  ) {
    self.unit = unit
    self.network = network
    self.part = part
    self.matrix = matrix
    self.names = names
    classes = (0..<matrix.classes).filter { $0 < names.count || matrix.predicted($0) > 0 }
  }

  /// The name of a class.
  func name(_ label: Int) -> String { ClassNames.name(label, among: names) }

  /// Examples that are predicted to be of no class.
  var undecided: Int { classes.reduce(0) { $0 + matrix.undecided($1) } }

  /// The counts for programs, a row for each class and a column for each prediction.
  var data: JSON {
    [
      "network": .text(network), "part": .text(part.rawValue),
      "examples": .integer(matrix.total), "correct": .integer(matrix.correct),
      "undecided": .integer(undecided), "classes": .texts(classes.map(name)),
      "counts": .array(
        classes.map { label in .integers(classes.map { matrix[label, $0] }) }),
    ]
  }

  /// The counts as a table, whose first column is the class.
  var table: CSVText {
    let undecided = undecided > 0
    var table = CSVText(
      head: ["class"] + classes.map(name) + (undecided ? ["undecided"] : []))
    for label in classes {
      table.append(
        [.text(name(label))] + classes.map { .count(matrix[label, $0]) }
          + (undecided ? [.count(matrix.undecided(label))] : []))
    }
    return table
  }

  /// The counts as a picture.
  var picture: MatrixPicture {
    MatrixPicture(
      title: "\(network) on \(part.rawValue)",
      note: "\(Numbers.grouped(matrix.correct)) of \(Numbers.count(matrix.total, unit)) right",
      names: classes.map(name),
      counts: classes.map { label in classes.map { matrix[label, $0] } })
  }
}
