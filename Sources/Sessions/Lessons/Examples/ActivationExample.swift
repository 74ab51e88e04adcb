extension ExampleTable {
  /// docs/examples/activation.esp.
  static let activation = """
    #!/usr/bin/env espalier
    # An activation argument and an activation layer are the same function: the shapes, the parameters and
    # the outputs agree. With batch normalization between them they are not: order matters.
    seed 1
    input 1x32

    net argument
    add conv 8 3 act=relu

    net layer
    add conv 8 3
    add relu
    expect params(argument) == params(layer) and out(argument) == out(layer)

    net before
    add conv 8 3 act=relu; add bn           # convolution, ramp, normalization

    net after
    add conv 8 3; add bn; add relu          # convolution, normalization, ramp
    expect params(before) == params(after)
    net

    """
}
