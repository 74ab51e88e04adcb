import Interchange
import Training

/// Data and formats by name, for completion.
enum DataTable {
  static let candidates =
    DataSource.all.map { Completion.Candidate($0.name, note: $0.summary) }
    + FileFormat.all.map { Completion.Candidate($0.name, note: $0.summary) }
}
