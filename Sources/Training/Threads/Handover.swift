/// One value handed from one thread to another that waits for it.
final class Handover<Value: Sendable>: Sendable {
  private let value = Monitor<Value?>(nil)

  /// Hands a value over.
  func give(_ value: Value) { self.value.change { $0 = value } }

  /// Waits for the value.
  func take() -> Value { value.wait { $0 } }
}
