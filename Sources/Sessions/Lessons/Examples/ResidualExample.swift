extension ExampleTable {
  /// docs/examples/residual.esp.
  static let residual = """
    #!/usr/bin/env espalier
    # A residual network learns handwritten digits: shapes, training, accuracy.
    seed 1
    data digits

    add cnn 16 3                        # convolution, batch normalization, ramp
    add basicblock 16                   # the input is added back as it is
    add basicblock 32 stride=2          # shapes change, so the shortcut is projected
    add basicblock 64 stride=2
    add gap
    add dense 10
    tree

    optimizer sgd lr=0.05 momentum=0.9 wd=0.0001
    batch 32
    train 12

    evaluate
    expect accuracy(test) >= 0.95

    """
}
