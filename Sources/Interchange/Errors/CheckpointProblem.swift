/// A PyTorch checkpoint that breaks its format, or that holds more than tensors and plain values.
package enum CheckpointProblem: Error, Equatable, Sendable {
  // The archive

  /// The file starts with other bytes than archives do.
  case notAnArchive
  case legacy
  case torchScript

  /// An archive without the pickle that lists its tensors.
  case noPickle
  case bigEndian
  case pickleTooLong(size: Int, limit: Int)

  case pickle(PickleProblem)

  // Its tensors

  case noTensors
  case cycle(String)
  case tooDeep(String, limit: Int)

  /// More values are reached than the pickle has bytes: the same ones over and over.
  case tooManyValues(limit: Int)
  case tooManyTensors(limit: Int)
  case nameTooLong(String, limit: Int)

  /// A tensor kept under a key that is neither a text nor a whole number.
  case unnamed(String)
  case duplicateName(String)
  case noStorage(tensor: String, key: String)

  /// The storage takes `found` bytes where the pickle says `expected`.
  case storageSize(tensor: String, expected: Int, found: Int)

  /// The tensor's last element lies beyond its storage of so many elements.
  case outsideStorage(tensor: String, shape: [Int], strides: [Int], offset: Int, count: Int)
  case shapeTooLarge(tensor: String, shape: [Int])
}
