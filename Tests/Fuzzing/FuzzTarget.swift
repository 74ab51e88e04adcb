/// What is fed with bytes until it breaks.
///
/// A target ends the program where a law does not hold, which the fuzzer takes for a crash; refusals are as they
/// should be.
struct FuzzTarget: Sendable {
  let name: String
  let feed: @Sendable (UnsafeBufferPointer<UInt8>) -> Void

  static let all: [FuzzTarget] =
    [FuzzTarget(name: "language", feed: feedLanguage), FuzzTarget(name: "keys", feed: feedKeys)]
    + fileTargets

  /// The target of a name.
  static func named(_ name: String) -> FuzzTarget? { all.first { $0.name == name } }
}
