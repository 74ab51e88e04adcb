/// What becomes of channels that enter a layer.
enum ChannelFlow {
  /// They leave as they came.
  case passes

  /// They leave as they came, and each has values of the layer's parameters.
  case passesWithParameters

  /// They leave as features, those of each channel together.
  case flattens

  /// They end here: the weight `[outputs, inputs…]` reads them, as they are or flattened.
  case ends(flattened: Bool)

  /// They end here: the weight `[inputs, outputs…]` reads them.
  case endsTransposed

  /// The layer cannot be given others.
  case refuses(SurgeryFault)
}
