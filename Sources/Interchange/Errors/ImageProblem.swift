/// Images that cannot be read, or folders of them that are no set.
package enum ImageProblem: Equatable, Sendable {
  /// The file starts as neither PNG nor JPEG does.
  case noImage

  /// What the library of a kind of images says of a file.
  case broken(kind: String, words: String)

  /// A JPEG in cyan, magenta, yellow and black.
  case cmyk

  /// An image that is too high or too wide, whatever its other side.
  case tooLongSide(limit: Int, height: Int, width: Int)
  case tooManyPixels(limit: Int, height: Int, width: Int)
  case tooManyBytes(limit: Int, found: Int)

  /// An image of another height and width than the first one, at `path`, of the set in `root`.
  case otherSize(expected: [Int], path: String, found: [Int], root: String)

  /// A folder without folders of classes.
  case noClasses

  /// A class without images.
  case noImages

  /// A folder to test on of a class that is not among those of the folder to train on, at `path`.
  case otherClass(path: String, classes: [String])
  case allBroken(count: Int)
}
