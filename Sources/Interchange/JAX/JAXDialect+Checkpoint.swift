/// Bodies of which the backward pass computes the values again.
extension JAXDialect {
  var checkpoint: CheckpointText { .function(name: "recomputed", text: Self.recomputed) }

  private static let recomputed = """
    @nnx.remat
    def recomputed(body, x):
        \"""What a body puts out; the backward pass computes again what lies inside.\"""
        return body(x)
    """
}
