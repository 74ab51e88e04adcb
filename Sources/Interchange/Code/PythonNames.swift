/// Names as Python takes them.
enum PythonNames {
  /// What the code itself calls by these names, and what Python keeps for itself.
  static let reserved: Set<String> = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in",
    "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with",
    "yield", "self", "x", "layers", "index", "inputs", "in_channels", "total_stride",
    "blocks", "nn", "torch", "mx", "F", "keras", "input_shape", "jax", "jnp", "nnx", "rngs",
    "partial",
    "range", "super", "float", "print",
  ]

  /// A parameter's name, with `_` behind it where it would be taken for something else.
  static func parameter(_ name: String) -> String {
    let plain = identifier(name)
    return reserved.contains(plain) ? plain + "_" : plain
  }

  /// A class name: `basicblock` is `BasicBlock`, `RES_CNN1D` stays as it is.
  static func className(_ name: String) -> String {
    let plain = identifier(name)
    if plain.hasCapital { return reserved.contains(plain) ? plain + "_" : plain }
    let parts = plain.split(separator: "_").map { part -> String in
      for suffix in ["block", "step", "layer", "net"]
      where part.hasSuffix(suffix) && part.count > suffix.count {
        return capitalised(part.dropLast(suffix.count)) + capitalised(suffix[...])
      }
      return capitalised(part)
    }
    let result = parts.joined()
    return result.isEmpty || result.first?.isNumber == true ? "Net" + result : result
  }

  private static func capitalised(_ text: Substring) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }

  /// ASCII letters, digits and `_` only, not beginning with a digit.
  static func identifier(_ name: String) -> String {
    let plain = String(
      name.unicodeScalars.map { scalar -> Character in
        let isPlain =
          scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
        return isPlain ? Character(scalar) : "_"
      })
    return plain.first.map { $0.isNumber } ?? true ? "_" + plain : plain
  }
}
