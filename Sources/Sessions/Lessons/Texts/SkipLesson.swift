extension LessonTable {
  /// What adding the input repairs.
  static let skip = """
    ## skip: The skip connection
    # The network of lesson 4 learns once each layer's input is added to its output.
    seed 1
    data digits
    init gluon
    optimizer sgd lr=0.05 momentum=0.9
    batch 32
    net plain
    add flatten
    add dense 64
    repeat 8 { dense 64 act=relu }
    add dense 10

    # plain is the network that stayed at chance: eight layers in a row.
    # Make a copy of it to change: fork residual.
    # hint: fork NAME copies the current network and goes there
    fork residual
    expect blocks(residual) == 11 and blocks(plain) == 11 "a copy called residual"

    # A residual block adds its input to what its layers make of it:
    #   out = body(x) + x
    # wrap puts blocks into a container. Wrap each of the eight layers by itself:
    # wrap residual each rep1.*
    # hint: tree shows the paths; rep1.* is each copy in the repeat
    wrap residual each rep1.*
    expect params(residual) == params(plain) "no parameter more"
    expect params(rep1.1.res1) == 4160 and params(rep1.8.res1) == 4160 "eight residual blocks"

    # tree draws the way round each body as a rail on the left, and the sum as a
    # circled plus. The sum costs nothing: both have 38,090 parameters.
    # Look at gradients now (‖g‖ is the norm of a layer's gradient), and at those
    # of the other: net plain, gradients, net residual.

    # Let both learn side by side on the same batches: train plain,residual 8.
    # hint: train takes several networks, with commas between them
    train plain,residual 8
    expect loss(plain) > 2.2 and loss(residual) < 0.2 "plain stays at ln 10, residual learns"

    # Why? The derivative of body(x) + x is that of the body, plus 1. However
    # small the bodies' derivatives are, the 1 carries the gradient to the first
    # layer: eight factors near 0 have become eight factors near 1.
    # A block whose body is 0 does no harm either: it passes on its input. So a
    # deeper network can always do what a shallower one does.

    # Remove one shortcut again: unwrap the residual of the first copy in the
    # repeat. Its path begins with rep1.1.
    # hint: unwrap PATH; tree shows the paths
    # hint: unwrap rep1.1.res1
    unwrap rep1.1.res1
    expect params(rep1.1.dense1) == 4160 "the first copy without its shortcut"

    # The loss has jumped: the layers above had learned with that shortcut. Try
    # train residual 2: most of it comes back, since seven shortcuts still carry
    # the gradient. Without any the network stayed at chance.

    # Degradation has more than one cause. Here it was vanishing gradients. In the
    # networks of He et al. 2015 batch normalization kept gradients alive, and yet
    # deep plain ones trained worse than shallow ones: it is hard for many layers
    # to learn to pass something on unchanged. Skips cured that, too: a block now
    # starts from its input and learns only the difference. degrade 8,20 shows it.
    # keep: draw skip.svg  seven blocks with their skips, one without
    # keep: plot skip-loss.svg  both losses
    """
}
