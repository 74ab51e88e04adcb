"""Cases about how layers are put together: in a row, residual, parallel."""

from catalogue.case import MOMENTUM, Case, basic_block, image, seed_block, series, wang_block

PLAIN = [
    Case("plain", series("conv 4 3 pad=1; bn; relu")),
    Case("plain_image", image("conv 4 3 pad=1; bn; relu")),
    Case(
        "plain_deep",
        series("conv 6 3 pad=1; bn; relu; repeat 3 { conv 6 3 pad=1 bias=no; bn; relu }", "1x20"),
    ),
    Case("plain_wide", series("conv 33 3 pad=1; bn; relu; conv 20 3 pad=1; bn; relu", "3x9")),
    Case(
        "plain_batch_16", series("conv 10 3 pad=1; bn; relu; conv 10 3 pad=1; bn; relu", "2x8"), 16
    ),
    Case(
        "group_of_layers",
        series("seq { conv 4 3 pad=1; bn; relu }; identity; seq { conv 4 3 pad=1; relu }"),
    ),
    Case(
        "lenet_small",
        "input 1x9x8; conv 4 5 pad=2 act=tanh; avgpool 2; conv 6 3 pad=0 act=tanh; maxpool 2;"
        " flatten; dense 10 act=tanh; dense 4",
    ),
    Case("dense_after_series", "input 3x7; conv 4 3 pad=1; relu; dense 3"),
    Case("dense_after_image", "input 2x5x4; conv 3 3 pad=1; relu; dense 6; relu; dense 3"),
    Case("dense_only", "input 10; dense 12 act=relu; dense 9; bn; relu; dense 4", 6),
    Case("dense_no_bias", "input 7; dense 5 bias=no act=sigmoid; dense 3 bias=no"),
    Case("dense_flattens_input", "input 2x4x3; dense 8 act=tanh; dense 3"),
    Case("dropout_zero", series("conv 4 3 pad=1; dropout 0; relu; dropout 0.0")),
    Case(
        "bn_options",
        series(
            "conv 4 3 pad=1; bn momentum=0.7 eps=1e-3; relu; conv 4 3 pad=1; bn scale=no; relu;"
            " conv 4 3 pad=1; bn center=no; relu"
        ),
    ),
    Case("bn_first", series("bn; conv 4 3 pad=1; relu; bn")),
    Case(
        "bn_after_act", series("conv 4 3 pad=1 act=relu; bn; conv 4 3 pad=1 bias=no act=tanh; bn")
    ),
]

