extension ExampleTable {
  /// docs/examples/lockstep.esp.
  static let lockstep = """
    #!/usr/bin/env espalier
    # A plain network and a residual one of the same size learn side by side, on the same batches.
    seed 1
    data digits
    optimizer sgd lr=0.1 momentum=0.9
    batch 64

    def layers2 { conv 16 3 bias=no; bn; relu; conv 16 3 bias=no; bn }

    net plain
    add cnn 16 3 bias=no
    repeat 9 { layers2; relu }
    add gap
    add dense 10

    net residual
    add cnn 16 3 bias=no
    repeat 9 { residual act=relu { layers2 } }
    add gap
    add dense 10
    expect params(plain) == params(residual)

    train plain,residual 4
    expect steps(plain) == steps(residual)
    expect loss(plain) > 4 * loss(residual) "the plain network degrades"

    # until asks about one of them by its name; loss alone would mean both.
    train plain,residual 2 until loss(residual) < 0.1
    net

    """
}
