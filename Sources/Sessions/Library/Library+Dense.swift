extension Library {
  /// Networks whose layers read all that came before them.
  ///
  /// After Huang et al. 2017, with bottlenecks and compression (DenseNet-BC).
  static let dense = """
    # Adds growth channels by a 1-wide and a 3-wide convolution.
    def denselayer growth bottleneck=4 {
      parallel join=concat { identity } {
        bn
        relu
        conv $(bottleneck * growth) 1 bias=no
        bn
        relu
        conv $growth 3 bias=no
      }
    }

    # Halves the side and brings channels to a number.
    def transition channels {
      bn
      relu
      conv $channels 1 bias=no
      avgpool 2
    }

    # 121 layers for photographs.
    def densenet121 classes=1000 {
      conv 64 7 stride=2 pad=3 bias=no
      bn
      relu
      maxpool 3 stride=2 pad=1
      repeat 6 name=stage1 { denselayer 32 }
      transition 128
      repeat 12 name=stage2 { denselayer 32 }
      transition 256
      repeat 24 name=stage3 { denselayer 32 }
      transition 512
      repeat 16 name=stage4 { denselayer 32 }
      bn
      relu
      gap
      dense $classes
    }

    # A network of 6n + 4 layers for small images.
    def densenet_cifar n growth=12 classes=10 {
      conv $(2 * growth) 3 bias=no
      repeat $n name=stage1 { denselayer $growth }
      transition $(growth * (n + 2) // 2)
      repeat $n name=stage2 { denselayer $growth }
      transition $((growth * (n + 2) // 2 + growth * n) // 2)
      repeat $n name=stage3 { denselayer $growth }
      bn
      relu
      gap
      dense $classes
    }

    # 100 layers for small images.
    def densenet_bc_100_12 classes=10 { densenet_cifar 16 12 $classes }
    """
}
