import Interchange
import Networks
import Testing

@testable import Sessions

/// How frameworks are told to compute values again.
struct CheckpointCodeTests {
  private static let typed =
    "input 4x8; repeat 2 checkpoint=yes { residual act=relu { conv 4 3; bn } }; add gap; add dense 2"

  @Test("PyTorch has torch.utils.checkpoint, with running statistics left alone the second time")
  func pytorch() throws {
    let text = try ExportedCode.file(Self.typed).text
    #expect(text.contains("\nfrom torch.utils.checkpoint import checkpoint\n"))
    #expect(text.contains("\nfrom contextlib import contextmanager, nullcontext\n"))
    #expect(
      ExportedCode.part("def recomputed", of: text) == #"""
        def recomputed(body, x):
            """What a body puts out; the backward pass computes again what lies inside, without statistics."""
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
        """#)
    #expect(
      ExportedCode.part("class CheckpointedBlock", of: text) == """
        class CheckpointedBlock(nn.Module):
            def __init__(self, in_channels):
                super().__init__()
                self.body = nn.Sequential(ResidualBlock(in_channels))

            def forward(self, x):
                return recomputed(self.body, x)
        """)
    #expect(text.contains("[CheckpointedBlock(4) for _ in range(2)]"))
  }

  @Test("JAX has nnx.remat")
  func jax() throws {
    let text = try ExportedCode.file(Self.typed, for: .jax).text
    #expect(
      ExportedCode.part("@nnx.remat", of: text) == #"""
        @nnx.remat
        def recomputed(body, x):
            """What a body puts out; the backward pass computes again what lies inside."""
            return body(x)
        """#)
    #expect(text.contains("        return recomputed(self.body, x)\n"))
  }

  @Test("Keras and Gluon keep the values, and a comment says so")
  func comments() throws {
    #expect(
      try ExportedCode.file(Self.typed, for: .keras).text.contains(
        """
                # Its values were computed again in the backward pass (checkpoint=yes): see keras.remat.
                return self.body(x)

        """))
    #expect(
      try ExportedCode.file(Self.typed, for: .gluon).text.contains(
        """
                # Its values were computed again in the backward pass (checkpoint=yes); here they are kept.
                return self.body(x)

        """))
  }

  @Test("each pass of a shared body is one; without checkpoints nothing of them is written")
  func others() throws {
    let shared = try ExportedCode.file(
      "input 4x8; repeat 3 shared=yes checkpoint=yes { conv 4 3 }; add gap; add dense 2"
    ).text
    #expect(
      shared.contains(
        """
                for _ in range(3):
                    x = recomputed(self.body, x)
                return x

        """))
    let plain = try ExportedCode.file(Self.typed.replacing(" checkpoint=yes", with: "")).text
    #expect(!plain.contains("checkpoint") && !plain.contains("recomputed"))
  }

  @Test("definitions are found inside, and with a checkpoint of their own")
  func definitions() throws {
    let inside = try ExportedCode.file(
      "input 4x8; def stage(c) { residual { conv $c 3; bn } }; seq checkpoint=yes { stage 4 }; add gap; add dense 2"
    ).text
    #expect(
      inside.contains("class Stage(nn.Module)") && inside.contains("recomputed(self.body, x)"))
  }

  @Test("what reads a tap is kept, since a tap may hold another value by then")
  func taps() throws {
    let text = try ExportedCode.file(
      "input 4x8; add tap a; seq checkpoint=yes { conv 4 3; join a }; add gap; add dense 2"
    ).text
    #expect(text.contains("Tapped(\"a\")") && !text.contains("recomputed"))
  }
}
