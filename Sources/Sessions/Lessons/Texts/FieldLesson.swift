extension LessonTable {
  /// What one output sees.
  static let receptiveField = """
    ## field: The receptive field
    # How much of the input one output sees, and three ways to see more.
    input 1x64

    # One output of a convolution with kernel 3 sees 3 positions of the input:
    # its receptive field is 3. The last column of tree says it, rf.
    # Add conv 8 3, then look at tree.
    # hint: add conv 8 3
    add conv 8 3
    expect field(net) == 3 "a receptive field of 3"

    # A second one sees 3 outputs of the first, which see 3 each: 5 together.
    # Each further layer of kernel K adds K - 1. Reach 11 with layers of kernel 3
    # and no stride.
    # hint: 11 is 1 + 5 * 2
    # hint: four more of them
    add conv 8 3
    add conv 8 3
    add conv 8 3
    add conv 8 3
    expect field(net) == 11 and out(net) == 8x64 "11 of 64 positions"

    # Five layers for 11 positions: that is slow. After a layer of stride 2 each
    # step is worth two positions. In a network of its own, begun by net strided,
    # reach 11 with three layers of kernel 3, the first with stride 2.
    # hint: net strided begins it, with the same input
    # hint: 1 + 2 + 2 * 2 + 2 * 2 is 11
    net strided
    add conv 8 3 stride=2
    add conv 8 3
    add conv 8 3
    expect field(net) == 11 and blocks(net) == 3 "11 positions by three layers"

    # The price of the stride: half the positions are left.
    # Dilation keeps them: dilation=4 puts 3 positions between those of the
    # window. In a network called dilated reach 31 with four layers of kernel 3,
    # dilation 1, 2, 4 and 8, at full length.
    # hint: each layer adds (3 - 1) times its dilation
    # hint: add conv 8 3 dilation=2
    net dilated
    add conv 8 3
    add conv 8 3 dilation=2
    add conv 8 3 dilation=4
    add conv 8 3 dilation=8
    expect field(net) == 31 and out(net) == 8x64 "31 positions, 64 outputs"

    # A class is one answer for the whole input: gap, the mean over all positions,
    # sees everything. Add it, and a dense layer for 4 classes.
    # hint: add gap
    add gap
    add dense 4
    expect out(net) == 4 "four outputs"

    # What lies outside its receptive field cannot change an output. A pattern of
    # 40 positions needs more than 11; a mean at the end helps only where parts of
    # the pattern suffice.
    # keep: draw field.svg  the dilated network
    """
}
