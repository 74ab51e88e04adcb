#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Numbers that Linux tells in small files.
enum SystemFigures {
  /// The line `MemAvailable` of /proc/meminfo, in bytes.
  static var availableByKernel: Int? {
    let (bytes, overflows) = (number("MemAvailable:", in: "/proc/meminfo") ?? .max)
      .multipliedReportingOverflow(by: 1024)
    return overflows ? nil : bytes
  }

  /// The number on the first line that begins so; nothing where there is none.
  static func number(_ start: String, in path: String) -> Int? {
    for line in lines(of: path) where line.hasPrefix(start) {
      return Int(line.dropFirst(start.count).drop { $0 == " " }.prefix { $0.isNumber })
    }
    return nil
  }

  /// The lines of a small file, long ones cut; none where it cannot be read.
  static func lines(of path: String) -> [String] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var lines: [String] = []
    var line = [CChar](repeating: 0, count: 4096)
    while lines.count < 1000, fgets(&line, Int32(line.count), file) != nil {
      let bytes = line.prefix { $0 != 0 && $0 != 10 }.map { UInt8(bitPattern: $0) }
      lines.append(String(decoding: bytes, as: UTF8.self))
    }
    return lines
  }
}
