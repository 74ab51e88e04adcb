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

    # Convolutions of three lengths and a maximum side by side, after a 1-wide one (Fawaz et al. 2020).
    def inception filters=32 kernel=40 {
      parallel join=concat {
        conv $filters 1 bias=no
        parallel join=concat { conv $filters $kernel bias=no } { conv $filters $(kernel // 2) bias=no } {
          conv $filters $(kernel // 4) bias=no
        }
      } {
        maxpool 3 stride=1 pad=same
        conv $filters 1 bias=no
      }
      bn
      relu
    }

    # The same for an input of one channel, which needs no 1-wide convolution.
    def inceptionstart filters=32 kernel=40 {
      parallel join=concat { conv $filters $kernel bias=no } { conv $filters $(kernel // 2) bias=no } {
        conv $filters $(kernel // 4) bias=no
      } {
        maxpool 3 stride=1 pad=same
        conv $filters 1 bias=no
      }
      bn
      relu
    }

    # Six inception modules in two residual blocks, for series of one channel; five such networks make
    # InceptionTime (Fawaz et al. 2020).
    def inceptiontime classes=2 filters=32 {
      residual act=relu {
        inceptionstart $filters
        repeat 2 { inception $filters }
      } {
        conv $(4 * filters) 1 bias=no
        bn
      }
      residual act=relu {
        repeat 3 { inception $filters }
      } {
        conv $(4 * filters) 1 bias=no
        bn
      }
      gap
      dense $classes
    }

    # Two causal convolutions with a dilation, added to the input (Bai, Kolter and Koltun 2018, without weight norm).
    def tcnblock channels kernel=3 dilation=1 dropout=0.2 {
      residual act=relu {
        conv $channels $kernel pad=causal dilation=$dilation
        relu
        dropout $dropout
        conv $channels $kernel pad=causal dilation=$dilation
        relu
        dropout $dropout
      }
    }

    # Causal blocks whose dilation doubles, and what the last position has seen (Bai, Kolter and Koltun 2018).
    def tcn classes=10 channels=25 levels=8 kernel=7 dropout=0.05 {
      for level in 1..$levels {
        tcnblock $channels $kernel dilation=$(2 ** (level - 1)) dropout=$dropout
      }
      last
      dense $classes
    }
    """
}
