extension Library {
  /// Networks that go down and up again, with skips between levels of the same size.
  static let uNet = """
    # Two 3x3 convolutions, each normalized, with ramps.
    def doubleconv channels {
      conv $channels 3 bias=no
      bn
      relu
      conv $channels 3 bias=no
      bn
      relu
    }

    # U-Net (Ronneberger, Fischer and Brox 2015) with padding and normalization, as most have it now: an output for each position.
    # The length, or height and width, must be divisible by two so many times as there are levels.
    def unet classes=2 width=64 levels=4 {
      for level in 1..$levels {
        doubleconv $(width * 2 ** (level - 1))
        tap level$level
        maxpool 2
      }
      doubleconv $(width * 2 ** levels)
      for step in 1..$levels {
        let level = levels - step + 1
        deconv $(width * 2 ** (level - 1)) 2 stride=2 pad=0
        join level$level concat
        doubleconv $(width * 2 ** (level - 1))
      }
      conv $classes 1
    }

    # A small one: series or images of few positions, on a laptop.
    def unet_small classes=1 width=16 { unet $classes width=$width levels=2 }
    """
}
