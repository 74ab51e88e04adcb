extension ExampleTable {
  /// docs/examples/vanishing.esp.
  static let vanishing = """
    #!/usr/bin/env espalier
    # Eight dense layers drawn from Gluon's Uniform(0.07): no gradient reaches the first one.
    # With shortcuts the same layers learn.
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
    train 8
    evaluate
    expect accuracy(test) < 0.2

    net residual
    add flatten
    add dense 64
    repeat 8 { residual { dense 64 act=relu } }
    add dense 10
    train 8
    evaluate
    expect accuracy(test) > 0.8

    """
}
