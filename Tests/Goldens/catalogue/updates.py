"""Cases about optimizers and losses."""

from catalogue.case import Case, series

SMALL = series("conv 4 3 pad=1 bias=no; bn; relu; conv 4 3 pad=1 bias=no; bn; relu")
REGRESSION = "input 2x9; conv 4 3 pad=1; tanh; dense 3"

OPTIMIZERS = [
    Case("optimizer_sgd", SMALL, optimizer="sgd lr=0.1"),
    Case("optimizer_sgd_decay", SMALL, optimizer="sgd lr=0.1 momentum=0 wd=0.01 nesterov=no"),
    Case("optimizer_momentum", SMALL, optimizer="sgd lr=0.05 momentum=0.9 wd=1e-3 nesterov=no"),
    Case("optimizer_nesterov", SMALL, optimizer="sgd lr=0.05 momentum=0.9 wd=1e-3 nesterov=yes"),
    Case("optimizer_adam", SMALL, optimizer="adam lr=0.01 beta1=0.9 beta2=0.999 eps=1e-8"),
    Case(
        "optimizer_adam_decay",
        SMALL,
        optimizer="adam lr=0.01 beta1=0.8 beta2=0.99 eps=1e-6 wd=0.01",
    ),
    Case(
        "optimizer_adamw", SMALL, optimizer="adamw lr=0.01 beta1=0.9 beta2=0.999 eps=1e-6 wd=0.05"
    ),
    Case("optimizer_rmsprop", SMALL, optimizer="rmsprop lr=0.005 rho=0.9 momentum=0 eps=1e-6"),
    Case(
        "optimizer_rmsprop_momentum",
        SMALL,
        optimizer="rmsprop lr=0.001 rho=0.9 momentum=0.9 eps=1e-6 wd=1e-3",
    ),
]

LOSSES = [
    Case("loss_l2", REGRESSION, loss="l2"),
    Case("loss_l1", REGRESSION, loss="l1"),
    Case("loss_huber", REGRESSION, loss="huber"),
    Case("loss_l2_one_output", "input 5; dense 6 act=tanh; dense 1", loss="l2"),
    Case("loss_two_classes", series("conv 4 3 pad=1; relu", classes=2)),
    Case("loss_positions_series", "input 2x12; conv 5 3 pad=1; relu; conv 4 3 pad=1"),
    Case("loss_positions_image", "input 2x5x4; conv 4 3 pad=1; bn; relu; conv 3 1 pad=0"),
    Case("loss_l2_positions", "input 2x9; conv 4 3 pad=1; tanh; conv 2 3 pad=1", loss="l2"),
    Case("loss_many_classes", "input 6; dense 8 act=relu; dense 37", 8),
]