RESIDUAL = [
    Case("seed_block", seed_block("1x64"), 4),
    Case("seed_block_three_channels", seed_block("3x25"), 4),
    # Two channels: a 1x1 convolution of one channel has no gradient before bn, and adam would
    # amplify its rounding.
    Case(
        "seed_block_adam",
        seed_block("2x26", "bias=no"),
        optimizer="adam lr=0.01 beta1=0.9 beta2=0.999 eps=1e-8",
    ),
    Case(
        "residual_identity",
        image(f"conv 4 3 pad=1 bias=no; bn; relu; {basic_block(4, 1, 'identity')}"),
    ),
    Case("residual_project", image(basic_block(5, 2, "B"), "2x7x6")),
    Case(
        "residual_auto", image(f"{basic_block(3, 1, 'auto')}; {basic_block(5, 2, 'auto')}", "3x5x4")
    ),
    Case("residual_zero_channels", image(basic_block(5, 2, "A"), "2x7x6")),
    Case(
        "residual_zero_channels_series",
        series("residual shortcut=A act=relu { conv 7 3 stride=3 pad=1; bn }", "3x11"),
    ),
    Case("residual_zero_channels_no_stride", image("residual shortcut=A { conv 5 3 pad=1; bn }")),
    Case("residual_pooled", image(basic_block(5, 2, "pool"), "2x7x6")),
    Case("residual_pooled_series", series(basic_block(4, 3, "pool"), "3x11")),
    Case(
        "residual_dense_projected",
        "input 6; residual shortcut=B act=relu { dense 8 act=relu; dense 5; bn }; dense 3",
        6,
    ),
    Case("subsample", series("conv 3 3 pad=1; relu; subsample 5 stride=2; conv 4 3 pad=1; relu")),
    Case("pad", series("conv 3 3 pad=1; relu; pad 2:1; conv 4 3 pad=0; relu")),
    Case(
        "pad_modes_image",
        image(
            "conv 3 3 pad=1; pad 1x0:3 mode=reflect; conv 4 3 pad=0; relu;"
            " pad 2:1 mode=replicate; conv 4 3 pad=0"
        ),
    ),
    Case("upsample", series("conv 3 3 pad=1; relu; upsample 3; conv 4 3 pad=1; relu")),
    Case(
        "upsample_linear",
        series("conv 3 3 pad=1; relu; upsample 2 mode=linear; conv 4 3 pad=1; tanh", "2x7"),
    ),
    Case(
        "upsample_linear_image",
        image("conv 3 3 pad=1; relu; upsample 2x3 mode=linear; conv 4 3 pad=1; tanh"),
    ),
    Case(
        "pools_causal",
        series("conv 4 3 pad=causal; tanh; maxpool 3 stride=1 pad=causal; avgpool 2 pad=causal"),
    ),
    Case(
        "residual_always_projected",
        series("residual shortcut=C act=relu { conv 3 3 pad=1; bn }", "3x10"),
    ),
    Case(
        "residual_scaled",
        series(
            "residual shortcut=identity scale=0.5 { conv 2 3 pad=1; relu };"
            " residual shortcut=identity scale=0.25 act=tanh { conv 2 3 pad=1 }"
        ),
    ),
    Case(
        "residual_dense",
        "input 6; repeat 3 { residual shortcut=identity { dense 6 act=relu } }; dense 3",
    ),
    Case(
        "residual_nested",
        series(
            "residual shortcut=identity act=relu {"
            " residual shortcut=B { conv 5 3 pad=1; bn; relu }; conv 2 3 pad=1 }"
        ),
    ),
    Case("residual_first", series("residual shortcut=identity { conv 2 3 pad=1 }")),
    Case(
        "residual_empty_tail",
        series(
            "conv 3 3 pad=1; residual shortcut=identity { relu; conv 3 3 pad=1 };"
            " residual shortcut=identity { tanh }"
        ),
    ),
    Case(
        "preactivation",
        image(
            "conv 4 3 pad=1 bias=no; repeat 2 { residual shortcut=identity {"
            " bn; relu; conv 4 3 pad=1 bias=no; bn; relu; conv 4 3 pad=1 bias=no } }; bn; relu",
            "1x5x5",
        ),
    ),
    Case(
        "bottleneck",
        image(
            "residual shortcut=B act=relu { conv 3 1 pad=0 bias=no; bn; relu;"
            " conv 3 3 stride=2 pad=1 bias=no; bn; relu; conv 8 1 pad=0 bias=no; bn }",
            "4x5x4",
        ),
    ),
    Case(
        "resnet8_narrow",
        image(
            "conv 4 3 pad=1 bias=no; bn; relu;"
            f" {basic_block(4, 1, 'A')}; {basic_block(6, 2, 'A')}; {basic_block(8, 2, 'A')}",
            "1x7x8",
            4,
        ),
        optimizer=MOMENTUM,
    ),
    Case(
        "wang_narrow",
        series(
            f"{wang_block(4, 'conv 4 1 pad=0; ')}; {wang_block(6, 'conv 6 1 pad=0; ')};"
            f" {wang_block(6, '')}",
            "1x18",
            2,
        ),
        optimizer="sgd lr=0.02",
    ),
]

