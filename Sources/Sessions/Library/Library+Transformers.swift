extension Library {
  /// Transformers, and a recurrent network beside them.
  ///
  /// After Vaswani et al. 2017, with normalization first as in Xiong et al. 2020, and Dosovitskiy et al. 2021, as timm
  /// has them.
  static let transformers = """
    # Attention and two 1-wide convolutions, each a residual that begins with a normalization.
    def encoderblock channels heads hidden=$(4 * channels) causal=no dropout=0 drop=0 {
      residual {
        ln eps=1e-6
        attention $heads causal=$causal dropout=$dropout
        dropout $dropout
        droppath $drop
      }
      residual {
        ln eps=1e-6
        conv $hidden 1
        gelu
        conv $channels 1
        dropout $dropout
        droppath $drop
      }
    }

    # The same with the normalization behind each sum, as in the first transformer.
    def postnormblock channels heads hidden=$(4 * channels) causal=no dropout=0 {
      residual { attention $heads causal=$causal dropout=$dropout; dropout $dropout }
      ln
      residual { conv $hidden 1; gelu; conv $channels 1; dropout $dropout }
      ln
    }

    # Patches of an image as a sequence behind a class token, and blocks of attention.
    def vit channels heads depth patch classes=1000 dropout=0 drop=0 {
      conv $channels $patch stride=$patch pad=0
      cls
      positions
      repeat $depth { encoderblock $channels $heads dropout=$dropout drop=$drop }
      ln eps=1e-6
      first
      dense $classes
    }

    # The smallest one, for large images.
    def vit_tiny classes=1000 { vit 192 3 12 16 $classes }

    # A small one for small images, in patches of 4 by 4.
    def vit_small_images classes=10 patch=4 { vit 64 4 4 $patch $classes }

    # Reads characters or words as whole numbers and says at each position which comes next (order=pre or order=post).
    def transformer vocabulary=128 channels=64 heads=4 depth=4 order=pre dropout=0 {
      embedding $vocabulary $channels
      positions
      if $order == "post" {
        repeat $depth { postnormblock $channels $heads causal=yes dropout=$dropout }
      } else {
        repeat $depth { encoderblock $channels $heads causal=yes dropout=$dropout }
        ln
      }
      conv $vocabulary 1
    }

    # Two layers of states in both directions, of which the last ones are read.
    def bilstm classes=10 units=64 {
      lstm $units directions=2
      lstm $units directions=2 return=last
      dense $classes
    }
    """
}
