extension ExampleTable {
  /// docs/examples/surface.esp.
  static let surface = """
    #!/usr/bin/env espalier
    # Which class a network gives each place of the plane: without a hidden layer there are straight lines
    # between the arms of a spiral, with one the regions wind as the arms do.
    seed 1
    data spirals

    net straight
    add dense 3

    net curved
    add dense 32 act=tanh
    add dense 32 act=tanh
    add dense 3

    optimizer adam lr=0.01
    train straight,curved 30
    net straight; surface n=40
    net curved; surface n=40
    expect accuracy(straight) < 0.7
    expect accuracy(curved) > 0.95

    """
}
