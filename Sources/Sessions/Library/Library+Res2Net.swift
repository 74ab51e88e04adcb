extension Library {
  /// Residual networks whose 3-wide convolutions take a quarter of the channels each, one after another.
  ///
  /// After Gao et al. 2021: of 4 quarters the first three are convolved, the second and third together with what
  /// came of the one before.
  static let res2Net = """
    # A 3-wide convolution of some channels.
    def quarterconv width stride=1 {
      conv $width 3 stride=$stride bias=no
      bn
      relu
    }

    # Quarters of so many channels in a row: each is added to what the one before came to.
    def quarters width {
      conv $(4 * width) 1 bias=no
      bn
      relu
      parallel { slice 0:$width; quarterconv $width } { slice $width: }
      parallel { slice 0:$width } {
        parallel join=add { slice 0:$width } { slice $width:$(2 * width) }
        quarterconv $width
      } { slice $(2 * width): }
      parallel { slice 0:$(2 * width) } {
        parallel join=add { slice $width:$(2 * width) } { slice $(2 * width):$(3 * width) }
        quarterconv $width
      } { slice $(3 * width): }
    }

    # Quarters side by side, as a stage begins.
    def quarterstart width stride=1 {
      conv $(4 * width) 1 bias=no
      bn
      relu
      parallel { slice 0:$width; quarterconv $width stride=$stride } {
        slice $width:$(2 * width)
        quarterconv $width stride=$stride
      } { slice $(2 * width):$(3 * width); quarterconv $width stride=$stride } {
        slice $(3 * width):
        avgpool 3 stride=$stride pad=1
      }
    }

    def res2block width channels {
      residual act=relu {
        quarters $width
        conv $channels 1 bias=no
        bn
      }
    }

    def res2start width channels stride=1 {
      residual act=relu shortcut=B {
        quarterstart $width $stride
        conv $channels 1 bias=no
        bn
      }
    }

    # Res2Net-50 of 26 channels and 4 quarters.
    def res2net50 classes=1000 {
      conv 64 7 stride=2 bias=no
      bn
      relu
      maxpool 3 stride=2 pad=1
      seq name=stage1 { res2start 26 256; repeat 2 { res2block 26 256 } }
      seq name=stage2 { res2start 52 512 stride=2; repeat 3 { res2block 52 512 } }
      seq name=stage3 { res2start 104 1024 stride=2; repeat 5 { res2block 104 1024 } }
      seq name=stage4 { res2start 208 2048 stride=2; repeat 2 { res2block 208 2048 } }
      gap
      dense $classes
    }
    """
}
