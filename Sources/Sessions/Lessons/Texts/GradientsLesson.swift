extension LessonTable {
  /// Three networks that do not learn.
  static let gradients = """
    ## gradients: Reading gradients, curing a dead network
    # Three networks that do not learn, what tells why, and what cures each.
    seed 1
    data digits
    optimizer sgd lr=0.05 momentum=0.9
    batch 32
    init uniform 0.01
    net small
    add flatten
    repeat 4 { dense 64 act=relu }
    add dense 10

    # small has four hidden layers and does not learn. See for yourself: train it
    # for 3 epochs. The loss of guessing among ten classes is ln 10, 2.303.
    # hint: train 3
    train 3
    expect epochs(small) >= 3 and loss(train) > 2.29 "it stays at ln 10"

    # Type gradients. The bars fall from the last layer to the first, by a factor
    # of 30 or more each: the gradient vanishes, since weights were drawn from
    # -0.01 to 0.01, far too small. He's rule draws them so that values keep their
    # size through relu. Reinitialise with init he, then train 5.
    # hint: init he draws all weights again
    # hint: then train 5
    init he
    train 5
    expect loss(train) < 0.5 "cured by another initialisation"

    # The second one: net dead, flatten, dense 64 bias=-20 act=relu, dense 64
    # act=relu, dense 10. bias=-20 is where the biases of that layer start.
    # hint: net dead, then the four blocks one after another
    net dead
    add flatten
    add dense 64 bias=-20 act=relu
    add dense 64 act=relu
    add dense 10
    expect blocks(dead) == 4 and in(dead) == 1x8x8 and params(dead) == 8970 "the second network"

    # gradients says 0 for two layers: not small, but exactly 0. trace says why:
    # 100 % dead. All values before the relu are below 0, so nothing gets through,
    # forward or back, and no learning rate helps. Set the biases to start at 0,
    # reinitialise the layer with init he dense1, and train 3.
    # hint: set dense1 bias=0
    # hint: init he dense1, then train 3
    set dense1 bias=0
    init he dense1
    train 3
    expect loss(train) < 0.5 "cured by biases of 0"

    # The third: net steep, flatten, dense 64, then thirty residual layers,
    # repeat 30 { residual { dense 64; relu } }, and dense 10.
    # hint: net steep, add flatten, add dense 64, the line above, add dense 10
    net steep
    add flatten
    add dense 64
    repeat 30 { residual { dense 64; relu } }
    add dense 10
    expect params(steep) == 129610 "thirty residual layers"

    # Its loss at the start is not 2.303 but over a million: each sum doubles the
    # variance, so values and gradients explode (look at gradients). train would
    # end at once. Wrap each residual in rezero: a factor before the sum
    # that is learned, and begins at 0. Then train 3.
    # hint: wrap rezero each rep1.*.res1
    # hint: then train 3
    wrap rezero each rep1.*.res1
    train 3
    expect loss(train) < 0.5 "cured by a factor that starts at 0"

    # Vanishing, dead, exploding: gradients and trace tell them apart in seconds,
    # before any long run. In a healthy network all layers have gradients of about
    # the same size. why looks for all of this at once.
    # keep: gradients > gradients.txt  the norms of the last one
    """
}
