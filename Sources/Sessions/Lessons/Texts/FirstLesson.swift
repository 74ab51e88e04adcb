extension LessonTable {
  /// From nothing to a network that reads digits.
  static let firstNetwork = """
    ## first: A first network
    # Build a network for handwritten digits, train it, see what it gets wrong.
    seed 1

    # Each line you type is a command. data loads examples to learn from; digits
    # come with the program: 1,437 images of 8 by 8 dots to learn, 360 to test.
    # Type: data digits
    # hint: data, then the name of the data
    data digits
    expect in(net) == 1x8x8 "the input is one channel of 8 by 8"

    # A convolution slides a small window over the image and learns what to look
    # for. add puts a layer at the end. Add a convolution with 8 channels and a
    # window of 3 by 3. (Tab completes words, and the line below shows shapes.)
    # hint: conv takes channels, then the size of its window
    # hint: add conv CHANNELS KERNEL
    add conv 8 3
    expect out(net) == 8x8x8 and params(net) == 80 "a convolution, 8 channels, 3 by 3"

    # Its 8 filters of 3 by 3 have 9 weights and a bias each: 80 parameters.
    # Halve height and width now, keeping the largest value of each 2 by 2:
    # that layer is called maxpool.
    # hint: maxpool alone takes windows of 2
    add maxpool 2
    expect out(net) == 8x4x4 "8 channels of 4 by 4"

    # At the end there must be one number for each of the ten classes, 0 to 9.
    # A dense layer reads all values there are. Add one with 10 units.
    # hint: help dense tells how it is typed
    add dense 10
    expect out(net) == 10 and params(net) == 1370 "ten outputs, 1,370 parameters"

    # tree draws what you have built, with shapes and parameters; summary lists it.
    # Try either, then set how it learns and train: optimizer adam lr=0.003,
    # then train 5, for five times through all examples. You may type on while
    # it learns.
    # hint: optimizer adam lr=0.003
    # hint: train 5
    optimizer adam lr=0.003
    train 5
    expect epochs(net) >= 5 and accuracy(test) > 0.8 "more than 80 % of the test right"

    # It has never seen the 360 images of the test, so accuracy there counts.
    # evaluate tells both; confusion shows which digit it takes for which, and
    # mistakes draws the worst. Now do better: train on, or put a layer in first:
    # insert dense 32 before dense1. undo takes back any command, training too.
    # Reach 88 %.
    # hint: train 15 goes on from here
    train 15
    expect accuracy(test) > 0.88 "more than 88 % of the test right"

    # You have built, trained and measured a network. save keeps it with its
    # weights; draw makes a picture of it, plot one of how the loss fell.
    # keep: draw first.svg  the network
    # keep: save first.safetensors  the network with its weights
    """
}
