extension LessonTable {
  /// What becomes of shapes.
  static let shapes = """
    ## shapes: Shapes and padding
    # What kernel, stride and padding do to a shape, and where parameters come from.
    input 1x64

    # One example here is one channel of 64 positions: 1x64, a short series.
    # Add a convolution with 10 channels and a kernel of 3, without padding:
    # add pad=0 at its end. Think first: how many positions will be left?
    # hint: a window of 3 fits 62 times into 64
    # hint: add conv CHANNELS KERNEL pad=0
    add conv 10 3 pad=0
    expect out(net) == 10x62 "the positions that are left without padding"

    # A kernel of K loses K - 1 positions. Padding puts zeros at both ends; the
    # usual pad=same adds as many as are lost. Take the layer back and add it
    # again with padding.
    # hint: undo takes back the last command
    # hint: without a key the padding is same
    undo
    add conv 10 3
    expect out(net) == 10x64 and blocks(net) == 1 "64 positions, with one layer"

    # Parameters: 10 filters of 1 channel by 3 positions, and 10 biases: 40.
    # A second convolution of 10 channels reads 10 channels, not one. Work out
    # its parameters first, then add it: conv 10 3.
    # hint: 10 filters of 10 channels by 3 positions, and 10 biases
    add conv 10 3
    expect params(net) == 350 and blocks(net) == 2 "a second convolution of 10 channels, kernel 3"

    # A stride of 2 looks at every second position: 64 become 32. Add a third
    # convolution of 10 channels, kernel 3, that halves the length.
    # hint: the key is stride=2
    add conv 10 3 stride=2
    expect out(net) == 10x32 "10 channels, 32 positions"

    # With padding P, a kernel K and a stride S, L positions become
    #   floor((L + 2 P - K) / S) + 1
    # What do 32 positions become with kernel 5, stride 2 and pad=0? Work it out,
    # say it with let answer = NUMBER, and then try it on the network.
    # hint: (32 - 5) / 2 is 13.5
    let answer = 14
    expect $answer == 14 "the number of positions"

    # Add that layer: 10 channels, kernel 5, stride 2, no padding.
    # hint: add conv 10 5 stride=2 pad=0
    add conv 10 5 stride=2 pad=0
    expect out(net) == 10x14 "14 positions, as worked out"

    # Images have height and width, as in 3x32x32, and a kernel 3 is 3 by 3.
    # explain PATH does these sums for any layer of your network: explain conv4.
    # Shapes that do not fit are refused before anything runs, and the refusal
    # says which positions were lost. Lesson 6 uses that.
    # keep: draw shapes.svg  the four layers with their shapes
    """
}
