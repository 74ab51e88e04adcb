import Networks

/// How many threads a plan is worth, and into how many pieces they share its steps.
enum ThreadChoice {
  /// Multiply-adds of a whole run below which one thread is used: small plans must not wait for a second.
  static let threshold = 300_000_000

  /// More pieces than threads, so that one that is held up holds up little.
  static let piecesPerThread = 4

  /// As many as asked for, or one.
  static func threads(for network: Network, options: PlanOptions) -> Int {
    let passes = options.mode == .training ? 3 : 1
    let (work, overflows) = network.multiplyAdds.multipliedReportingOverflow(
      by: options.batch * passes)
    return overflows || work >= threshold ? max(options.threads, 1) : 1
  }
}
