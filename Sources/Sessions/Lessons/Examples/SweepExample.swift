extension ExampleTable {
  /// docs/examples/sweep.esp.
  static let sweep = """
    #!/usr/bin/env espalier
    # A loop over depths: espalier docs/examples/sweep.esp
    seed 1
    data rings
    batch 50
    optimizer adam lr=0.01
    for depth in 1 2 4 {
      net depth$depth
      add dense 16
      repeat $depth { residual { dense 16 act=tanh } }
      add dense 2
      train 15
    }
    net
    expect accuracy(depth4) > 0.9

    """
}
