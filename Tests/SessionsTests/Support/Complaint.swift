/// A refusal taken apart: what is wrong, what is noted, and what can be typed.
struct Complaint: Equatable {
  var message = ""
  var notes: [String] = []
  var offers: [String] = []
}

extension Complaint {
  /// The first refusal of an answer.
  init(_ text: String) {
    for line in text.split(separator: "\n").map(String.init) {
      if message.isEmpty, let range = line.firstRange(of: "]: "), line.contains("error[E-") {
        message = String(line[range.upperBound...])
      }
      if let range = line.firstRange(of: "  note: ") {
        notes.append(String(line[range.upperBound...]))
      }
      if let range = line.firstRange(of: "  try: ") {
        offers.append(String(line[range.upperBound...]))
      }
    }
  }
}
