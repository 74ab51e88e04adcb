extension ExampleTable {
  /// docs/examples/gates.esp.
  static let gates = """
    #!/usr/bin/env espalier
    # Deep residual networks without normalization: how their loss starts, and what gates cost.
    seed 1
    data digits
    init he
    optimizer sgd lr=0.05 momentum=0.9
    batch 32

    # Every plain residual doubles the variance: the loss starts far beyond ln 10 = 2.303.
    add flatten
    add dense 64
    repeat 32 { residual { dense 64; relu } }
    add dense 10
    expect loss(train) > 1000000

    # With ReZero each block is its shortcut at first, whatever its weights: the depth is not seen. A last scale
    # that starts at 0 as well makes all classes alike, which costs ln 10 exactly.
    wrap rezero each rep1.*.res1
    expect loss(train) < 10
    add scale 0
    expect loss(train) > 2.30258
    expect loss(train) < 2.30259
    train 3
    expect accuracy(test) > 0.8

    # A highway carries its input past each transform until its gate learns to open.
    net highway
    add flatten
    add dense 64
    repeat 16 { highway { dense 64 act=relu } }
    add dense 10
    train 3
    expect accuracy(test) > 0.8

    # Squeeze-excite costs 2 C² / r + C / r + C parameters.
    net se
    add conv 32 3 bias=no
    add bn
    add relu
    let before = params(net)
    wrap se reduction=4
    expect params(net) - $before == 2 * 32 * 32 / 4 + 32 / 4 + 32
    unwrap seq1
    expect params(net) == $before

    """
}
