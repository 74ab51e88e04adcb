extension ExampleTable {
  /// docs/examples/mismatch.esp.
  static let mismatch = """
    #!/usr/bin/env espalier
    # What goes wrong with shapes that cannot be added, and what repairs it.
    input 1x150

    # Without padding every convolution loses two positions: 150, 74, 72, 70. No shortcut gives those back.
    try { add rescnn 10 3 2 chain_length=3 pad=0 }
    expect blocks(net) == 0

    # With padding the channels and the stride still differ: the identity cannot be added.
    try { add rescnn 10 3 2 chain_length=3 shortcut=identity }
    expect blocks(net) == 0

    # A projection repairs it, or channels of zeros, which have no parameters.
    add rescnn 10 3 2 chain_length=3 shortcut=B
    expect out(net) == 10x75 and params(net) == 750
    undo
    add rescnn 10 3 2 chain_length=3 shortcut=A
    expect out(net) == 10x75 and params(net) == 720

    """
}
