import Interchange
import Training

/// Data and formats by name, for completion.
enum DataTable {
  static let candidates =
    DataSource.all.map { Completion.Candidate($0.name, note: $0.summary) }
    + FileFormat.all.filter { DataSource.named($0.name) == nil }
    .map { Completion.Candidate($0.name, note: $0.summary) }

  /// The keys of data or of a format, told by the first word behind `data`, without those that are given.
  static func keys(of word: String, given: [String]) -> [Completion.Candidate] {
    let built = DataSource.named(word)?.settings.map { (name: $0.name, note: $0.summary) } ?? []
    let read = format(of: word)?.settings.map { (name: $0.name, note: $0.summary) } ?? []
    let more = read.filter { key in !built.contains { $0.name == key.name } }
    return (built + more).filter { !given.contains($0.name) }
      .map { Completion.Candidate($0.name + "=", note: $0.note, isWhole: false) }
  }

  /// The words that a key of data or of a format takes, where it takes only some.
  static func values(of key: String, _ word: String) -> [String] {
    let setting = DataSource.named(word)?.settings.first { $0.name == key }
    if case .words(let words)? = setting?.bounds { return words }
    let form = format(of: word)?.settings.first { $0.name == key }?.form ?? ""
    return form.split(separator: "|").map(String.init).filter { word in
      word.utf8.allSatisfy { ($0 | 0x20) == $0 && $0 != 0x27 && $0 > 0x2F }
    }
  }

  private static func format(of word: String) -> FileFormat? {
    FileFormat.named(word) ?? FileFormat.told(by: word)
  }
}
