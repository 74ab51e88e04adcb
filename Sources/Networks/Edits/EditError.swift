/// Why an edit is refused; the network stays as it was.
package enum EditError: Error, Hashable, Sendable {
  case path(PathFault)
  case shape(ShapeError)

  /// A key or value does not suit the block at a path.
  case argument(ArgumentFault, path: String)

  /// A name that is taken among the siblings of the block at a path, which may be still to come.
  case nameTaken(name: String, path: String)

  /// A text that cannot be a name.
  case invalidName(String)

  /// The body, shortcut or a branch of a block, which has a fixed place.
  case fixedPart(path: String)

  /// A checkpoint of a part with a fixed place, which has no keys of its own, and the block around it.
  case checkpointOfPart(path: String, container: String)

  /// A block that cannot be free on its own: the container around it is frozen.
  case frozenWith(path: String, container: String)

  /// Unwrapping what has no children to put in its place.
  case nothingInside(path: String)

  /// Unwrapping parallel branches, which have no order to be put in.
  case branches(path: String, count: Int)

  /// Nothing to wrap: there is no block after the last residual or parallel one.
  case nothingToWrap

  /// `last=` counts more blocks than there are.
  case tooFew(asked: Int, found: Int)

  /// A kind that does not wrap blocks.
  case notAContainer(Kind)
}
