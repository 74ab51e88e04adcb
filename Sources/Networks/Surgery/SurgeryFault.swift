/// Why a network cannot be deepened or widened without changing its function.
package enum SurgeryFault: Error, Hashable, Sendable {
  case edit(EditError)

  /// Neither a convolution nor a dense layer.
  case notWeighted(path: String, kind: Kind)

  /// As many channels or units as there are now, or fewer.
  case notWider(path: String, now: Int, asked: Int)

  /// An activation argument that an identity after it would need too, and which applied twice is another
  /// function.
  case repeatedActivation(path: String, Activation)

  /// A convolution whose groups fix which channels it reads or makes.
  case groups(path: String, groups: Int)

  /// An activation over all channels.
  case softmax(path: String)

  /// A layer whose outputs depend on all channels, or on their places.
  case mixing(path: String, kind: Kind)

  /// Channels of one branch that are added to, or multiplied with, those of others.
  case join(path: String, kind: Kind)

  /// Channels that a shared body passes on to its next pass, which would be given others than the first.
  case passes(path: String)

  /// A normalization in a shared body, whose passes have other statistics each.
  case statistics(path: String)

  /// Zero channels behind the others, at places of their own.
  case subsample(path: String)

  /// The network's output.
  case output(width: Int)

  /// A layer that follows from the shapes would become another one.
  case derived(path: String)
}
