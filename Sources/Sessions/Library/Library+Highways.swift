extension Library {
  /// Highway networks.
  ///
  /// After Srivastava, Greff and Schmidhuber 2015; the convolutional one as the authors' own code has it.
  static let highways = """
    # A highway whose gate is a convolution as wide as that of its transform.
    def highwaylayer channels kernel=3 bias=-2 {
      parallel join=highway { conv $channels $kernel act=relu } {
        conv $channels $kernel bias=$bias act=sigmoid
      }
    }

    # 19 layers in three stages, of which 14 are highways.
    def highway19 classes=10 dropout=0.2 {
      dropout $dropout
      conv 32 3 act=relu
      repeat 4 name=stage1 { highwaylayer 32 }
      maxpool 2
      dropout $dropout
      conv 80 3 act=relu
      repeat 5 name=stage2 { highwaylayer 80 }
      maxpool 2
      dropout $dropout
      conv 128 3 act=relu
      repeat 5 name=stage3 { highwaylayer 128 }
      conv 100 1 act=relu
      gap
      dropout $dropout
      dense $classes
    }

    # Dense layers, of which all between the first and the last are highways.
    def highway_mlp classes=10 units=50 layers=9 {
      dense $units act=relu
      repeat $layers { highway { dense $units act=relu } }
      dense $classes
    }
    """
}