PARALLEL = [
    Case(
        "parallel_concat",
        series(
            "parallel join=concat { conv 3 1 pad=0; relu } { conv 2 3 pad=1; bn; relu }"
            " { maxpool 3 stride=1 pad=1 };"
            " conv 4 3 pad=1; relu"
        ),
    ),
    Case(
        "parallel_concat_image",
        image(
            "parallel join=concat { conv 3 3 stride=2 pad=1; relu }"
            " { avgpool 2; conv 2 1 pad=0 }; bn; relu",
            "2x6x4",
        ),
    ),
    Case(
        "parallel_dense_step",
        image(
            "repeat 2 { parallel join=concat { identity }"
            " { bn; relu; conv 2 3 pad=1 bias=no } }; bn; relu"
        ),
    ),
    Case(
        "parallel_add",
        series(
            "parallel join=add { conv 3 3 pad=1; relu } { conv 3 1 pad=0; bn }"
            " { conv 3 5 pad=2 }; tanh"
        ),
    ),
    Case(
        "parallel_nested",
        series(
            "parallel join=concat { parallel join=add { conv 2 3 pad=1 } { identity }; relu }"
            " { residual shortcut=B act=relu { conv 3 3 pad=1; bn } }"
        ),
    ),
    Case(
        "parallel_dense",
        "input 6; parallel join=concat { dense 4 act=relu } { dense 3 act=tanh }; dense 3",
    ),
    Case(
        "parallel_same_twice",
        series("conv 3 3 pad=1; parallel join=add { identity } { identity }; relu"),
    ),
]

SHARING = [
    Case(
        "shared_conv",
        series("conv 4 3 pad=1; repeat 3 shared=yes { conv 4 3 pad=1; relu }; conv 3 1 pad=0"),
    ),
    Case(
        "shared_bn",
        image("conv 4 3 pad=1; repeat 3 shared=yes { conv 4 3 pad=1; bn; relu }; conv 4 1 pad=0"),
    ),
    Case(
        "shared_residual",
        image(
            "conv 4 3 pad=1; repeat 2 shared=yes { residual act=relu { conv 4 3 pad=1; bn; relu;"
            " conv 4 3 pad=1; bn } }; conv 4 1 pad=0; bn; relu"
        ),
    ),
    Case(
        "shared_nested",
        series(
            "conv 4 1 pad=0; repeat 2 shared=yes { conv 4 3 pad=1; repeat 2 shared=yes { tanh;"
            " conv 4 1 pad=0 }; prelu shared=no; scale }; conv 3 1 pad=0"
        ),
    ),
    Case(
        "shared_dense",
        "input 6; dense 5; repeat 4 shared=yes { dense 5 act=tanh }; dense 3",
    ),
    Case(
        "shared_gates",
        image(
            "conv 4 3 pad=1; repeat 2 shared=yes { parallel join=add { conv 4 3 pad=1; se"
            " reduction=2 } { identity }; relu }; bn; repeat 2 shared=yes { conv 4 1 pad=0"
            " frozen=yes; relu }"
        ),
    ),
]

GATES = [
    Case(
        "prelu",
        series("conv 5 3 pad=1; prelu; conv 4 3 pad=1; prelu 0.1 shared=no; conv 4 1 pad=0"),
    ),
    Case("prelu_dense", "input 6; dense 8; prelu shared=no; dense 5; prelu; dense 3"),
    Case("scale", series("conv 3 3 pad=1; scale 0.5; relu; conv 4 1 pad=0; scale")),
    Case(
        "mul_squeeze_excite",
        image(
            "conv 6 3 pad=1; bn; relu; parallel join=mul { identity }"
            " { gap; dense 3 act=relu; dense 6 act=sigmoid }"
        ),
    ),
    Case(
        "mul_squeeze_excite_residual",
        series(
            "conv 4 3 pad=1; bn; relu; residual shortcut=identity act=relu { conv 4 3 pad=1; bn;"
            " parallel join=mul { gap; dense 2 act=relu; dense 4 act=sigmoid } { relu } }"
        ),
    ),
    Case(
        "mul_branches",
        series("conv 4 3 pad=1; parallel join=mul { conv 3 3 pad=1 } { conv 3 1 pad=0; tanh }"),
    ),
    Case(
        "highway_series",
        series(
            "conv 4 3 pad=1; repeat 2 { parallel join=highway { conv 4 3 pad=1; relu }"
            " { conv 4 1 pad=0 bias=-2 act=sigmoid } }"
        ),
    ),
    Case(
        "highway_image",
        image(
            "parallel join=highway { conv 2 3 pad=1; bn; relu }"
            " { gap; dense 2 bias=-1 act=sigmoid }"
        ),
    ),
    Case(
        "highway_dense",
        "input 6; parallel join=highway { dense 6 act=relu } { dense 6 bias=-2 act=sigmoid };"
        " dense 3",
    ),
    Case(
        "se_residual",
        image(
            "conv 6 3 pad=1; relu; repeat 2 { residual shortcut=identity act=relu {"
            " conv 6 3 pad=1 bias=no; bn; se reduction=2 } }"
        ),
    ),
    Case(
        "se_chosen",
        image("conv 6 3 pad=1; relu; se units=4 act=silu gate=hardsigmoid"),
    ),
    Case("se_dense", "input 6; dense 8 act=relu; se reduction=3; dense 3"),
    Case(
        "highway_gate",
        series("conv 4 3 pad=1; highway { conv 4 3 pad=1; relu }; highway bias=-1 { tanh }"),
    ),
    Case(
        "rezero",
        image(
            "conv 4 3 pad=1; repeat 2 { residual shortcut=identity {"
            " conv 4 3 pad=1; relu; conv 4 3 pad=1; scale 0 } }"
        ),
        optimizer=MOMENTUM,
    ),
    Case(
        "preactivation_projected",
        series(
            "conv 3 3 pad=1 bias=no; residual shortcut=B { bn; relu;"
            " conv 5 3 stride=2 pad=1 bias=no; bn; relu; conv 5 3 pad=1 }; relu"
        ),
    ),
]

