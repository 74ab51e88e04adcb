/// Tensors of a file under names of which what all begin with may have been left off.
struct NamedArrays {
  /// A tensor and its name.
  struct Named {
    let name: String
    let array: StoredArray
  }

  let named: [Named]

  /// What was left off.
  let prefix: String

  /// Words that programs put before all names: those of PyTorch that run a model on several devices or compile
  /// it, and of models that are made of others.
  private static let wrappers = ["module.", "model.", "backbone.", "_orig_mod."]

  /// Tensors under their own names.
  init(_ arrays: [StoredArray]) {
    named = arrays.map { Named(name: $0.name, array: $0) }
    prefix = ""
  }

  private init(_ arrays: [StoredArray], without prefix: String) {
    named = arrays.map { Named(name: String($0.name.dropFirst(prefix.count)), array: $0) }
    self.prefix = prefix
  }

  /// Tensors without `module.` and the like, where all names begin with it.
  static func withoutWrappers(_ arrays: [StoredArray]) -> NamedArrays {
    var prefix = ""
    while let wrapper = wrappers.first(where: { wrapper in
      !arrays.isEmpty && arrays.allSatisfy { $0.name.hasPrefix(prefix + wrapper) }
    }) { prefix += wrapper }
    return NamedArrays(arrays, without: prefix)
  }

  /// Tensors without a first word with `_`, such as `resnetv10_`, where all names begin with the same one.
  static func withoutFirstWord(_ arrays: [StoredArray]) -> NamedArrays {
    guard let first = arrays.first?.name, let end = first.firstIndex(of: "_") else {
      return NamedArrays(arrays)
    }
    let word = String(first[...end])
    return arrays.allSatisfy { $0.name.hasPrefix(word) }
      ? NamedArrays(arrays, without: word) : NamedArrays(arrays)
  }
}
