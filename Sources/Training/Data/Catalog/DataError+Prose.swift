import Networks

extension DataError: CustomStringConvertible {
  /// `where: expected …, found …`.
  package var message: String {
    switch self {
    case .unknownSetting(let name, let source, let known):
      let expected =
        known.isEmpty
        ? "no settings" : "one of " + known.map { $0 + "=" }.joined(separator: " ")
      return "data \(source): expected \(expected), found '\(name)='"
    case .badValue(let source, let setting, let form, _, let found):
      return "data \(source): expected \(setting)=\(form), found '\(setting)=\(found)'"
    case .tooManyValues(let source, let limit):
      return "data \(source): expected at most \(Words.counted(limit)) values in all, found more"
    case .memory(let name, let needed, let available, _):
      return "\(name): expected \(ByteCount.text(needed)) of memory, "
        + "found \(ByteCount.text(available)) that can be had"
    case .shortText(let source, let length):
      return
        "data \(source): expected \(Words.counted(length)) characters and one more to train and to "
        + "test, found fewer"
    case .rows(let fault): return fault.message
    case .interrupted: return "stopped by Ctrl-C"
    case .splitFraction(let fraction):
      return "split: expected a share between 0 and 1, found \(fraction)"
    case .splitTooSmall(let fraction, let count):
      return "split: expected an example in each part, found "
        + "\(Words.counted(count, "example", "examples")) to deal with a share of \(fraction)"
    }
  }

  /// What may be typed instead.
  package var nextStep: String {
    switch self {
    case .unknownSetting: "help data"
    case .badValue(let source, let setting, _, let preset, _):
      "data \(source) \(setting)=\(preset)"
    case .tooManyValues(let source, _): "data \(source) count=1000"
    case .memory(let name, _, _, let count?): "data \(name) count=\(count) test=0"
    case .memory: "data"
    case .shortText(let source, _): "data \(source) length=64"
    case .rows(let fault): fault.nextStep
    case .interrupted: "data"
    case .splitFraction: "split 0.8"
    case .splitTooSmall(_, let count):
      count > 1 ? "split 0.5" : "data digits"
    }
  }

  /// The message, and the next step on a line of its own.
  package var description: String { "\(message)\n  next: \(nextStep)" }
}
