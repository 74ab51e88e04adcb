extension LessonTable {
  /// Eight layers that stay at chance.
  static let depth = """
    ## depth: Why depth fails
    # Two networks alike but for depth: the shallow one learns, the deep one not.
    seed 1
    data digits
    init gluon
    optimizer sgd lr=0.05 momentum=0.9
    batch 32

    # Weights begin uniform from -0.07 to 0.07, as the library Gluon draws them.
    # First build a shallow network, line by line:
    #   net shallow; add flatten; add dense 64
    #   repeat 2 { dense 64 act=relu }
    #   add dense 10
    # repeat makes the two layers in its braces at once.
    # hint: add flatten; add dense 64; then the two layers; add dense 10
    net shallow
    add flatten
    add dense 64
    repeat 2 { dense 64 act=relu }
    add dense 10
    expect blocks(net) == 5 and out(net) == 10 "flatten, three hidden layers, ten outputs"

    # Train it for 8 epochs.
    # hint: train 8
    train 8
    expect epochs(shallow) >= 8 and accuracy(test) > 0.8 "it learns: more than 80 %"

    # Deeper should be better. Build a network called deep: the same, but with
    # eight layers of dense 64 act=relu in place of two.
    # hint: net deep begins it; the arrow keys bring back lines
    # hint: repeat 8 { dense 64 act=relu }
    net deep
    add flatten
    add dense 64
    repeat 8 { dense 64 act=relu }
    add dense 10
    expect blocks(deep) == 11 and params(deep) == 38090 "the same with eight layers"

    # Before it learns, look at its gradient: gradients.
    # ‖g‖ is the norm of a layer's gradient: how strongly the loss depends on its
    # weights. From the last layer to the first the bars fall: each layer passes
    # back a fraction of what it gets. At the first layer less than a
    # ten-thousandth of the last one is left. Such gradients are called vanishing.
    # gradients > depth.txt keeps the table.

    # Train deep for 8 epochs, as you did with shallow.
    # hint: train 8
    train 8
    expect epochs(deep) >= 8 and loss(train) > 2.2 "it has learned nothing"

    # The loss stays at about 2.30, that is ln 10: all ten classes are equally
    # likely to it, and 10 % right is chance. This is not overfitting, since it
    # fails on its training examples, too. Nor has it too few weights: it has more
    # than shallow. Almost no gradient reaches its first layers. That more layers
    # make even the training loss worse is called degradation. Lesson 5 cures this
    # very network with one command.
    # keep: plot depth.svg  both losses
    """
}
