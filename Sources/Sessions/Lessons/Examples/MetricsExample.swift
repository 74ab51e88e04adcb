extension ExampleTable {
  /// docs/examples/metrics.esp.
  static let metrics = """
    #!/usr/bin/env espalier
    # Which classes a small network takes for which, and what it gets most wrong.
    seed 1
    data digits
    add conv 8 3 act=relu
    add maxpool 2
    add flatten
    add dense 10
    train 20 until f1(test) > 0.87
    evaluate test by=class
    confusion test
    mistakes 2 test
    expect balanced(test) > 0.8 and recall(test, 2) > 0.8
    expect top3(test) > 0.95

    """
}
