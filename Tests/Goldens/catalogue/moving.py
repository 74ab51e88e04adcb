"""Cases about transposed convolutions and layers that give single values other places."""

from catalogue.case import Case, image, series

TRANSPOSED = [
    Case("deconv", series("conv 3 3 pad=1; relu; deconv 4 3 stride=2 pad=1 outpad=1; tanh", "2x7")),
    Case(
        "deconv_image",
        image("deconv 4 4 stride=2 pad=1; bn; relu; deconv 3 3 stride=2x3 pad=1x0 outpad=1x2 bias=no"),
    ),
    Case(
        "deconv_groups",
        image("conv 6 3 pad=1; deconv 4 3x2 stride=2 pad=1x0 groups=2 act=tanh; deconv 4 3 pad=1 groups=4"),
    ),
    Case("deconv_dilation", series("deconv 5 3 stride=2 pad=2 dilation=3 outpad=2; relu", "2x6")),
    Case("deconv_gaps", series("conv 3 3 pad=1; deconv 4 1 stride=3 pad=0 outpad=2; tanh", "2x5")),
    Case("deconv_wide", image("conv 18 1 pad=0; relu; deconv 17 2 stride=2 pad=0; relu", "2x4x5")),
    Case("deconv_stride_one", image("deconv 4 4 pad=1 stride=1; relu; deconv 3 1 pad=0; relu", "3x4x5")),
]

MOVING = [
    Case("pixelshuffle", series("conv 6 3 pad=1; pixelshuffle 3; relu; conv 4 3 pad=1; relu")),
    Case("pixelshuffle_image", image("conv 12 3 pad=1; pixelshuffle 2; relu; conv 4 3 pad=1; relu")),
    Case(
        "channelshuffle",
        image("conv 6 1 pad=0 groups=2; channelshuffle 2; relu; conv 6 3 pad=1 groups=3; channelshuffle 3", "4x5x4"),
    ),
    Case("permute", series("conv 4 3 pad=1; permute; tanh; conv 4 3 pad=1; permute 2 1; relu", "2x9")),
    Case("permute_image", image("conv 4 3 pad=1; permute 3 1 2; tanh; conv 4 3 pad=1; permute 1 3 2; relu")),
    Case(
        "slice",
        image("conv 7 3 pad=1; slice 2:-1; relu; slice 1:-1x:3 over=positions; conv 4 3 pad=1; slice 1:", "2x6x5"),
    ),
    Case("slice_series", series("conv 5 3 pad=1; slice 2:-3 over=positions; tanh; slice -4:", "2x12")),
    Case("reshape", "input 2x12; conv 4 3 pad=1; reshape 6x8; tanh; conv 4 3 pad=1; reshape _x4x2; tanh; conv 3 3 pad=1; gap; dense 3"),
    Case("reshape_features", "input 10; dense 24 act=tanh; reshape 2x3x_; conv 4 3 pad=1; tanh; reshape _; dense 3"),
    Case("shuffles_beside", image("conv 4 3 pad=1; residual shortcut=identity { channelshuffle 2; conv 4 3 pad=1 }; parallel join=concat { slice 0:2 } { slice 2:4; conv 2 3 pad=1 }; relu")),
]
