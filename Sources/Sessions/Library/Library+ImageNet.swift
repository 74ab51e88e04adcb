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
    """
}
