extension ExampleTable {
  /// docs/examples/schedule.esp.
  static let schedule = """
    #!/usr/bin/env espalier
    # A rate that rises, then falls along a cosine, against one that stays; the best weights come back at the end.
    seed 1
    data digits
    batch 64
    optimizer sgd momentum=0.9 wd=0.0005 on=weights

    def net2 { conv 16 3 bias=no; bn; relu; conv 16 3 bias=no; bn; relu; gap; dense 10 }

    net constant
    add net2
    lr 0.1
    train 12

    net curve
    add net2
    lr 0.1 cosine warmup=2
    clip norm=5
    loss cross_entropy smoothing=0.05
    train 12 best=test.accuracy
    lr

    # How it learned, as commands that say it again.
    recipe
    expect accuracy(train) > 0.95

    # Three epochs in a row without a smaller test loss end a run.
    net early
    add net2
    lr 0.1 plateau on=test patience=1 factor=0.3
    train 40 patience=3 best=test.loss
    expect accuracy(test) > 0.9

    """
}
