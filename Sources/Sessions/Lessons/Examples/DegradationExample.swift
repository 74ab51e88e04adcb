extension ExampleTable {
  /// docs/examples/degradation.esp.
  static let degradation = """
    #!/usr/bin/env espalier
    # Twenty layers with and without shortcuts learn the same digits: the same parameters, another loss.
    seed 1
    data digits
    optimizer sgd lr=0.1 momentum=0.9
    batch 64

    def layers2 { conv 16 3 bias=no; bn; relu; conv 16 3 bias=no; bn }

    net plain
    add cnn 16 3 bias=no
    repeat 9 { layers2; relu }
    add gap
    add dense 10

    net residual
    add cnn 16 3 bias=no
    repeat 9 { residual act=relu { layers2 } }
    add gap
    add dense 10
    expect params(plain) == params(residual)

    net plain
    train 4
    net residual
    train 4

    net
    expect loss(plain) > 4 * loss(residual) "the plain network degrades"

    """
}
