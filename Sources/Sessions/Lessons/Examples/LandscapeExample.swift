extension ExampleTable {
  /// docs/examples/landscape.esp.
  static let landscape = """
    #!/usr/bin/env espalier
    # The loss around the weights of a plain and of a residual network of the same size, along one random
    # direction in which each filter is as long as that of the network (Li et al. 2018, arXiv:1712.09913).
    seed 1
    data spirals noise=0.02

    net plain
    add dense 16 act=tanh
    repeat 6 { dense 16 act=tanh }
    add dense 3

    net residual
    add dense 16 act=tanh
    repeat 6 { residual { dense 16 act=tanh } }
    add dense 3

    optimizer adam lr=0.01
    train plain,residual 20
    landscape plain,residual 1d n=31
    landscape residual 2d n=11 range=0.5
    expect params(plain) == params(residual)
    expect accuracy(residual) > 0.9

    """
}
