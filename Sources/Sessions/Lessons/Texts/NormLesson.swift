extension LessonTable {
  /// What normalization repairs, and in which order.
  static let normalization = """
    ## norm: Normalization, and what order does
    # What batch normalization learns, keeps and repairs, and where it belongs.
    seed 1
    data digits

    # Batch normalization brings each channel to mean 0 and deviation 1 over the
    # batch, then scales and shifts it by two numbers that are learned.
    # Add conv 8 3, then bn.
    # hint: add conv 8 3, then add bn
    add conv 8 3
    add bn
    expect running(net) == 16 "a normalization after the convolution"

    # The last line of summary counts 96 learnable: 80 of the convolution, and 2
    # for each of the 8 channels. The 16 running ones are not learned: they are
    # means and variances, gathered while it trains, and used when it is tested.
    # The bias of conv1 is of no use now: bn takes every mean away. Take it out.
    # hint: set changes a key of a block that is there
    # hint: set conv1 bias=no
    set conv1 bias=no
    expect params(net) == 88 "88 parameters, no bias before bn"

    # The usual order is convolution, normalization, relu. Add relu.
    # hint: add relu
    add relu
    expect blocks(net) == 3 "conv, bn, relu"

    # In Keras or Gluon a convolution with activation='relu' and then a
    # normalization is another network: conv, relu, bn. Build that one: net other,
    # conv 8 3 without bias, relu, bn.
    # hint: net other begins it
    net other
    add conv 8 3 bias=no
    add relu
    add bn
    expect blocks(other) == 3 and params(other) == 88 "conv, relu, bn: as many parameters"

    # Type trace here and in main (net norm): what leaves each block for a batch.
    # In one half of what leaves is 0 and none is less than 0; in the other the
    # last block gives mean 0, no zeros, and nothing shows where relu was.
    # Same parameters, same shapes, another function.

    # What it repairs: net bare, init gluon, optimizer sgd lr=0.05 momentum=0.9,
    # batch 32; flatten, then repeat 8 { dense 64; relu }, then dense 10. Then
    # net normed: the same with bn between dense and relu. Both are short.
    # hint: repeat 8 { dense 64; bn; relu }
    init gluon
    optimizer sgd lr=0.05 momentum=0.9
    batch 32
    net bare
    add flatten
    repeat 8 { dense 64; relu }
    add dense 10
    net normed
    add flatten
    repeat 8 { dense 64; bn; relu }
    add dense 10
    expect running(bare) == 0 and running(normed) == 1024 and blocks(normed) == 26 "bare and normed, alike but for bn"

    # Let them learn side by side for 5 epochs.
    # hint: train bare,normed 5
    train bare,normed 5
    expect loss(bare) > 2.2 and loss(normed) < 0.6 "bare stays at ln 10, normed learns"

    # Weights drawn too small make values and gradients smaller layer by layer;
    # bn makes them of size 1 again each time. So how weights are drawn matters
    # less, and higher learning rates work. Its price: in training the output for
    # an image depends on the rest of its batch, and a batch of 1 or 2 is too small.
    # keep: plot norm.svg  both losses
    """
}
