extension Library {
  /// Blocks that networks are made of.
  static let blocks = """
    # Convolution, batch normalization, ramp.
    def cnn channels kernel stride=1 pad=same bias=yes {
      conv $channels $kernel stride=$stride pad=$pad bias=$bias
      bn
      relu
    }

    # A residual chain of chain_length convolutions, the first with its own stride, and a ramp after the sum.
    def rescnn channels kernel initial_stride=1 chain_length=1 stride=1 pad=same shortcut=auto {
      residual act=relu shortcut=$shortcut {
        cnn $channels $kernel stride=$initial_stride pad=$pad
        repeat $(chain_length - 1) { cnn $channels $kernel stride=$stride pad=$pad }
      }
    }

    # Convolution, batch normalization, ramp, as the question that began it wrote it.
    def CNN1D channels kernel stride=1 padding=same {
      cnn $channels $kernel stride=$stride pad=$padding
    }

    # The residual chain under the name it had in Gluon.
    def RES_CNN1D channels kernel initial_stride=1 chain_length=1 stride=1 padding=same {
      rescnn $channels $kernel $initial_stride $chain_length stride=$stride pad=$padding
    }

    # Two 3-wide convolutions and a shortcut (He et al. 2015).
    def basicblock channels stride=1 shortcut=auto {
      residual act=relu shortcut=$shortcut {
        conv $channels 3 stride=$stride bias=no
        bn
        relu
        conv $channels 3 bias=no
        bn
      }
    }

    # The same two convolutions without a shortcut, to compare with.
    def plainblock channels stride=1 {
      conv $channels 3 stride=$stride bias=no
      bn
      relu
      conv $channels 3 bias=no
      bn
      relu
    }

    # 1-wide, 3-wide and 1-wide convolutions; the last has expansion times the channels (He et al. 2015).
    def bottleneck channels stride=1 expansion=4 groups=1 shortcut=auto {
      residual act=relu shortcut=$shortcut {
        conv $channels 1 bias=no
        bn
        relu
        conv $channels 3 stride=$stride groups=$groups bias=no
        bn
        relu
        conv $(channels * expansion) 1 bias=no
        bn
      }
    }

    # A bottleneck of any width inside, of so many groups (Xie et al. 2017; Zagoruyko and Komodakis 2016).
    def widebottleneck inner channels stride=1 groups=1 shortcut=auto {
      residual act=relu shortcut=$shortcut {
        conv $inner 1 bias=no
        bn
        relu
        conv $inner 3 stride=$stride groups=$groups bias=no
        bn
        relu
        conv $channels 1 bias=no
        bn
      }
    }

    # The bottleneck with its channels weighed before the sum (Hu et al. 2018).
    def sebottleneck channels stride=1 expansion=4 reduction=16 shortcut=auto {
      residual act=relu shortcut=$shortcut {
        conv $channels 1 bias=no
        bn
        relu
        conv $channels 3 stride=$stride bias=no
        bn
        relu
        conv $(channels * expansion) 1 bias=no
        bn
        se reduction=$reduction
      }
    }

    # The bottleneck whose shortcut takes means before it projects (ResNet-D of He et al. 2019).
    def pooledbottleneck channels stride=2 expansion=4 {
      residual act=relu {
        conv $channels 1 bias=no
        bn
        relu
        conv $channels 3 stride=$stride bias=no
        bn
        relu
        conv $(channels * expansion) 1 bias=no
        bn
      } {
        avgpool $stride ceil=yes
        conv $(channels * expansion) 1 bias=no
        bn
      }
    }

    # Normalization and ramp before each convolution, nothing after the sum (He et al. 2016).
    def preactblock channels stride=1 shortcut=auto {
      residual shortcut=$shortcut {
        bn
        relu
        conv $channels 3 stride=$stride bias=no
        bn
        relu
        conv $channels 3 bias=no
      }
    }

    # The basic block with its channels weighed before the sum (Hu et al. 2018).
    def seblock channels stride=1 reduction=16 shortcut=auto {
      residual act=relu shortcut=$shortcut {
        conv $channels 3 stride=$stride bias=no
        bn
        relu
        conv $channels 3 bias=no
        bn
        se reduction=$reduction
      }
    }

    # Adds growth channels to those there are (Huang et al. 2017).
    def densestep growth kernel=3 {
      parallel join=concat { identity } { bn; relu; conv $growth $kernel bias=no }
    }
    """
}
