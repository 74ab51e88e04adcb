"""Cases of attention, embeddings, what tells positions apart, and recurrent layers."""

from catalogue.case import Case, image, series

FEED_FORWARD = "residual { ln; conv 16 1 pad=0; gelu; conv 8 1 pad=0 }"

ATTENTION = [
    Case("attention", series("conv 6 1 pad=0; attention 2; relu; attention 3")),
    Case(
        "attention_causal",
        "input 2x9; conv 4 1 pad=0; attention 2 causal=yes bias=no; last; dense 3",
    ),
    Case("attention_image", image("conv 18 3 pad=1; attention 3; relu; attention 1 causal=yes")),
    Case("embedding", "input 1x9; embedding 7 6; attention 2; gap; dense 3"),
    Case("embedding_image", "input 1x3x4; embedding 5 19; conv 4 3 pad=1; relu; gap; dense 3"),
    Case(
        "positions",
        series("conv 4 1 pad=0; positions; tanh; positions sinusoidal; conv 4 3 pad=1; tanh"),
    ),
    Case("positions_image", image("positions; conv 5 3 pad=1; tanh; positions sinusoidal; tanh")),
    Case("cls", "input 2x6; conv 4 1 pad=0; cls; attention 2; first; dense 3"),
    Case(
        "vit",
        "input 1x8x8; conv 8 4 stride=4 pad=0; cls; positions; residual { ln; attention 2 };"
        f" {FEED_FORWARD}; ln; first; dense 3",
    ),
    Case(
        "transformer",
        "input 1x8; embedding 7 8; positions; repeat 2 { residual { ln; attention 2 causal=yes };"
        f" {FEED_FORWARD} }}; ln; gap; dense 3",
    ),
]

RECURRENT = [
    Case("lstm", "input 2x9; lstm 5; last; dense 3"),
    Case("lstm_both", series("lstm 4 directions=2; lstm 18 bias=no; tanh")),
    Case("lstm_last", "input 3x7; conv 4 1 pad=0; lstm 5 directions=2 return=last; dense 3"),
    Case("gru", "input 2x9; gru 5; last; dense 3"),
    Case("gru_both", series("gru 4 directions=2; gru 18 bias=no; tanh")),
    Case("gru_last", "input 3x7; conv 4 1 pad=0; gru 5 directions=2 return=last; dense 3"),
]
