extension ExampleTable {
  /// docs/examples/lesion.esp.
  static let lesion = """
    #!/usr/bin/env espalier
    # A residual network hardly misses a block, a plain one falls to chance (Veit, Wilber and Belongie 2016).
    data digits
    optimizer sgd lr=0.05 momentum=0.9
    batch 64

    def layers2 { conv 16 3 bias=no; bn; relu; conv 16 3 bias=no; bn }

    net residual
    add cnn 16 3 bias=no
    repeat 12 { residual act=relu { layers2 } }
    add gap
    add dense 10
    train 8
    lesion each
    expect shown(median) <= 0.05 "most blocks are hardly missed"

    net plain
    add cnn 16 3 bias=no
    repeat 12 { layers2; relu }
    add gap
    add dense 10
    train 8
    lesion each
    expect shown(median) >= 0.4 "every block is needed"

    """
}
