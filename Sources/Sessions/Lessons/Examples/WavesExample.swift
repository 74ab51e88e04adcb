extension ExampleTable {
  /// docs/examples/waves.esp.
  static let waves = """
    #!/usr/bin/env espalier
    # A small one-dimensional residual network tells sines, squares, sawteeth and chirps apart.
    seed 3
    data waves length=64 count=800 noise=0.2
    split 0.8
    add RES_CNN1D(10, 3, 2, chain_length=3)
    add RES_CNN1D(20, 3, 2, chain_length=2)
    add gap
    add dense 4
    optimizer adam lr=0.003
    batch 32
    train 20
    evaluate
    expect accuracy(test) > 0.9

    """
}
