/// One press as the terminal reported it: what it means, and the bytes it was.
package struct KeyPress: Hashable, Sendable {
  package let key: Key

  /// Exactly what was read, so that nothing typed can be lost on the way to the line editor.
  package let bytes: [UInt8]

  /// A key and its bytes.
  package init(_ key: Key, _ bytes: [UInt8]) {
    self.key = key
    self.bytes = bytes
  }
}

/// The meaning of a press: a code and the modifiers held.
package struct Key: Hashable, Sendable {
  /// Which key it is, whatever is held with it.
  package enum Code: Hashable, Sendable {
    case character(Unicode.Scalar)
    case up, down, left, right
    case home, end, pageUp, pageDown, insert, delete
    case function(Int)
    case enter, tab, backspace, escape

    /// Text pasted in one piece, without the terminal's marks around it.
    case paste([UInt8])

    /// The wheel or a button, at a cell counted from zero.
    case mouse(Mouse, Point)

    /// A byte or sequence without a meaning here.
    case unknown
  }

  /// What the mouse did.
  package enum Mouse: Hashable, Sendable {
    case wheelUp
    case wheelDown
    case press(Int)
    case release(Int)
    case motion
  }

  /// Keys held together with another.
  package struct Modifiers: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    /// From the raw bits, in the order terminals report them.
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let shift = Modifiers(rawValue: 1)
    package static let meta = Modifiers(rawValue: 2)
    package static let control = Modifiers(rawValue: 4)
  }

  package var code: Code
  package var modifiers: Modifiers

  /// A code, with modifiers or without.
  package init(_ code: Code, _ modifiers: Modifiers = []) {
    self.code = code
    self.modifiers = modifiers
  }

  /// The control key of a lower-case letter.
  package static func control(_ letter: Unicode.Scalar) -> Key {
    Key(.character(letter), .control)
  }
}
