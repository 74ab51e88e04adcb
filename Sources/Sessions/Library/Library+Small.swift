extension Library {
  /// Small networks to begin with.
  static let small = """
    # Dense layers with ramps: two hidden ones of so many units.
    def mlp classes=10 hidden=64 layers=2 {
      repeat $layers { dense $hidden; relu }
      dense $classes
    }

    # The convolutional network of LeCun et al. 1998, with ramps and max pooling.
    def lenet classes=10 {
      conv 6 5
      relu
      maxpool 2
      conv 16 5 pad=0
      relu
      maxpool 2
      dense 120
      relu
      dense 84
      relu
      dense $classes
    }
    """
}
