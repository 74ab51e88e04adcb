import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Hands out a token and knows whether anybody still holds it.
final class Witness {
  /// What others hold.
  final class Token: Sendable {}

  private(set) weak var weakToken: Token?
  private var first: Token? = Token()

  init() { weakToken = first }

  /// The token, given away once.
  var token: Token {
    defer { first = nil }
    return first ?? Token()
  }

  /// Waits until nobody holds the token.
  func waitUntilFreed() { Self.wait { weakToken == nil } }

  /// Waits until something holds; that it does not within half a minute is an issue.
  static func wait(until holds: () -> Bool) {
    for _ in 0..<30_000 where !holds() { usleep(1000) }
    #expect(holds())
  }
}
