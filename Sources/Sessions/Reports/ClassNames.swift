/// How classes are called.
enum ClassNames {
  /// The name of a class, or its number where outputs are more than classes.
  static func name(_ index: Int, among names: [String]) -> String {
    names.indices.contains(index) ? names[index] : "\(index)"
  }
}
