extension Library {
  /// Inverted residuals whose channels are weighed by what the means of all say.
  ///
  /// After Howard et al. 2019 and Tan and Le 2019.
  static let efficient = """
    # Widened, convolved channel by channel, weighed, narrowed.
    def mbconv hidden channels units kernel=3 stride=1 {
      conv $hidden 1 bias=no
      bn
      silu
      conv $hidden $kernel stride=$stride groups=$hidden bias=no
      bn
      silu
      se units=$units act=silu
      conv $channels 1 bias=no
      bn
    }

    # The same around a shortcut, left out at times.
    def mbblock hidden channels units kernel=3 rate=0.1 {
      residual { mbconv $hidden $channels $units $kernel; droppath $rate }
    }

    # EfficientNet-B0.
    def efficientnet_b0 classes=1000 {
      conv 32 3 stride=2 bias=no
      bn
      silu
      seq name=stage1 {
        conv 32 3 groups=32 bias=no
        bn
        silu
        se units=8 act=silu
        conv 16 1 bias=no
        bn
      }
      seq name=stage2 { mbconv 96 24 4 stride=2; mbblock 144 24 6 rate=0.025 }
      seq name=stage3 { mbconv 144 40 6 5 stride=2; mbblock 240 40 10 5 rate=0.05 }
      seq name=stage4 {
        mbconv 240 80 10 stride=2
        mbblock 480 80 20 rate=0.075
        mbblock 480 80 20 rate=0.0875
      }
      seq name=stage5 {
        mbconv 480 112 20 5
        mbblock 672 112 28 5 rate=0.1125
        mbblock 672 112 28 5 rate=0.125
      }
      seq name=stage6 {
        mbconv 672 192 28 5 stride=2
        mbblock 1152 192 48 5 rate=0.15
        mbblock 1152 192 48 5 rate=0.1625
        mbblock 1152 192 48 5 rate=0.175
      }
      seq name=stage7 { mbconv 1152 320 48 }
      conv 1280 1 bias=no
      bn
      silu
      gap
      dropout 0.2
      dense $classes
    }

    # A block of MobileNetV3 without its shortcut, and without a gate for the channels.
    def bneckconvs hidden channels kernel=3 stride=1 act=relu {
      conv $hidden 1 bias=no
      bn momentum=0.99 eps=0.001
      act $act
      conv $hidden $kernel stride=$stride groups=$hidden bias=no
      bn momentum=0.99 eps=0.001
      act $act
      conv $channels 1 bias=no
      bn momentum=0.99 eps=0.001
    }

    # The same with a gate of so many units.
    def bneckgated hidden channels units kernel=5 stride=1 act=hardswish {
      conv $hidden 1 bias=no
      bn momentum=0.99 eps=0.001
      act $act
      conv $hidden $kernel stride=$stride groups=$hidden bias=no
      bn momentum=0.99 eps=0.001
      act $act
      se units=$units gate=hardsigmoid
      conv $channels 1 bias=no
      bn momentum=0.99 eps=0.001
    }

    # MobileNetV3-Small.
    def mobilenet_v3_small classes=1000 {
      conv 16 3 stride=2 bias=no
      bn momentum=0.99 eps=0.001
      hardswish
      seq name=stage1 {
        conv 16 3 stride=2 groups=16 bias=no
        bn momentum=0.99 eps=0.001
        relu
        se units=8 gate=hardsigmoid
        conv 16 1 bias=no
        bn momentum=0.99 eps=0.001
      }
      seq name=stage2 { bneckconvs 72 24 stride=2; residual { bneckconvs 88 24 } }
      seq name=stage3 {
        bneckgated 96 40 24 stride=2
        repeat 2 { residual { bneckgated 240 40 64 } }
        bneckgated 120 48 32
        residual { bneckgated 144 48 40 }
      }
      seq name=stage4 {
        bneckgated 288 96 72 stride=2
        repeat 2 { residual { bneckgated 576 96 144 } }
      }
      conv 576 1 bias=no
      bn momentum=0.99 eps=0.001
      hardswish
      gap
      dense 1024 act=hardswish
      dropout 0.2
      dense $classes
    }
    """
}
