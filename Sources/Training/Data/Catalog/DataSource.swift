/// A set of data that the program brings along: what help, completion and `data` know of it.
package struct DataSource: Sendable {
  /// A setting, typed as `name=value`.
  package struct Setting: Equatable, Sendable {
    package let name: String

    /// The values that are allowed.
    package let bounds: Bounds

    /// What holds where it is not given, as it would be typed.
    package let preset: String
    package let summary: String

    /// How its value is written, such as `2…4`.
    package var form: String {
      switch bounds {
      case .whole(let range): "\(range.lowerBound)…\(range.upperBound)"
      case .seed: "WHOLE"
      case .words(let words): words.joined(separator: "|")
      case .real(let range):
        "\(Words.short(Float(range.lowerBound)))…\(Words.short(Float(range.upperBound)))"
      }
    }
  }

  /// Numbers that a setting may be.
  package enum Bounds: Equatable, Sendable {
    case whole(ClosedRange<Int>)
    case real(ClosedRange<Double>)

    /// Any natural number of 64 bits.
    case seed

    /// One of some words.
    case words([String])
  }

  package let name: String
  package let summary: String
  package let settings: [Setting]
  private let maker: @Sendable (DataSettings) throws(DataError) -> Dataset

  /// Describes a source.
  init(
    name: String, summary: String, settings: [Setting],
    maker: @escaping @Sendable (DataSettings) throws(DataError) -> Dataset
  ) {
    self.name = name
    self.summary = summary
    self.settings = settings
    self.maker = maker
  }

  /// Makes the set with settings as they were typed; the same settings give the same bits.
  package func make(_ settings: [String: String] = [:]) throws(DataError) -> Dataset {
    try maker(DataSettings(of: self, typed: settings))
  }

  /// All sources, in the order of the manual.
  package static let all: [DataSource] = [
    .digits, Waves.source, Spirals.source, Moons.source, Rings.source, XOR.source,
    Shapes.source, TextSource.source,
  ]

  /// The source of a name, or nothing.
  package static func named(_ name: String) -> DataSource? { all.first { $0.name == name } }

  private static let digits = DataSource(
    name: "digits", summary: "1,797 handwritten digits of 8×8 (UCI), the last 360 to test",
    settings: []
  ) { settings throws(DataError) in
    try DataError.checkMemory(Digits.bytes, for: settings.name)
    return Digits.dataset
  }
}
