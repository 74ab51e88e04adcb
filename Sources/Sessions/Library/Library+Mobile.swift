extension Library {
  /// Networks of few operations, whose wide convolutions are depthwise.
  ///
  /// After Sandler et al. 2018.
  static let mobile = """
    # A convolution of each channel by itself between two 1-wide ones, which widen and narrow.
    def invertedconvs hidden channels kernel=3 stride=1 {
      conv $hidden 1 bias=no
      bn
      relu6
      conv $hidden $kernel stride=$stride groups=$hidden bias=no
      bn
      relu6
      conv $channels 1 bias=no
      bn
    }

    # The inverted residual: wide inside, narrow where it is added.
    def invertedblock hidden channels kernel=3 {
      residual { invertedconvs $hidden $channels $kernel }
    }

    # MobileNetV2.
    def mobilenet_v2 classes=1000 {
      conv 32 3 stride=2 bias=no
      bn
      relu6
      conv 32 3 groups=32 bias=no
      bn
      relu6
      conv 16 1 bias=no
      bn
      seq name=stage2 { invertedconvs 96 24 stride=2; invertedblock 144 24 }
      seq name=stage3 { invertedconvs 144 32 stride=2; repeat 2 { invertedblock 192 32 } }
      seq name=stage4 { invertedconvs 192 64 stride=2; repeat 3 { invertedblock 384 64 } }
      seq name=stage5 { invertedconvs 384 96; repeat 2 { invertedblock 576 96 } }
      seq name=stage6 { invertedconvs 576 160 stride=2; repeat 2 { invertedblock 960 160 } }
      invertedconvs 960 320
      conv 1280 1 bias=no
      bn
      relu6
      gap
      dropout 0.2
      dense $classes
    }
    """
}
