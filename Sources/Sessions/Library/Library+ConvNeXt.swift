extension Library {
  /// Convolutional networks with the design of transformers.
  ///
  /// After Liu et al. 2022, as torchvision has them.
  static let convNeXt = """
    # A 7-wide convolution of each channel by itself, layer normalization, and two 1-wide convolutions.
    def convnextblock channels drop=0 {
      residual {
        conv $channels 7 groups=$channels
        ln eps=1e-6
        conv $(4 * channels) 1
        gelu
        conv $channels 1
        layerscale
        droppath $drop
      }
    }

    # Halves the side and brings channels to a number.
    def convnextstep channels {
      ln eps=1e-6
      conv $channels 2 stride=2 pad=0
    }

    # Four stages of blocks after a convolution that cuts the image into patches.
    def convnext a b c d width=96 classes=1000 patch=4 drop=0 {
      conv $width $patch stride=$patch pad=0
      ln eps=1e-6
      repeat $a name=stage1 { convnextblock $width $drop }
      convnextstep $(2 * width)
      repeat $b name=stage2 { convnextblock $(2 * width) $drop }
      convnextstep $(4 * width)
      repeat $c name=stage3 { convnextblock $(4 * width) $drop }
      convnextstep $(8 * width)
      repeat $d name=stage4 { convnextblock $(8 * width) $drop }
      gap
      ln eps=1e-6
      dense $classes
    }

    # The smallest of the paper; its droppath rate is the mean of the paper's, which rises from block to block.
    def convnext_tiny classes=1000 { convnext 3 3 9 3 96 $classes drop=0.05 }

    # A small one for small images.
    def convnext_cifar classes=10 { convnext 2 2 4 2 32 $classes patch=2 }
    """
}
