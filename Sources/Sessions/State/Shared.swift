/// A value by reference, which the copies of what holds it have in common.
final class Shared<Value: Sendable>: Sendable {
  let value: Value

  /// Puts a value into memory of its own.
  init(_ value: Value) { self.value = value }
}
