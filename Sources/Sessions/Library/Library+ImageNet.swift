extension Library {
  /// Residual networks for photographs; strides as in torchvision.
  ///
  /// After He et al. 2015, table 1.
  static let imageNet = """
    # Four stages of basic blocks after a wide first convolution.
    def resnet_basic a b c d classes=1000 {
      conv 64 7 stride=2 pad=3 bias=no
      bn
      relu
      maxpool 3 stride=2 pad=1
      repeat $a name=stage1 { basicblock 64 }
      seq name=stage2 { basicblock 128 stride=2; repeat $(b - 1) { basicblock 128 } }
      seq name=stage3 { basicblock 256 stride=2; repeat $(c - 1) { basicblock 256 } }
      seq name=stage4 { basicblock 512 stride=2; repeat $(d - 1) { basicblock 512 } }
      gap
      dense $classes
    }

    # Four stages of bottlenecks after a wide first convolution.
    def resnet_bottleneck a b c d classes=1000 {
      conv 64 7 stride=2 pad=3 bias=no
      bn
      relu
      maxpool 3 stride=2 pad=1
      seq name=stage1 { bottleneck 64; repeat $(a - 1) { bottleneck 64 } }
      seq name=stage2 { bottleneck 128 stride=2; repeat $(b - 1) { bottleneck 128 } }
      seq name=stage3 { bottleneck 256 stride=2; repeat $(c - 1) { bottleneck 256 } }
      seq name=stage4 { bottleneck 512 stride=2; repeat $(d - 1) { bottleneck 512 } }
      gap
      dense $classes
    }

    # Four stages of bottlenecks of some width inside, which doubles from stage to stage.
    def resnet_wide a b c d classes=1000 inner=128 groups=1 {
      conv 64 7 stride=2 pad=3 bias=no
      bn
      relu
      maxpool 3 stride=2 pad=1
      repeat $a name=stage1 { widebottleneck $inner 256 groups=$groups }
      seq name=stage2 {
        widebottleneck $(2 * inner) 512 stride=2 groups=$groups
        repeat $(b - 1) { widebottleneck $(2 * inner) 512 groups=$groups }
      }
      seq name=stage3 {
        widebottleneck $(4 * inner) 1024 stride=2 groups=$groups
        repeat $(c - 1) { widebottleneck $(4 * inner) 1024 groups=$groups }
      }
      seq name=stage4 {
        widebottleneck $(8 * inner) 2048 stride=2 groups=$groups
        repeat $(d - 1) { widebottleneck $(8 * inner) 2048 groups=$groups }
      }
      gap
      dense $classes
    }

    # 18 layers.
    def resnet18 classes=1000 { resnet_basic 2 2 2 2 $classes }

    # 34 layers.
    def resnet34 classes=1000 { resnet_basic 3 4 6 3 $classes }

    # 50 layers.
    def resnet50 classes=1000 { resnet_bottleneck 3 4 6 3 $classes }

    # 101 layers.
    def resnet101 classes=1000 { resnet_bottleneck 3 4 23 3 $classes }

    # 152 layers.
    def resnet152 classes=1000 { resnet_bottleneck 3 8 36 3 $classes }

    # 50 layers, 3-wide convolutions of 32 groups of 4 channels (Xie et al. 2017).
    def resnext50_32x4d classes=1000 { resnet_wide 3 4 6 3 $classes inner=128 groups=32 }

    # 101 layers, 32 groups of 8 channels (Xie et al. 2017).
    def resnext101_32x8d classes=1000 { resnet_wide 3 4 23 3 $classes inner=256 groups=32 }

    # 50 layers, twice as wide inside (Zagoruyko and Komodakis 2016).
    def wide_resnet50_2 classes=1000 { resnet_wide 3 4 6 3 $classes }

    # 101 layers, twice as wide inside (Zagoruyko and Komodakis 2016).
    def wide_resnet101_2 classes=1000 { resnet_wide 3 4 23 3 $classes }

    # 50 layers with channels weighed in each block (Hu et al. 2018).
    def seresnet50 classes=1000 {
      conv 64 7 stride=2 pad=3 bias=no
      bn
      relu
      maxpool 3 stride=2 pad=1
      repeat 3 name=stage1 { sebottleneck 64 }
      seq name=stage2 { sebottleneck 128 stride=2; repeat 3 { sebottleneck 128 } }
      seq name=stage3 { sebottleneck 256 stride=2; repeat 5 { sebottleneck 256 } }
      seq name=stage4 { sebottleneck 512 stride=2; repeat 2 { sebottleneck 512 } }
      gap
      dense $classes
    }

    # 50 layers, three convolutions to begin with, means in the shortcuts (He et al. 2019, ResNet-D).
    def resnet50d classes=1000 {
      cnn 32 3 stride=2 bias=no
      cnn 32 3 bias=no
      cnn 64 3 bias=no
      maxpool 3 stride=2 pad=1
      repeat 3 name=stage1 { bottleneck 64 }
      seq name=stage2 { pooledbottleneck 128; repeat 3 { bottleneck 128 } }
      seq name=stage3 { pooledbottleneck 256; repeat 5 { bottleneck 256 } }
      seq name=stage4 { pooledbottleneck 512; repeat 2 { bottleneck 512 } }
      gap
      dense $classes
    }
    """
}
