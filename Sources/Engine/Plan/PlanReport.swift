/// What a plan does, step by step, with times: for people who look under the hood.
package struct PlanReport: Sendable {
  /// One instruction.
  package struct Line: Sendable {
    /// Such as `convolution brgconv:avx512_core` or `bn add relu`.
    package let kernel: String
    package let path: String
    package let threads: Int

    /// The least of several runs.
    package let duration: Duration
  }

  package let lines: [Line]

  /// Threads the plan uses.
  package let threads: Int

  /// Bytes of activations, gradients and scratch, and of parameters with their optimizer state.
  package let arenaBytes: Int
  package let parameterBytes: Int
}
