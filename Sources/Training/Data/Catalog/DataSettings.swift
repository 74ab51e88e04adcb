/// The settings of a source, checked: those typed, and the presets of the others.
struct DataSettings {
  private let source: DataSource
  private let typed: [String: String]

  /// Checks that each typed setting is known and within its bounds.
  init(of source: DataSource, typed: [String: String]) throws(DataError) {
    self.source = source
    self.typed = typed
    for name in typed.keys.sorted() {
      guard let setting = source.settings.first(where: { $0.name == name }) else {
        throw .unknownSetting(name, source: source.name, known: source.settings.map(\.name))
      }
      guard Self.isAllowed(typed[name] ?? "", setting.bounds) else {
        throw .badValue(
          source: source.name, setting: name, form: setting.form, preset: setting.preset,
          found: typed[name] ?? "")
      }
    }
  }

  /// The name of the source.
  var name: String { source.name }

  /// A setting with whole numbers for values.
  func whole(_ name: String) -> Int { Int(text(name)) ?? 0 }

  /// A setting with real numbers for values.
  func real(_ name: String) -> Double { Double(text(name)) ?? 0 }

  /// A setting with words for values.
  func word(_ name: String) -> String { text(name) }

  /// The generator of a part: training and testing have streams of their own, so that the number of
  /// examples in one does not change the other.
  func generator(test: Bool) -> SeededGenerator {
    SeededGenerator(seed: UInt64(text("seed")) ?? 0, stream: test ? 2 : 1)
  }

  private func text(_ name: String) -> String {
    typed[name] ?? source.settings.first { $0.name == name }?.preset ?? ""
  }

  private static func isAllowed(_ text: String, _ bounds: DataSource.Bounds) -> Bool {
    switch bounds {
    case .whole(let range): Int(text).map(range.contains) ?? false
    case .real(let range): Double(text).map(range.contains) ?? false
    case .seed: UInt64(text) != nil
    case .words(let words): words.contains(text)
    }
  }
}
