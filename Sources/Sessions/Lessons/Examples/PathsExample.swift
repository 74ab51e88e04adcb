extension ExampleTable {
  /// docs/examples/paths.esp.
  static let paths = """
    #!/usr/bin/env espalier
    # 54 residual blocks are 2^54 paths, 27 blocks long on average; the gradient comes by short ones (Veit et al. 2016).
    input 3x32x32
    add resnet110
    paths
    expect shown(blocks) == 54
    expect shown(mean) == 27
    expect shown(paths) == 18014398509481984

    # The gradient by path length, on a smaller one.
    net small
    data digits
    add conv 8 3 bias=no
    repeat 8 { basicblock 8 }
    add gap
    add dense 10
    paths
    expect shown(paths) == 256
    expect shown(mean) == 4

    """
}
