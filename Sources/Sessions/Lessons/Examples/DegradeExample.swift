extension ExampleTable {
  /// docs/examples/degrade.esp.
  static let degrade = """
    #!/usr/bin/env espalier
    # Plain and residual networks of the same parameters learn digits: equal at 8 layers, not at 20 (He et al. 2015).
    data digits
    degrade 8,20
    expect shown(plain8.params) == shown(residual8.params)
    expect shown(plain20.params) == 42394
    expect shown(residual20.params) == 42394
    expect shown(plain8.loss) < 3 * shown(residual8.loss) "8 layers are about equal"
    expect shown(plain20.loss) > 5 * shown(residual20.loss) "the plain network degrades"

    """
}
