extension ExampleTable {
  /// docs/examples/block.esp.
  static let block = """
    #!/usr/bin/env espalier
    # One residual convolution block, spelled three ways: convolution, batch normalization and ramp,
    # three times, the first with stride 2; the input is added back; then a ramp.

    # 1. From the library, in one line. RES_CNN1D(10, 3, 2, chain_length=3) is the same.
    net library
    input 1x64
    add rescnn 10 3 2 chain_length=3
    tree
    expect params(net) == 750 and out(net) == 10x32 and field(net) == 11

    # 2. Step by step.
    net steps
    add conv 10 3 stride=2; add bn; add relu
    repeat 2 { conv 10 3; bn; relu }
    wrap residual act=relu
    expect params(net) == 750 and out(net) == 10x32 and field(net) == 11

    # 3. Defined by yourself.
    def CHUNK channels kernel stride=1 pad=same { conv $channels $kernel stride=$stride pad=$pad; bn; relu }
    def CHAIN channels kernel initial_stride chain_length=1 stride=1 {
        residual act=relu {
            CHUNK $channels $kernel stride=$initial_stride
            repeat $(chain_length - 1) { CHUNK $channels $kernel stride=$stride }
        }
    }
    net defined
    add CHAIN 10 3 2 chain_length=3
    expect params(net) == 750 and out(net) == 10x32 and field(net) == 11
    script

    """
}
