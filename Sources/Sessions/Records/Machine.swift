import Interchange

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where the program runs, and when.
enum Machine {
  /// Its name and how many processors it has of which kind: `lab3, 2 × Intel Xeon`.
  static let name: String = {
    var system = utsname()
    guard uname(&system) == 0 else { return "" }
    let node = withUnsafeBytes(of: system.nodename) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    let count = sysconf(Int32(_SC_NPROCESSORS_ONLN))
    return "\(node), \(count) × \(processor ?? "processor")"
  }()

  /// The processor's model, as Linux tells it.
  private static var processor: String? {
    let text = try? WholeFile.text(at: "/proc/cpuinfo")
    let line = text?.split(separator: "\n").first { $0.hasPrefix("model name") }
    return line?.split(separator: ":").last.map { $0.drop { $0 == " " } }.map(String.init)
  }

  /// The processor's model with its numbers, by which one tells processors that are called alike.
  static let processorModel: String = {
    let text = (try? WholeFile.text(at: "/proc/cpuinfo")) ?? ""
    func value(_ name: String) -> String? {
      let line = text.split(separator: "\n").first {
        $0.split(separator: ":").first?.trimmed == name
      }
      return line?.split(separator: ":", maxSplits: 1).last?.trimmed
    }
    let numbers = ["cpu family", "model", "stepping"].compactMap(value)
    return ([processor ?? "processor"] + numbers).joined(separator: " ")
  }()

  /// Seconds since 1970.
  static var time: Double {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
  }

  /// The folder that relative paths start from.
  static var folder: String {
    guard let path = getcwd(nil, 0) else { return "" }
    defer { free(path) }
    return String(cString: path)
  }

  /// A time where the machine is: `2026-11-29 14:03`.
  static func text(ofTime seconds: Double) -> String {
    guard var time = time_t(exactly: seconds.rounded(.down)) else { return "" }
    var parts = tm()
    guard localtime_r(&time, &parts) != nil else { return "" }
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday)) "
      + "\(two(parts.tm_hour)):\(two(parts.tm_min))"
  }
}

extension Substring {
  /// The text without blanks around it.
  fileprivate var trimmed: String {
    let isBlank = { (character: Character) in character == " " || character == "\t" }
    let start = drop(while: isBlank)
    return String(start.reversed().drop(while: isBlank).reversed())
  }
}
