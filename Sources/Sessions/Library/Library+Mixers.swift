extension Library {
  /// Networks of layers along positions and along channels in turn, without attention.
  ///
  /// After Tolstikhin et al. 2021 and Touvron et al. 2021, as timm has them.
  static let mixers = """
    # Two dense layers along the positions of each channel, then two along the channels of each position.
    def mixerblock channels positions tokens=$(max(1, channels // 2)) hidden=$(4 * channels) drop=0 {
      residual {
        ln eps=1e-6
        permute
        conv $tokens 1
        gelu
        conv $positions 1
        permute
        droppath $drop
      }
      residual {
        ln eps=1e-6
        conv $hidden 1
        gelu
        conv $channels 1
        droppath $drop
      }
    }

    # Patches of an image as a sequence of so many positions, and blocks that mix them.
    def mlp_mixer channels positions depth patch classes=1000 drop=0 {
      conv $channels $patch stride=$patch pad=0
      reshape _x$positions
      repeat $depth { mixerblock $channels $positions drop=$drop }
      ln eps=1e-6
      gap
      dense $classes
    }

    # Mixer-S/16, for images of 224 by 224.
    def mixer_s16 classes=1000 { mlp_mixer 512 196 8 16 $classes }

    # A small one for the handwritten digits, in patches of 2 by 2.
    def mixer_digits classes=10 { mlp_mixer 64 16 4 2 $classes }

    # A factor and a bias for each channel in place of a normalization.
    def affine channels { conv $channels 1 groups=$channels }

    # One dense layer along the positions of each channel, then two along the channels of each position.
    def resmlpblock channels positions hidden=$(4 * channels) scale=0.1 drop=0 {
      residual {
        affine $channels
        permute
        conv $positions 1
        permute
        layerscale $scale
        droppath $drop
      }
      residual {
        affine $channels
        conv $hidden 1
        gelu
        conv $channels 1
        layerscale $scale
        droppath $drop
      }
    }

    # Patches of an image as a sequence of so many positions, and blocks without normalization.
    def resmlp channels positions depth patch classes=1000 scale=0.1 drop=0 {
      conv $channels $patch stride=$patch pad=0
      reshape _x$positions
      repeat $depth { resmlpblock $channels $positions scale=$scale drop=$drop }
      affine $channels
      gap
      dense $classes
    }

    # ResMLP-S12, for images of 224 by 224.
    def resmlp_s12 classes=1000 { resmlp 384 196 12 16 $classes }

    # A small one for the handwritten digits, in patches of 2 by 2.
    def resmlp_digits classes=10 { resmlp 64 16 4 2 $classes }
    """
}
