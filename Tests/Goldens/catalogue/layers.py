"""Cases about one kind of layer: convolutions, pooling, activations."""

from catalogue.case import Case, basic_block, image, series

CONVOLUTIONS = [
    Case("conv_valid", series("conv 4 3 pad=0; relu; conv 5 5 pad=0; relu", "1x12")),
    Case("conv_even_series", series("conv 4 8 pad=3:4; relu; conv 4 2 pad=0:1; relu", "1x13")),
    Case("conv_even_image", image("conv 3 2 pad=0:1; relu; conv 4 4 pad=1:2; relu")),
    Case(
        "conv_even_stride",
        series("conv 4 4 stride=2 pad=1:2; relu; conv 4 4 stride=3 pad=2:1; relu", "2x17"),
    ),
    Case(
        "conv_unequal_axes",
        image(
            "conv 4 3x5 pad=1x2; relu; conv 4 1x3 stride=2x1 pad=0x1; relu;"
            " conv 3 4x1 pad=1:2x0; relu",
            "1x7x5",
        ),
    ),
    Case(
        "conv_stride_3_odd",
        image("conv 4 3 stride=3 pad=1; relu; conv 3 2 stride=2 pad=0; relu", "1x11x7"),
    ),
    Case(
        "conv_stride_skips",
        series("conv 4 1 stride=3 pad=0; relu; conv 4 2 stride=3 pad=0; relu", "3x23"),
    ),
    Case(
        "conv_dilated_series",
        series("conv 4 3 pad=2 dilation=2; relu; conv 4 3 pad=4 dilation=4; relu", "2x15"),
    ),
    Case(
        "conv_dilated_image",
        image("conv 4 3 pad=2 dilation=2 stride=2; relu; conv 3 2x3 pad=1x0 dilation=2x1", "2x7x8"),
    ),
    Case(
        "conv_groups",
        image("conv 6 3 pad=1 groups=2; bn; relu; conv 6 3 stride=2 pad=1 groups=3; relu", "4x5x4"),
    ),
    Case(
        "conv_groups_series",
        series("conv 8 3 pad=1 groups=2; relu; conv 4 3 pad=1 groups=4 bias=no; relu", "4x9"),
    ),
    Case(
        "conv_depthwise_image",
        image("conv 4 3 pad=1 groups=4; bn; relu; conv 6 1 pad=0; relu", "4x5x4"),
    ),
    Case(
        "conv_depthwise_series",
        series("conv 5 3 stride=2 pad=1 groups=5; relu; conv 4 1 pad=0; relu", "5x13"),
    ),
    Case("conv_depthwise_multiplier", image("conv 6 3 pad=1 groups=3; relu", "3x5x5")),
    Case("conv_pointwise", series("conv 6 1 pad=0; relu; conv 4 1 pad=0 bias=no; relu", "3x8")),
    Case("conv_whole_input", "input 2x5x4; conv 6 5x4 pad=0 act=relu; dense 3"),
    Case(
        "bn_running",
        image(
            "conv 4 3 pad=1; bn statistics=running; relu; conv 4 3 pad=1; bn;"
            " bn statistics=running scale=no",
            "2x5x4",
        ),
    ),
    Case("conv_pad_beyond_kernel", series("conv 3 2 pad=3; relu", "2x6")),
    Case(
        "conv_bias_act",
        series(
            "conv 4 3 pad=1 act=relu; conv 4 3 pad=1 act=sigmoid; conv 4 3 pad=1 bias=no act=tanh"
        ),
    ),
    Case(
        "conv_no_bias_relu", image("conv 5 3 pad=1 bias=no act=relu; conv 4 3 pad=1 bias=no; relu")
    ),
    Case("conv_output", "input 2x12; conv 4 3 pad=1 act=tanh; conv 3 3 stride=2 pad=1", loss="l2"),
    Case("conv_output_image", "input 2x5x4; conv 3 3 pad=1 act=tanh; conv 2 3 pad=1", loss="l2"),
    Case("batch_one", series("conv 4 3 pad=1; bn; relu; conv 5 3 stride=2 pad=1; relu"), 1),
    Case(
        "batch_one_image",
        image(f"conv 4 3 pad=1; bn; relu; {basic_block(4, 2, 'B')}", "1x7x7"),
        1,
    ),
]

