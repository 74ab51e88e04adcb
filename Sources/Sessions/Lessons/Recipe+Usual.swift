import Training

extension Recipe {
  /// Sets everything back to what it is at first, but for the threads.
  mutating func becomeUsual() {
    let threads = threads
    self = Recipe()
    self.threads = threads
  }
}
