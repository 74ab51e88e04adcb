import Engine
import Interchange

extension PlanReading {
  /// All figures as a table, in the order of execution.
  var table: CSVText {
    var table = CSVText(head: [
      "path", "pass", "kernel", "layout", "threads", "median_us", "p99_us", "gflops", "bytes",
      "gbs", "share", "matrix_share", "memory_share", "bound",
    ])
    for row in rows {
      let line = row.line
      table.append([
        .text(line.path), .text(line.pass.rawValue), .text(line.kernel), .text(line.layout),
        .count(line.threads), .number(Self.rounded(line.times.median)),
        .number(Self.rounded(line.times.p99)),
        .number(line.operations > 0 ? row.operationRate / 1e9 : nil), .count(Int(line.bytes)),
        .number(row.byteRate / 1e9), .number(row.share), .number(row.matrixShare),
        .number(row.memoryShare), .text(row.bound.rawValue),
      ])
    }
    return table
  }

  /// All figures for programs, in the order of execution.
  var data: JSON {
    let steps = rows.map { row -> JSON in
      let line = row.line
      return [
        "path": .text(line.path), "pass": .text(line.pass.rawValue), "kernel": .text(line.kernel),
        "layout": .text(line.layout), "threads": .integer(line.threads),
        "median_us": .number(Self.rounded(line.times.median)),
        "p99_us": .number(Self.rounded(line.times.p99)),
        "gflops": .optional(line.operations > 0 ? row.operationRate / 1e9 : nil),
        "bytes": .integer(Int(line.bytes)), "gbs": .number(row.byteRate / 1e9),
        "share": .number(row.share), "matrix_share": .number(row.matrixShare),
        "memory_share": .number(row.memoryShare), "bound": .text(row.bound.rawValue),
      ]
    }
    let passes = StepTimes.Pass.allCases.compactMap { pass -> JSON? in
      let own = total(pass)
      if pass == .recompute, own.seconds == 0 { return nil }
      return [
        "pass": .text(pass.rawValue), "us": .number(Self.rounded(own.seconds)),
        "share": .number(own.share),
      ]
    }
    let whole = times.whole
    return [
      "network": .text(network), "path": .optional(path), "examples": .integer(times.batch),
      "inputs": .text(inputs), "threads": .integer(times.threads),
      "precision": .text(times.precision.rawValue), "timed": .integer(times.count),
      "instructions": .text(InstructionChoice.text),
      "peak_gflops": .number(peak.operations / 1e9), "peak_gbs": .number(peak.bandwidth / 1e9),
      "peak_bytes": .integer(peak.footprint),
      "whole_step": [
        "median_us": .number(Self.rounded(whole.median)),
        "p99_us": .number(Self.rounded(whole.p99)), "least_us": .number(Self.rounded(whole.least)),
        "most_us": .number(Self.rounded(whole.most)),
      ],
      "passes": .array(passes), "steps": .array(steps),
    ]
  }

  /// Microseconds, to the nanosecond.
  private static func rounded(_ seconds: Double) -> Double { (seconds * 1e9).rounded() / 1e3 }
}
