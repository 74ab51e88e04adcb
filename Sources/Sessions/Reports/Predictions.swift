import Interchange
import Networks
import Training

/// Outputs beside what they should be.
struct Predictions: Sendable {
  /// `[count, output…]`.
  let outputs: Tensor
  let targets: Examples.Targets

  /// The classes that outputs stand for, where they are known.
  let classNames: [String]?

  /// What examples are called; by their numbers where there are no names.
  var names: [String] = []

  /// Values that one example puts out.
  let width: Int

  /// The positions at each of which an output stands for a class; none where there is one for the example.
  var positions: [Int] = []

  /// Whether the classes are the characters of a text.
  var isText = false

  private static let mostShown = 10

  /// What a line of the table on the screen may take in memory; 900 were measured for two outputs.
  static let bytesPerLine = 2000

  private func values(at index: Int) -> ArraySlice<Float> {
    outputs.values[index * width..<(index + 1) * width]
  }

  /// The class of the largest output, or of the sign of the only one; nothing where outputs are no classes.
  private func prediction(at index: Int) -> Int? {
    guard let names = classNames, positions.isEmpty else { return nil }
    let row = values(at: index)
    if row.count == 1 { return names.count == 2 && row[row.startIndex] > 0 ? 1 : 0 }
    return row.indices.max { row[$0] < row[$1] }.map { $0 - row.startIndex }
  }

  /// The classes that are predicted at the positions of an example, where there is one at each.
  private func map(at index: Int) -> PositionClasses? {
    guard let names = classNames, !positions.isEmpty else { return nil }
    return PositionClasses(
      outputs: values(at: index), extents: positions, names: names, isText: isText)
  }

  private func predictedName(at index: Int) -> String? {
    prediction(at: index).map { Self.name($0, among: classNames ?? []) }
  }

  private static func name(_ index: Int, among names: [String]) -> String {
    index < names.count ? names[index] : "\(index)"
  }

  /// What a value takes in memory as JSON: 16 for itself, and up to 15 characters in a text that grows and is copied.
  static let bytesPerValue = 100

  /// The outputs for programs, with prediction and target where there are classes, or target numbers.
  var data: JSON {
    .array(
      (0..<outputs.shape[0]).map { index in
        var members: [JSON.Member] = [.init("example", .integer(index))]
        if index < names.count { members.append(.init("file", .text(names[index]))) }
        if let predicted = predictedName(at: index) {
          members.append(.init("predicted", .text(predicted)))
        }
        if let map = map(at: index) { members.append(.init("predicted", map.data)) }
        switch targets {
        case .classes(let labels, let names):
          members.append(.init("target", .text(names[Int(labels[index])])))
        case .maps(let maps):
          members.append(.init("target", PositionClasses(maps, example: index).data))
        case .values(let values):
          let own = index * targetWidth..<(index + 1) * targetWidth
          members.append(.init("target", .singles(values.values[own])))
        case .none: break
        }
        members.append(.init("outputs", .singles(values(at: index))))
        return .object(members)
      })
  }

  /// A table of the first outputs of each example.
  func lines(_ glyphs: Glyphs) -> [StyledText] {
    var table = TextTable([
      ("example", names.isEmpty ? .trailing : .leading), ("predicted", .leading),
      ("target", .leading), ("outputs", .leading),
    ])
    for index in 0..<outputs.shape[0] {
      let predicted = predictedName(at: index) ?? map(at: index)?.short(glyphs) ?? ""
      var target = StyledText()
      switch targets {
      case .classes(let labels, let names):
        let label = Int(labels[index])
        target = StyledText(
          BriefText.of(names[label]), names[label] == predicted ? .good : .bad)
      case .maps(let maps):
        let own = PositionClasses(maps, example: index)
        let isRight = map(at: index)?.agreement(with: own) == own.labels.count
        target = StyledText(own.short(glyphs), isRight ? .good : .bad)
      case .values(let values):
        let own = index * targetWidth..<(index + 1) * targetWidth
        target = StyledText(Self.shown(values.values[own]))
      case .none: break
      }
      let more = width > Self.mostShown ? " …" : ""
      table.append([
        StyledText(index < names.count ? names[index] : "\(index)"),
        StyledText(BriefText.of(predicted)), target,
        StyledText(Self.shown(values(at: index)) + more, .dim),
      ])
    }
    return table.lines
  }

  private static func shown(_ values: ArraySlice<Float>) -> String {
    values.prefix(mostShown).map { Numbers.significant(Double($0), digits: 3) }
      .joined(separator: " ")
  }

  /// Writes example, prediction and target where there are classes, target numbers, and all outputs, which are
  /// named after their classes.
  ///
  /// Throws where the file cannot be written, or the user asks for an end.
  func writeCSV(to path: String) throws(FileError) {
    try AtomicFile.write(to: path) { writer throws(FileError) in
      var table = CSVText()
      func add(_ field: CSVText.Field) throws(FileError) {
        table.add(field)
        if let piece = table.take(atLeast: Self.piece) { try writer.write(Array(piece.utf8)) }
      }
      try head { field throws(FileError) in try add(field) }
      table.endRecord()
      for index in 0..<outputs.shape[0] {
        try record(index) { field throws(FileError) in try add(field) }
        table.endRecord()
      }
      if let rest = table.take() { try writer.write(Array(rest.utf8)) }
    }
  }

  /// Bytes of a table that are held until they are written.
  private static let piece = 1 << 16

  private func head(_ add: (CSVText.Field) throws(FileError) -> Void) throws(FileError) {
    try add(.text("example"))
    let places = positions.reduce(1, *)
    if classNames != nil { try columns("predicted", places, add) }
    switch targets {
    case .classes: try add(.text("target"))
    case .maps(let maps): try columns("target", maps.positions, add)
    case .values: try columns("target", targetWidth, add)
    case .none: break
    }
    let names = classNames ?? []
    for index in 0..<width {
      let name =
        positions.isEmpty && width == names.count
        ? "output \(names[index])" : width == 1 ? "output" : "output\(index + 1)"
      try add(.text(name))
    }
  }

  /// Adds a name, with numbers from 1 where there are several.
  private func columns(
    _ name: String, _ count: Int, _ add: (CSVText.Field) throws(FileError) -> Void
  ) throws(FileError) {
    for index in 0..<count { try add(.text(count == 1 ? name : "\(name)\(index + 1)")) }
  }

  private func record(
    _ index: Int, _ add: (CSVText.Field) throws(FileError) -> Void
  ) throws(FileError) {
    try add(index < names.count ? .text(names[index]) : .count(index))
    if let predicted = predictedName(at: index) { try add(.text(predicted)) }
    if let map = map(at: index) {
      for position in map.labels.indices { try add(.text(map.name(at: position))) }
    }
    switch targets {
    case .classes(let labels, let names): try add(.text(names[Int(labels[index])]))
    case .maps(let maps):
      for label in maps[index] { try add(.text(maps.names[Int(label)])) }
    case .values(let values):
      for value in values.values[index * targetWidth..<(index + 1) * targetWidth] {
        try add(.number(Double(value)))
      }
    case .none: break
    }
    for value in values(at: index) { try add(.number(Double(value))) }
  }

  /// Numbers that one example has as its target.
  private var targetWidth: Int {
    guard case .values(let values) = targets else { return 0 }
    return values.count / max(1, values.shape[0])
  }
}
