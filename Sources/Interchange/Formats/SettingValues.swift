import Networks

/// Settings as they were typed, turned into values.
struct SettingValues {
  let path: String
  let settings: [FileFormat.Setting]
  let values: [String: String]

  /// Which values stay in files.
  var storage = RowStorage()

  /// The text of a setting, or nothing where it was not given.
  subscript(name: String) -> String? { values[name] }

  /// One of a few words.
  func choice<Value>(
    _ name: String, _ choices: [String: Value]
  ) throws(FileError) -> Value? {
    guard let text = values[name] else { return nil }
    guard let value = choices[text] else { throw mistake(name, text) }
    return value
  }

  /// Words between commas, at least one.
  func words(_ name: String) throws(FileError) -> [String]? {
    guard let text = values[name] else { return nil }
    let words = text.split(separator: ",", omittingEmptySubsequences: false).map {
      String($0.drop { $0 == " " })
    }
    guard !words.contains("") else { throw mistake(name, text) }
    return words
  }

  /// Throws where a setting is given that another one makes pointless.
  func refuse(_ name: String, beside other: String) throws(FileError) {
    guard values[name] != nil else { return }
    throw FileError(path: path, problem: .option(.pointless(name: name, other: other)))
  }

  /// A finite number.
  func number(_ name: String) throws(FileError) -> Float? {
    guard var text = values[name] else { return nil }
    guard let value = text.withUTF8({ Numbers.parse($0) }), Float(value).isFinite else {
      throw mistake(name, text)
    }
    return Float(value)
  }

  /// A whole number within bounds.
  func whole(_ name: String, in bounds: ClosedRange<Int>) throws(FileError) -> Int? {
    guard let text = values[name] else { return nil }
    guard let value = Int(text), bounds.contains(value) else { throw mistake(name, text) }
    return value
  }

  /// A real number within bounds.
  func real(_ name: String, in bounds: ClosedRange<Double>) throws(FileError) -> Double? {
    guard let text = values[name] else { return nil }
    guard let value = Double(text), bounds.contains(value) else { throw mistake(name, text) }
    return value
  }

  /// Labels: `10` for 0 to 9, or `1..4`; at most as many as classes are told apart.
  func labels(_ name: String) throws(FileError) -> ClosedRange<Int>? {
    guard let text = values[name] else { return nil }
    let ends = text.split(separator: "..", omittingEmptySubsequences: false).map { Int($0) }
    switch (ends.count, ends[0], ends[ends.count - 1]) {
    case (1, let count?, _) where (1...ClassLabels.limit).contains(count):
      return 0...count - 1
    case (2, let first?, let last?) where first <= last:
      let (distance, overflow) = last.subtractingReportingOverflow(first)
      if !overflow && distance < ClassLabels.limit { return first...last }
    default: break
    }
    throw mistake(name, text)
  }

  /// Height and width such as `32x48`, or one number for both.
  func size(_ name: String) throws(FileError) -> (height: Int, width: Int)? {
    guard let text = values[name] else { return nil }
    let sides = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard (1...2).contains(sides.count), let height = sides[0], let width = sides[sides.count - 1],
      (1...4096).contains(height), (1...4096).contains(width)
    else { throw mistake(name, text) }
    return (height, width)
  }

  /// A shape such as `1x8x8`.
  func shape(_ name: String) throws(FileError) -> Shape? {
    guard let text = values[name] else { return nil }
    let parts = text.split(separator: "x", omittingEmptySubsequences: false)
    var extents: [Int] = []
    var count = 1
    for part in parts {
      guard let extent = Int(part), extent > 0 else { throw mistake(name, text) }
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      guard !overflow else { throw mistake(name, text) }
      count = product
      extents.append(extent)
    }
    guard (1...Shape.maximumRank).contains(extents.count) else { throw mistake(name, text) }
    return Shape(extents)
  }

  private func mistake(_ name: String, _ found: String) -> FileError {
    let form = settings.first { $0.name == name }?.form ?? ""
    return FileError(
      path: path, problem: .option(.badValue(name: name, form: form, found: found)))
  }
}
