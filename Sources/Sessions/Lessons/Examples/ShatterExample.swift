extension ExampleTable {
  /// docs/examples/shatter.esp.
  static let shatter = """
    #!/usr/bin/env espalier
    # Gradients along a line of inputs: white noise in deep plain networks, alike in residual ones (Balduzzi et al. 2017).
    shatter 2,24
    expect shown(plain2) > 0.7
    expect shown(plain24) < 0.2 "white noise"
    expect shown(residual24) > 0.5 "still alike"

    """
}
