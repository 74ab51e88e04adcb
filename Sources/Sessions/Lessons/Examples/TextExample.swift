extension ExampleTable {
  /// docs/examples/text.esp.
  static let text = """
    #!/usr/bin/env espalier
    # A causal network learns a text character by character, and writes one.
    # Each position is answered with the next character; pad=causal keeps it from seeing what stands behind.
    seed 1
    data text characters=150000
    # Two convolutions of kernel 1 make channels of the number of a character.
    add bn
    add conv 48 1 act=relu
    add conv 48 1 act=relu
    add conv 64 5 pad=causal act=relu
    add residual { conv 64 5 pad=causal dilation=4 act=relu; conv 64 1 }
    add conv 44 1
    batch 16
    optimizer adam lr=0.005
    lr 0.005 cosine
    train 10
    evaluate
    # Guessing among 44 characters takes 5.46 bits.
    expect bits(test) < 1.8
    generate 200 "The " temperature=0.7

    """
}
