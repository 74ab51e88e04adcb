extension RunBoard {
  /// What is asked of a run before its next step.
  struct Orders {
    let stops: Bool

    /// Other learning rates, once.
    let rates: RatePlan?
  }
}
