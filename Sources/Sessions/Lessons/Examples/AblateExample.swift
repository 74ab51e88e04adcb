extension ExampleTable {
  /// docs/examples/ablate.esp.
  static let ablate = """
    #!/usr/bin/env espalier
    # Variants of one network, trained alike: shortcuts or none, and the last gamma of each block 0 at first.
    data digits
    optimizer sgd lr=0.1 momentum=0.9
    batch 64
    add cnn 16 3 bias=no
    repeat 6 { basicblock 16 }
    add gap
    add dense 10
    ablate skip epochs=2
    expect shown(skipyes.loss) < shown(skipno.loss) "shortcuts help"
    ablate gamma epochs=2
    ablate shortcut epochs=1
    ablate order epochs=1

    """
}