TAPS = [
    Case(
        "tap_unet_series",
        series(
            "conv 4 3 pad=1; relu; tap a; maxpool 2; conv 6 3 pad=1; relu; tap b; maxpool 2;"
            " conv 6 3 pad=1; relu; upsample 2; join b concat; conv 4 3 pad=1; relu; upsample 2;"
            " join a concat; conv 4 3 pad=1; relu"
        ),
    ),
    Case(
        "tap_projected_image",
        image(
            "conv 4 3 pad=1; tap a; conv 4 3 pad=1; bn; relu; conv 6 3 stride=2 pad=1; bn;"
            " join a { conv 6 1 stride=2 pad=0 bias=no; bn }; relu"
        ),
        optimizer=MOMENTUM,
    ),
    Case(
        "tap_growth",
        series("conv 3 3 pad=1; repeat 3 { tap x; conv 3 3 pad=1; bn; relu; join x concat }"),
    ),
    Case(
        "tap_gate",
        image("conv 4 3 pad=1; bn; tap a; gap; dense 4 act=sigmoid; join a mul; relu"),
    ),
    Case(
        "tap_shared",
        series(
            "conv 4 1 pad=0; tap first; repeat 3 shared=yes { tap a; conv 4 3 pad=1; tanh; join a };"
            " join first"
        ),
    ),
    Case("tap_dense", "input 6; dense 5 act=relu; tap a; dense 5 act=tanh; join a mul; dense 3", 6),
]

FROZEN = [
    Case(
        "frozen_stem",
        image(
            "conv 4 3 pad=1 frozen=yes; bn frozen=yes; relu;"
            f" {basic_block(4, 1, 'identity')}; conv 5 3 pad=1; bn; relu"
        ),
        optimizer=MOMENTUM,
    ),
    Case(
        "frozen_middle",
        series(
            "conv 4 3 pad=1; bn; relu; residual shortcut=B act=relu frozen=yes {"
            " conv 6 3 stride=2 pad=1; bn; relu; conv 6 3 pad=1; bn }; conv 4 3 pad=1 bias=no; bn;"
            " relu",
            "2x14",
        ),
        optimizer="sgd lr=0.05 momentum=0.9 wd=0.01 nesterov=no",
    ),
    Case(
        "frozen_parts",
        series(
            "parallel join=add { conv 4 3 pad=1 frozen=yes; bn } { conv 4 1 pad=0; bn frozen=yes };"
            " relu; residual shortcut=identity act=relu { conv 4 3 pad=1; bn; relu;"
            " conv 4 3 pad=1 frozen=yes; bn frozen=yes; scale 0.5 frozen=yes };"
            " parallel join=concat { conv 2 3 pad=1 frozen=yes } { conv 3 1 pad=0; tanh }"
        ),
        optimizer=MOMENTUM,
    ),
    Case(
        "frozen_head",
        "input 6; dense 8 act=relu; dense 5 act=tanh; dense 3 frozen=yes",
        6,
        optimizer="adamw lr=0.01 wd=0.1",
    ),
]
