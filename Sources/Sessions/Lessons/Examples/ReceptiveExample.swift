extension ExampleTable {
  /// docs/examples/receptive.esp.
  static let receptive = """
    #!/usr/bin/env espalier
    # What one output sees, by its formula and counted: 11 for the block of the question that began it.
    input 1x150
    add RES_CNN1D 10 3 2 3
    receptive
    expect shown(field) == 11
    expect shown(counted) == 11
    expect field(net) == 11

    """
}
