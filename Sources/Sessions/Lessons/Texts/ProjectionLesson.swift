extension LessonTable {
  /// The block that the program was made for, with its six bugs.
  static let projection = """
    ## projection: When shapes differ: the projection
    # A residual block in 1-D, and six bugs of its first version, one by one.
    input 1x150

    # The block: three times convolution, normalization, relu (10 channels, kernel
    # 3, the first with stride 2), its input added to the result, then relu.
    # bn is batch normalization; lesson 7 explains it. Someone's first version had
    # six bugs; you rebuild it. Bug 1: the stride was ignored, all had stride 1.
    # Add the first three layers with it: conv 10 3 stride=2 pad=0, bn, relu.
    # hint: three commands: add conv 10 3 stride=2 pad=0, add bn, add relu
    add conv 10 3 stride=2 pad=0
    add bn
    add relu
    expect blocks(net) == 3 and out(net) == 10x74 "conv, bn, relu to 10x74, not padded yet"

    # Bug 2: kernel 3 without padding loses two positions a layer. Add conv, bn,
    # relu twice more as they were written, with pad=0, and see what becomes of 150.
    # hint: repeat 2 { conv 10 3 pad=0; bn; relu }
    repeat 2 { conv 10 3 pad=0; bn; relu }
    expect blocks(net) == 9 and out(net) == 10x70 "nine layers to 10x70: 150, 74, 72, 70"

    # Now wrap all of it: wrap residual act=relu. It is refused, since no stride
    # turns 150 into 70. Read what it says, then begin again with net padded: build
    # the same nine layers with padding (leave out pad=0), but do not wrap them yet.
    # hint: net padded, then the same lines without pad=0
    net padded
    add conv 10 3 stride=2
    add bn
    add relu
    repeat 2 { conv 10 3; bn; relu }
    expect blocks(padded) == 9 and out(padded) == 10x75 "the whole body, nine layers, to 10x75"

    # Bug 3: even so 1x150 and 10x75 cannot be added: neither the channels agree
    # nor the positions. wrap residual act=relu shortcut=identity is refused.
    # So the shortcut has to change the shape, too: a convolution of kernel 1 and
    # stride 2 projects 1x150 to 10x75. Leave shortcut= out, and wrap adds it:
    # wrap residual act=relu.
    # hint: wrap residual act=relu, without shortcut
    wrap residual act=relu
    expect out(padded) == 10x75 and params(padded) == 750 and blocks(padded) > 9 "a residual block with a projection, 750 parameters"

    # explain res1 does the sums: 720 in the body, 30 in the projection (10
    # weights, and a normalization of 20). shortcut=A needs no parameters: it takes
    # every second position and appends channels of zeros. set res1 KEY=VALUE
    # changes a block that is there: set its shortcut to A.
    # hint: set res1 shortcut=A
    set res1 shortcut=A
    expect params(padded) == 720 "no parameters in the shortcut"

    # He et al. 2015 call these A and B; B did a little better. Bug 4: positional
    # arguments: f(channels, kernel, stride, padding) was called with padding
    # where stride belongs. A key prevents that: stride=2. Bug 5: y += x in place;
    # MXNet refuses that while it records gradients, so it failed only when it
    # was trained. Here the sum is a part of the network and cannot go wrong.

    # Bug 6: relu at the end of the body, before the sum: what is added is never
    # negative, so the block can only grow. He et al. 2016 measured 7.84 % error
    # with it against 6.61 % without. Remove the last relu of the body. The repeat
    # has two copies, rep1.1 and rep1.2: take it out of the second.
    # hint: the second copy in the repeat is rep1.2
    # hint: remove res1.rep1.2.relu1
    remove res1.rep1.2.relu1
    expect blocks(res1.rep1.2) == 2 and params(padded) == 720 "no relu before the sum"

    # The library has the block as it was asked for, in one line; with the relu
    # before the sum, as there. In a network called whole:
    #   add RES_CNN1D(10, 3, 2, chain_length=3)
    # hint: net whole begins it
    net whole
    add RES_CNN1D(10, 3, 2, chain_length=3)
    expect out(whole) == 10x75 and params(whole) == 750 and field(whole) == 11 "in a network called whole, 10x75 and 750 parameters"

    # Each bug was refused or seen before anything was trained. help RES_CNN1D
    # shows how the one line is made.
    # keep: draw projection.svg  the block with its projection
    # keep: script > block.esp  the text that makes it
    """
}