POOLING = [
    Case(
        "pool_max",
        series(
            "conv 4 3 pad=1; maxpool 2; relu; conv 4 3 pad=1; maxpool 3 stride=2 pad=1; relu",
            "1x18",
        ),
    ),
    Case(
        "pool_max_image",
        image("conv 4 3 pad=1; relu; maxpool 3 stride=2 pad=1; conv 4 3 pad=1; maxpool 2", "1x9x8"),
    ),
    Case(
        "pool_max_ceil",
        image(
            "conv 4 3 pad=1; maxpool 2 ceil=yes; conv 4 3 pad=1; maxpool 3 stride=2 ceil=yes",
            "1x7x9",
        ),
    ),
    Case(
        "pool_average",
        series(
            "conv 4 3 pad=1; relu; avgpool 2; conv 4 3 pad=1; relu; avgpool 3 stride=2 pad=1",
            "1x18",
        ),
    ),
    Case(
        "pool_average_image",
        image(
            "conv 4 3 pad=1; avgpool 3 stride=2 pad=1; relu; conv 3 3 pad=1; avgpool 2x1", "1x8x7"
        ),
    ),
    Case(
        "pool_average_ceil",
        image(
            "conv 4 3 pad=1; avgpool 2 ceil=yes; relu; conv 4 3 pad=1;"
            " avgpool 3 stride=2 pad=1 ceil=yes",
            "1x7x8",
        ),
    ),
    Case(
        "pool_ceil_drops",
        series(
            "conv 4 3 pad=1; maxpool 2 stride=3 ceil=yes; relu; conv 4 3 pad=1;"
            " avgpool 1 stride=2 ceil=yes",
            "1x12",
        ),
    ),
    Case(
        "pool_overlapping",
        series("conv 4 3 pad=1; maxpool 3 stride=1 pad=1; avgpool 5 stride=1 pad=2", "2x9"),
    ),
    Case(
        "pool_gaps", series("conv 4 3 pad=1; maxpool 2 stride=3; relu; avgpool 1 stride=2", "2x14")
    ),
    Case("pool_global_max", "input 2x11; conv 4 3 pad=1; gmp; dense 3"),
    Case("pool_global_max_image", "input 2x5x4; conv 5 3 pad=1; relu; gmp; dense 3"),
    Case(
        "pool_same",
        series(
            "conv 4 3 pad=1; maxpool 4 stride=2 pad=same; relu; avgpool 2 stride=1 pad=same", "2x11"
        ),
    ),
    Case(
        "causal_last",
        "input 2x12; conv 4 3 pad=causal; relu; conv 5 2 pad=causal dilation=3; relu; last; dense 3",
    ),
]

ACTIVATIONS = [
    Case(f"act_{word.split()[0]}", f"input 2x8; conv 4 3 pad=1; {word}; dense 6; {word}; dense 3")
    for word in (
        "leaky 0.1",
        "sigmoid",
        "tanh",
        "elu",
        "selu",
        "gelu",
        "silu",
        "mish",
        "hardswish",
        "relu6",
        "hardsigmoid",
        "softplus",
        "softsign",
        "softmax",
    )
] + [
    Case("act_elu_alpha", "input 6; dense 8; elu 0.5; leaky; dense 3"),
    Case("act_softmax_image", image("conv 4 3 pad=1; softmax; conv 4 3 pad=1; relu")),
    Case("act_softmax_last", "input 6; dense 8 act=relu; dense 3; softmax", loss="l2"),
    Case(
        "act_after_bn",
        series(
            "conv 4 3 pad=1 bias=no; bn; tanh; conv 4 3 pad=1 bias=no; bn; silu;"
            " conv 4 3 pad=1 bias=no; bn; leaky 0.2"
        ),
    ),
]

NORMALIZATIONS = [
    Case("ln_series", series("conv 5 3 pad=1; ln; relu; conv 4 3 pad=1; ln eps=1e-3; relu")),
    Case("ln_image", image("conv 18 3 pad=1; ln; relu; conv 4 1 pad=0; ln affine=no")),
    Case("ln_dense", "input 6; dense 8; ln; relu; dense 5; ln over=all; dense 3"),
    Case("ln_all", image("ln over=all; conv 5 3 pad=1; ln over=all; relu; ln over=all affine=no")),
    Case("ln_all_series", series("conv 4 3 pad=1; ln over=all; relu")),
    Case("rmsnorm", image("conv 5 3 pad=1; rmsnorm; relu; conv 4 1 pad=0; rmsnorm eps=1e-3")),
    Case("rmsnorm_dense", "input 6; dense 17; rmsnorm; relu; dense 5; rmsnorm affine=no; dense 3"),
    Case("gn", image("conv 6 3 pad=1; gn 3; relu; conv 4 3 pad=1; gn 1; relu; gn 2 affine=no")),
    Case("gn_series", series("conv 20 3 pad=1; gn 4; relu; conv 4 1 pad=0; gn 4 eps=1e-2; relu")),
    Case("gn_dense", "input 6; dense 8; gn 2; relu; dense 3"),
    Case(
        "gn_residual",
        image(f"conv 4 3 pad=1; {basic_block(4, 1, 'identity')}".replace("bn", "gn 2")),
    ),
    Case("instnorm", image("conv 5 3 pad=1; instnorm; relu; conv 4 3 pad=1; instnorm affine=yes; relu")),
    Case("instnorm_series", series("conv 3 3 pad=1; instnorm affine=yes eps=1e-3; relu")),
    Case("lrn", image("conv 7 3 pad=1; lrn 5 alpha=1; relu; conv 4 3 pad=1; lrn 2 alpha=2 beta=0.5 k=2")),
    Case("lrn_series", series("conv 5 3 pad=1; lrn 4 alpha=0.5; relu; lrn 9 alpha=1; lrn 1 alpha=1")),
    Case(
        "layerscale",
        image(
            "conv 5 3 pad=1; residual shortcut=identity { conv 5 3 pad=1; relu; layerscale 0.1 };"
            " layerscale"
        ),
    ),
    Case("glu", series("conv 6 3 pad=1; glu; relu; conv 8 1 pad=0; glu")),
    Case("glu_dense", "input 6; dense 10; glu; dense 3"),
    Case("droppath_zero", series("conv 3 3 pad=1; residual shortcut=identity { conv 3 3 pad=1; droppath 0 }; spatialdropout 0; noise 0")),
]
