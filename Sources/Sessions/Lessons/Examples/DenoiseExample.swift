extension ExampleTable {
  /// docs/examples/denoise.esp.
  static let denoise = """
    #!/usr/bin/env espalier
    # A residual network takes the noise from waves: the target is a number at each position.
    # What it answers has the shape of what it is given, so nothing pools the positions away.
    seed 1
    data waves target=clean noise=0.3 count=800
    add conv 16 9 act=relu
    add residual { conv 16 9; relu; conv 16 9 dilation=2 } act=relu
    add conv 1 9
    optimizer adam lr=0.01
    lr 0.01 cosine
    train 20
    evaluate
    # The waves as they are begin at 16.5 dB.
    expect psnr(test) > 20
    mistakes 1

    """
}
