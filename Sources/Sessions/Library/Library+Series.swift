extension Library {
  /// Networks for time series (Wang, Yan and Oates 2017).
  static let series = """
    # Three convolutions, 8, 5 and 3 wide, and a projected shortcut.
    def wangblock channels {
      residual act=relu {
        conv $channels 8
        bn
        relu
        conv $channels 5
        bn
        relu
        conv $channels 3
        bn
      } {
        conv $channels 1
        bn
      }
    }

    # The residual network; its last shortcut is normalized without a projection.
    def wang classes=2 width=64 {
      wangblock $width
      wangblock $(2 * width)
      residual act=relu {
        conv $(2 * width) 8
        bn
        relu
        conv $(2 * width) 5
        bn
        relu
        conv $(2 * width) 3
        bn
      } {
        bn
      }
      gap
      dense $classes
    }

    # The fully convolutional network.
    def wang_fcn classes=2 {
      cnn 128 8
      cnn 256 5
      cnn 128 3
      gap
      dense $classes
    }
    """
}
