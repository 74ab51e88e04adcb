extension ExampleTable {
  /// docs/examples/surgery.esp.
  static let surgery = """
    #!/usr/bin/env espalier
    # A network that grows while it learns: deeper, then wider, and the loss has no step (Net2Net, Chen,
    # Goodfellow and Shlens 2016). Then its stem is frozen and the rest learns on.
    data digits
    seed 3
    add conv 8 3; add bn; add relu
    add basicblock 8
    add basicblock 16 stride=2
    add gap; add dense 10
    optimizer sgd lr=0.03 momentum=0.9
    train 3
    let before = loss(train)
    let small = params(net)

    deepen conv1                          # a convolution, normalization and relu that pass on what they get
    widen res1.conv1 16                   # copies of channels; what reads them shares its weights out
    widen res2.conv1 24
    let after = loss(train)
    expect max(after - before, before - after) < 0.0001 "the function stays"
    expect params(net) > small

    train 2                               # the new layers and channels learn like the others
    expect loss(train) < before "more to learn with, and it learns"

    let best = accuracy(test)
    freeze conv1..res1                    # what the stem has learned stays to the bit
    expect trainable(net) < params(net)
    train 2
    expect accuracy(test) > best - 0.05
    unfreeze *

    """
}
