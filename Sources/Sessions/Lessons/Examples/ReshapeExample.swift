extension ExampleTable {
  /// docs/examples/reshape.esp.
  static let reshape = """
    #!/usr/bin/env espalier
    # Twenty plain layers hardly learn digits; wrapped in shortcuts while they learn, they do.
    seed 1
    data digits
    optimizer sgd lr=0.05 momentum=0.9
    batch 64

    def layers2 { conv 16 3 bias=no; bn; relu; conv 16 3 bias=no; bn }

    net plain
    add cnn 16 3 bias=no
    repeat 9 { seq { layers2 }; relu }
    add gap
    add dense 10

    train 12 epochs &
    pause
    step 40
    let stuck = $(loss(train))

    wrap residual each rep1.*.seq1
    step 40
    remove rep1.9.relu1                 # a mistake, and its undo: each between two steps
    undo
    wait
    evaluate
    expect loss(net) < 0.5 * $stuck "the loss falls once there are shortcuts"
    expect accuracy(test) > 0.85

    """
}
