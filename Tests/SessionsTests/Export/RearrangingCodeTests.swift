import Interchange
import Networks
import Testing

@testable import Sessions

/// What frameworks are told of transposed convolutions and of layers that give single values other places.
struct RearrangingCodeTests {
  private static let images = """
    input 3x8x8
    add deconv 8 4 stride=2; add deconv 6 3 stride=2 act=relu; add deconv 4 4 bias=0.5
    add deconv 4 3 stride=2 pad=0:2x1; add pixelshuffle 2; add slice 1:-1x:9 over=positions
    add permute 3 1 2; add slice 0:8; add channelshuffle 4; add reshape 4x_; add permute
    add reshape _
    """

  private static let series = """
    input 8x9
    add deconv 6 3 stride=3 outpad=1 dilation=2 pad=0; add pixelshuffle 2; add gap
    add channelshuffle 3; add reshape 1x3
    """

  /// The modules of the whole network.
  private func modules(_ commands: String, _ framework: CodeFile.Framework) throws -> String {
    let text = try ExportedCode.file(commands, for: framework).text
    return ExportedCode.part("class Net", of: text)
  }

  @Test("PyTorch: padding that both sides share, positions added, and what is left to leave out")
  func pytorch() throws {
    #expect(
      try modules(Self.images, .pytorch) == """
        class Net(nn.Sequential):
            def __init__(self):
                super().__init__(
                    nn.ConvTranspose2d(3, 8, 4, stride=2, padding=1),
                    nn.ConvTranspose2d(8, 6, 3, stride=2, padding=1, output_padding=1),
                    nn.ReLU(),
                    nn.ConvTranspose2d(6, 4, 4, padding=1),
                    nn.ZeroPad2d((-1, 0, -1, 0)),
                    nn.ConvTranspose2d(4, 4, 3, stride=2, padding=(0, 1)),
                    nn.ZeroPad2d((0, 0, 0, -2)),
                    nn.PixelShuffle(2),
                    Slice((None, None), (1, -1), (None, 9)),
                    Permute(3, 1, 2),
                    Slice((0, 8)),
                    nn.ChannelShuffle(4),
                    Reshape(4, -1),
                    Permute(2, 1),
                    Reshape(-1),
                )
        """)
    #expect(
      try modules(Self.series, .pytorch) == """
        class Net(nn.Sequential):
            def __init__(self):
                super().__init__(
                    nn.ConvTranspose1d(8, 6, 3, stride=3, output_padding=1, dilation=2),
                    PixelShuffle1d(2),
                    nn.AdaptiveAvgPool1d(1),
                    nn.Flatten(),
                    ChannelShuffle0d(3),
                    Reshape(1, 3),
                )
        """)
  }

  @Test("Gluon")
  func gluon() throws {
    #expect(
      try modules(Self.images, .gluon) == """
        class Net(nn.HybridSequential):
            def __init__(self):
                super().__init__()
                self.add(
                    nn.Conv2DTranspose(8, 4, strides=2, padding=1),
                    nn.Conv2DTranspose(6, 3, strides=2, padding=1, output_padding=1),
                    nn.Activation("relu"),
                    nn.Conv2DTranspose(4, 4, padding=1),
                    nn.HybridLambda(lambda F, x: F.slice_axis(F.slice_axis(x, axis=2, begin=1, end=None), axis=3, begin=1, end=None)),
                    nn.Conv2DTranspose(4, 3, strides=2, padding=(0, 1)),
                    nn.HybridLambda(lambda F, x: F.slice_axis(x, axis=2, begin=0, end=-2)),
                    PixelShuffle2D(2),
                    nn.HybridLambda(lambda F, x: F.slice_axis(F.slice_axis(x, axis=2, begin=1, end=-1), axis=3, begin=0, end=9)),
                    nn.HybridLambda(lambda F, x: F.transpose(x, axes=(0, 3, 1, 2))),
                    nn.HybridLambda(lambda F, x: F.slice_axis(x, axis=1, begin=0, end=8)),
                    ChannelShuffle(4),
                    nn.HybridLambda(lambda F, x: F.reshape(x, shape=(0, 4, -1))),
                    nn.HybridLambda(lambda F, x: F.transpose(x, axes=(0, 2, 1))),
                    nn.HybridLambda(lambda F, x: F.reshape(x, shape=(0, -1))),
                )
        """)
  }

  @Test("Keras: all positions, then a layer that leaves some out")
  func keras() throws {
    #expect(
      try modules(Self.images, .keras) == """
        class Net(keras.Sequential):
            def __init__(self):
                super().__init__([
                    keras.layers.Conv2DTranspose(8, 4, strides=2),
                    keras.layers.Cropping2D(((1, 1), (1, 1))),
                    keras.layers.Conv2DTranspose(6, 3, strides=2, activation="relu"),
                    keras.layers.Cropping2D(((1, 0), (1, 0))),
                    keras.layers.Conv2DTranspose(4, 4, bias_initializer=keras.initializers.Constant(0.5)),
                    keras.layers.Cropping2D(((2, 1), (2, 1))),
                    keras.layers.Conv2DTranspose(4, 3, strides=2),
                    keras.layers.Cropping2D(((0, 2), (1, 1))),
                    PixelShuffle2D(2),
                    Slice((1, -1), (None, 9), (None, None)),
                    keras.layers.Permute((3, 1, 2)),
                    Slice((None, None), (None, None), (0, 8)),
                    ChannelShuffle(4),
                    keras.layers.Permute((3, 1, 2)),
                    keras.layers.Reshape((4, -1)),
                    keras.layers.Permute((2, 1)),
                    keras.layers.Permute((2, 1)),
                    keras.layers.Permute((2, 1)),
                    keras.layers.Reshape((-1,)),
                ])
        """)
  }

  @Test("JAX: padding of the dilated input")
  func jax() throws {
    #expect(
      try modules(Self.images, .jax) == """
        class Net(nnx.Sequential):
            def __init__(self, *, rngs: nnx.Rngs):
                super().__init__(
                    nnx.ConvTranspose(3, 8, (4, 4), strides=(2, 2), padding=((2, 2), (2, 2)), transpose_kernel=True, rngs=rngs),
                    nnx.ConvTranspose(8, 6, (3, 3), strides=(2, 2), padding=((1, 2), (1, 2)), transpose_kernel=True, rngs=rngs),
                    nnx.relu,
                    nnx.ConvTranspose(6, 4, (4, 4), padding=((1, 2), (1, 2)), transpose_kernel=True, bias_init=nnx.initializers.constant(0.5), rngs=rngs),
                    nnx.ConvTranspose(4, 4, (3, 3), strides=(2, 2), padding=((2, 0), (1, 1)), transpose_kernel=True, rngs=rngs),
                    partial(pixel_shuffle2d, factor=2),
                    partial(keep, bounds=((1, -1), (None, 9), (None, None))),
                    partial(jnp.transpose, axes=(0, 3, 1, 2)),
                    partial(keep, bounds=((None, None), (None, None), (0, 8))),
                    partial(channel_shuffle, groups=4),
                    partial(reshape, shape=(4, -1)),
                    partial(jnp.transpose, axes=(0, 2, 1)),
                    partial(reshape, shape=(-1,)),
                )
        """)
  }

  @Test(
    "what a framework has not is refused by name, with what can be typed instead",
    arguments: [
      (
        "add deconv 4 3 groups=2", "keras",
        "Keras has nothing that computes what deconv with groups does", "set PATH groups=1"
      ),
      (
        "add deconv 4 3 groups=2", "jax",
        "JAX has nothing that computes what deconv with groups does", "set PATH groups=1"
      ),
      (
        "add deconv 4 3 stride=2 dilation=2", "keras",
        "Keras has nothing that computes what deconv with both stride and dilation does",
        "set PATH dilation=1"
      ),
      (
        "add deconv 4 3 stride=2 dilation=3 outpad=2 pad=0", "gluon",
        "Gluon has nothing that computes what deconv with outpad of its stride or more does",
        "set PATH outpad=0"
      ),
      (
        "add deconv 4 3 dilation=3 outpad=2 pad=0", "keras",
        "Keras has nothing that computes what deconv with outpad of its stride or more does",
        "set PATH outpad=0"
      ),
    ])
  func refusals(layer: String, framework: String, text: String, next: String) {
    let session = Session()
    session.answer("input 4x8; \(layer)")
    let answer = session.answer("export \(framework) a.py")
    #expect(answer.outcome != .done)
    #expect(answer.text.contains("error[E-FILE]: \(text)\n"), "\(answer.text)")
    #expect(answer.text.contains("note: next: \(next)\n"), "\(answer.text)")
  }

  @Test("a definition with a transposed convolution is a class")
  func classes() throws {
    let text = try ExportedCode.file(
      """
      def up c k=4 { deconv $c $k stride=2; bn; relu; channelshuffle 2 }
      input 8x4x4; add up 8; add up 4
      """
    ).text
    #expect(
      ExportedCode.part("class Up", of: text) == """
        class Up(nn.Sequential):
            def __init__(self, in_channels, c, k=4):
                super().__init__(
                    nn.ConvTranspose2d(in_channels, c, k, stride=2, padding=1),
                    nn.BatchNorm2d(c),
                    nn.ReLU(),
                    nn.ChannelShuffle(2),
                )
        """)
  }
}
