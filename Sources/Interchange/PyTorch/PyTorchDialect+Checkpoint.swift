/// Bodies of which the backward pass computes the values again.
extension PyTorchDialect {
  var checkpoint: CheckpointText { .function(name: "recomputed", text: Self.recomputed) }

  /// Running statistics would be followed twice where they were not left alone the second time.
  private static let recomputed = """
    def recomputed(body, x):
        \"""What a body puts out; the backward pass computes again what lies inside, without statistics.\"""
        norms = [part for part in body.modules() if isinstance(part, nn.modules.batchnorm._BatchNorm)]

        @contextmanager
        def again():
            momenta = [norm.momentum for norm in norms]
            for norm in norms:
                norm.momentum = 0.0
            try:
                yield
            finally:
                for norm, momentum in zip(norms, momenta):
                    norm.momentum = momentum

        contexts = lambda: (nullcontext(), again())
        return checkpoint(body, x, use_reentrant=False, context_fn=contexts)
    """
}
