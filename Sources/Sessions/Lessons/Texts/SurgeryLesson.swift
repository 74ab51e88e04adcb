extension LessonTable {
  /// Edits while a network learns.
  static let surgery = """
    ## surgery: Surgery on a live network
    # Change a network while it learns: deeper, wider, frozen, and back.
    seed 3
    data digits
    optimizer sgd lr=0.03 momentum=0.9
    add conv 8 3
    add bn
    add relu
    add basicblock 8
    add basicblock 16 stride=2
    add gap
    add dense 10

    # A small residual network is built already: look at it with tree.
    # Let it learn for 3 epochs.
    # hint: train 3
    train 3
    expect epochs(net) >= 3 and accuracy(test) > 0.8 "it has learned a little"

    # deepen puts a layer after another that passes on what it gets: what the
    # network computes does not change, so nothing that it learned is lost.
    # Deepen conv1, and read max|Δoutput| in the answer.
    # hint: deepen conv1
    deepen conv1
    expect blocks(net) == 20 and accuracy(test) > 0.8 "three blocks more, the same function"

    # widen copies channels, and splits the weights of the layers that read them.
    # Make the first convolution of res1 16 channels wide instead of 8.
    # hint: its path is res1.conv1
    # hint: widen res1.conv1 16
    widen res1.conv1 16
    expect out(res1.conv1) == 16x8x8 "16 channels inside, the same outside"

    # All of this may be done while it learns. train 20 & begins a run that goes
    # on in the background, also in a file. Before it ends, widen res2.conv1 to
    # 24 channels. The loss has no step: look at the chart.
    # hint: train 20 & first
    # hint: widen res2.conv1 24
    train 20 &
    widen res2.conv1 24
    expect out(res2.conv1) == 24x4x4 and epochs(net) >= 3 "widened while it learned"

    # Wait for the run, or stop it. Then freeze the first blocks, conv1..res1:
    # their weights stay as they are, and the rest goes on learning.
    # hint: stop ends a run that goes on, wait waits for it
    # hint: freeze conv1..res1
    stop
    freeze conv1..res1
    expect trainable(net) < params(net) "the first blocks are frozen"

    # Every one of these was a command, so each can be undone, also within a run.
    # Undo the freezing.
    # hint: undo
    undo
    expect trainable(net) == params(net) "everything learns again"

    # Growing a network that has learned something is Net2Net (Chen, Goodfellow,
    # Shlens 2016); freezing the first layers and training the last ones is how
    # pretrained networks are reused. load takes such weights.
    # keep: save surgery.safetensors  the network, with all it needs to learn on
    # keep: plot surgery.svg  the loss, with a mark at each edit
    """
}
