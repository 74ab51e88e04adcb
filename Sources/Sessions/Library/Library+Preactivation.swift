extension Library {
  /// Residual networks for small images in pre-activation order.
  ///
  /// After He et al. 2016 and Zagoruyko and Komodakis 2016.
  static let preactivation = """
    # The first block of a stage: normalization and ramp come before body and shortcut (He et al. 2016).
    def preactstart channels stride=1 {
      bn
      relu
      residual {
        conv $channels 3 stride=$stride bias=no
        bn
        relu
        conv $channels 3 bias=no
      } {
        conv $channels 1 stride=$stride bias=no
      }
    }

    # Normalization and ramp before each of three convolutions (He et al. 2016).
    def preactbottleneck channels stride=1 expansion=4 shortcut=auto {
      residual shortcut=$shortcut {
        bn
        relu
        conv $channels 1 bias=no
        bn
        relu
        conv $channels 3 stride=$stride bias=no
        bn
        relu
        conv $(channels * expansion) 1 bias=no
      }
    }

    # The first bottleneck of a stage: normalization and ramp come before body and shortcut (He et al. 2016).
    def preactbottleneckstart channels stride=1 expansion=4 {
      bn
      relu
      residual {
        conv $channels 1 bias=no
        bn
        relu
        conv $channels 3 stride=$stride bias=no
        bn
        relu
        conv $(channels * expansion) 1 bias=no
      } {
        conv $(channels * expansion) 1 stride=$stride bias=no
      }
    }

    # A network of 6n + 2 layers in pre-activation order.
    def preresnet_basic n classes=10 {
      conv 16 3 bias=no
      repeat $n name=stage1 { preactblock 16 }
      seq name=stage2 { preactstart 32 stride=2; repeat $(n - 1) { preactblock 32 } }
      seq name=stage3 { preactstart 64 stride=2; repeat $(n - 1) { preactblock 64 } }
      bn
      relu
      gap
      dense $classes
    }

    # A network of 9n + 2 layers, of bottlenecks in pre-activation order.
    def preresnet_bottleneck n classes=10 {
      conv 16 3 bias=no
      seq name=stage1 { preactbottleneckstart 16; repeat $(n - 1) { preactbottleneck 16 } }
      seq name=stage2 { preactbottleneckstart 32 stride=2; repeat $(n - 1) { preactbottleneck 32 } }
      seq name=stage3 { preactbottleneckstart 64 stride=2; repeat $(n - 1) { preactbottleneck 64 } }
      bn
      relu
      gap
      dense $classes
    }

    # 20 layers in pre-activation order.
    def preresnet20 classes=10 { preresnet_basic 3 $classes }

    # 110 layers in pre-activation order.
    def preresnet110 classes=10 { preresnet_basic 18 $classes }

    # 164 layers in pre-activation order, of bottlenecks.
    def preresnet164 classes=10 { preresnet_bottleneck 18 $classes }

    # 1,001 layers in pre-activation order, of bottlenecks.
    def preresnet1001 classes=10 { preresnet_bottleneck 111 $classes }

    # A wide network of 6n + 4 layers, width times as many channels (Zagoruyko and Komodakis 2016).
    def wrn n width classes=10 {
      conv 16 3 bias=no
      seq name=stage1 { preactstart $(16 * width); repeat $(n - 1) { preactblock $(16 * width) } }
      seq name=stage2 {
        preactstart $(32 * width) stride=2
        repeat $(n - 1) { preactblock $(32 * width) }
      }
      seq name=stage3 {
        preactstart $(64 * width) stride=2
        repeat $(n - 1) { preactblock $(64 * width) }
      }
      bn
      relu
      gap
      dense $classes
    }

    # 16 layers, 4 times as wide.
    def wrn_16_4 classes=10 { wrn 2 4 $classes }

    # 40 layers, twice as wide.
    def wrn_40_2 classes=10 { wrn 6 2 $classes }

    # 28 layers, 10 times as wide.
    def wrn_28_10 classes=10 { wrn 4 10 $classes }
    """
}
