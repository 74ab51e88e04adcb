/// What a pickle holds: values, of which those that hold others are kept by number.
///
/// A value that occurs often, or within itself, is held once: what a pickle takes in memory stays in
/// proportion to its length, and nothing recurses.
struct PickleContents {
  /// A value, or the number of what it is.
  enum Value: Equatable {
    case number(Int)
    case text(String)

    /// A tuple or list.
    case sequence(Int, isList: Bool)
    case dictionary(Int)
    case storage(Int)
    case tensor(Int)
    case global(PickleGlobal)

    /// Of which nothing is needed: nothing at all, truth, fractions, bytes, sets, huge numbers.
    case irrelevant
  }

  /// A key with its value.
  struct Entry {
    let key: Value
    let value: Value
  }

  var sequences: [[Value]] = []
  var dictionaries: [[Entry]] = []
  var storages: [StorageReference] = []
  var tensors: [TensorReference] = []

  /// What all the rest belongs to.
  var root = Value.irrelevant
}

/// A storage as a pickle mentions it.
struct StorageReference: Equatable {
  /// The name of its member below `data/`.
  let key: String
  let type: ElementType

  /// Elements.
  let count: Int
}

/// A tensor as a pickle describes it: a view of a storage.
struct TensorReference: Equatable {
  let storage: StorageReference

  /// The place of its first element in the storage.
  let offset: Int

  /// Extents and distances in elements, as many of one as of the other, none negative.
  let shape: [Int]
  let strides: [Int]
}
