extension ExampleTable {
  /// docs/examples/segment.esp.
  static let segment = """
    #!/usr/bin/env espalier
    # Circles, squares and triangles are told from the background at each position of an image.
    # Dilated convolutions see far without pooling; the last one has a score of each class at each position.
    seed 1
    data shapes size=24 count=400 test=100
    add conv 12 3; add bn; add relu
    add residual { conv 12 3 dilation=2; bn; relu; conv 12 3 dilation=4; bn } act=relu
    add residual { conv 12 3 dilation=4; bn; relu; conv 12 3; bn } act=relu
    add conv 4 1
    batch 16
    optimizer adam lr=0.01
    lr 0.01 cosine
    train 12
    evaluate test by=class
    # Five of six positions are background, of which accuracy makes too much; IoU counts all classes alike.
    expect iou(test) > 0.6 and accuracy(test) > 0.93
    confusion
    mistakes 1

    """
}
