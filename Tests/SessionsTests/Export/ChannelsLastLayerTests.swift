import Foundation
import Interchange
import Networks
import Testing

@testable import Sessions

/// What the dialects of Keras and JAX make of layers that the frameworks have otherwise.
struct ChannelsLastLayerTests {
  private static let layers = """
    input 3x9x8
    add conv 4 4 stride=2; add prelu shared=no; add maxpool 3 stride=1 pad=same
    add avgpool 3 stride=2 pad=1; add maxpool 2 ceil=yes; add highway bias=-1 { conv 4 3 }
    add se reduction=2; add bn scale=no; add scale 0.5; freeze bn1
    add flatten; add dense 2 act=leaky
    """

  private static let blocks = """
    def b s=0.3 { residual scale=$s act=gelu { conv 3 3 } }
    input 3x16
    add b; add b 0.5
    add parallel join=mul { conv 3 3 pad=causal } { gap; dense 3 act=sigmoid }
    add last
    """

  @Test("padding, pooling, flattening and frozen layers come out as ours are")
  func layersOfBoth() throws {
    let keras = try ExportedCode.file(Self.layers, for: .keras).text
    #expect(
      ExportedCode.part("class HighwayBlock", of: keras) == #"""
        class HighwayBlock(keras.layers.Layer):
            def __init__(self):
                super().__init__()
                self.body = keras.Sequential([keras.layers.Conv2D(4, 3, padding="same")])

            def build(self, input_shape):
                self.gate = keras.Sequential([
                    keras.layers.Conv2D(input_shape[-1], 1, bias_initializer=keras.initializers.Constant(-1), activation="sigmoid"),
                ])

            def call(self, x):
                gate = self.gate(x)
                return gate * self.body(x) + (1 - gate) * x
        """#)
    #expect(
      ExportedCode.part("class Net", of: keras) == #"""
        class Net(keras.Sequential):
            def __init__(self):
                super().__init__([
                    keras.layers.ZeroPadding2D(((1, 2), (1, 2))),
                    keras.layers.Conv2D(4, 4, strides=2),
                    keras.layers.PReLU(alpha_initializer=keras.initializers.Constant(0.25), shared_axes=[1, 2]),
                    keras.layers.MaxPooling2D(3, strides=1, padding="same"),
                    keras.layers.ZeroPadding2D(1),
                    keras.layers.AveragePooling2D(3, strides=2),
                    CeilMaxPooling((2, 2), (2, 2), ((0, 0), (0, 0))),
                    HighwayBlock(),
                    SqueezeExcite2D(2),
                    FrozenBatchNormalization(momentum=0.9, epsilon=1e-05, scale=False),
                    Scale(0.5),
                    keras.layers.Permute((3, 1, 2)),
                    keras.layers.Flatten(),
                    keras.layers.Dense(2),
                    keras.layers.LeakyReLU(negative_slope=0.01),
                ])
        """#)
    let jax = try ExportedCode.file(Self.layers, for: .jax).text
    #expect(
      ExportedCode.part("class HighwayBlock", of: jax) == #"""
        class HighwayBlock(nnx.Module):
            def __init__(self, in_channels, *, rngs: nnx.Rngs):
                self.body = nnx.Sequential(nnx.Conv(in_channels, 4, (3, 3), rngs=rngs))
                self.gate = nnx.Sequential(
                    nnx.Conv(in_channels, in_channels, (1, 1), bias_init=nnx.initializers.constant(-1), rngs=rngs),
                    nnx.sigmoid,
                )

            def __call__(self, x):
                gate = self.gate(x)
                return gate * self.body(x) + (1 - gate) * x
        """#)
    #expect(
      ExportedCode.part("class Net", of: jax) == #"""
        class Net(nnx.Sequential):
            def __init__(self, *, rngs: nnx.Rngs):
                super().__init__(
                    nnx.Conv(3, 4, (4, 4), strides=2, padding=((1, 2), (1, 2)), rngs=rngs),
                    PReLU(4, 0.25),
                    partial(nnx.max_pool, window_shape=(3, 3), strides=(1, 1), padding=((1, 1), (1, 1))),
                    partial(nnx.avg_pool, window_shape=(3, 3), strides=(2, 2), padding=((1, 1), (1, 1))),
                    partial(ceil_max_pool, window_shape=(2, 2), strides=(2, 2), padding=((0, 0), (0, 0))),
                    HighwayBlock(4, rngs=rngs),
                    SqueezeExcite(4, 2, rngs=rngs),
                    frozen(nnx.BatchNorm(4, momentum=0.9, use_scale=False, rngs=rngs)),
                    Scale(0.5),
                    flatten,
                    nnx.Linear(8, 2, rngs=rngs),
                    nnx.leaky_relu,
                )
        """#)
  }

  @Test("a scale that is a parameter is kept by the block, and branches spread over positions")
  func blocksOfBoth() throws {
    let keras = try ExportedCode.file(Self.blocks, for: .keras).text
    #expect(
      ExportedCode.part("class B(", of: keras) == #"""
        class B(keras.layers.Layer):
            def __init__(self, s=0.3):
                super().__init__()
                self.scale = s
                self.body = keras.Sequential([keras.layers.Conv1D(3, 3, padding="same")])

            def build(self, input_shape):
                self.shortcut = None
                if input_shape[-1] != 3:
                    self.shortcut = keras.Sequential([
                        keras.layers.Conv1D(3, 1, use_bias=False),
                        keras.layers.BatchNormalization(momentum=0.9, epsilon=1e-05),
                    ])

            def call(self, x):
                shortcut = x if self.shortcut is None else self.shortcut(x)
                return keras.activations.gelu(self.scale * self.body(x) + shortcut)
        """#)
    #expect(
      ExportedCode.part("class ParallelBlock", of: keras) == #"""
        class ParallelBlock(keras.layers.Layer):
            def __init__(self):
                super().__init__()
                self.branches = []
                self.branches.append(keras.Sequential([keras.layers.Conv1D(3, 3, padding="causal")]))
                self.branches.append(keras.Sequential([
                    keras.layers.GlobalAveragePooling1D(),
                    keras.layers.Dense(3, activation="sigmoid"),
                ]))

            def call(self, x):
                return self.branches[0](x) * self.branches[1](x)[:, None]
        """#)
    let jax = try ExportedCode.file(Self.blocks, for: .jax).text
    #expect(
      ExportedCode.part("class B(", of: jax) == #"""
        class B(nnx.Module):
            def __init__(self, in_channels, s=0.3, *, rngs: nnx.Rngs):
                self.scale = s
                self.body = nnx.Sequential(nnx.Conv(in_channels, 3, (3,), rngs=rngs))
                self.shortcut = nnx.Sequential()
                if in_channels != 3:
                    self.shortcut = nnx.Sequential(
                        nnx.Conv(in_channels, 3, (1,), use_bias=False, rngs=rngs),
                        nnx.BatchNorm(3, momentum=0.9, rngs=rngs),
                    )
                self.activation = partial(nnx.gelu, approximate=False)

            def __call__(self, x):
                return self.activation(self.scale * self.body(x) + self.shortcut(x))
        """#)
    #expect(
      ExportedCode.part("class ParallelBlock", of: jax) == #"""
        class ParallelBlock(nnx.Module):
            def __init__(self, in_channels, *, rngs: nnx.Rngs):
                self.branches = nnx.List()
                self.branches.append(nnx.Sequential(nnx.Conv(in_channels, 3, (3,), padding="CAUSAL", rngs=rngs)))
                self.branches.append(nnx.Sequential(
                    partial(jnp.mean, axis=1),
                    nnx.Linear(in_channels, 3, rngs=rngs),
                    nnx.sigmoid,
                ))

            def __call__(self, x):
                return self.branches[0](x) * self.branches[1](x)[:, None]
        """#)
    let torch = try ExportedCode.file(Self.blocks).text
    #expect(torch.contains("        self.scale = s\n"))
    #expect(
      torch.contains("        return self.activation(self.scale * self.body(x) + self.shortcut(x))")
    )
  }

  @Test("kernels lie with their outputs last, and slopes as the framework keeps them")
  func layouts() throws {
    Workplace.enter()
    let session = Session()
    session.answer(
      "input 2x5x4; add conv 3 3x2 groups=1; add prelu; add prelu shared=no; add flatten; add dense 7"
    )
    let network = try #require(session.state.current?.network)
    func shapes(_ framework: CodeFile.Framework) throws -> [String] {
      try ExportedCode.file(of: session, for: framework).tensors { key in
        network.parameters.first { $0.key == key }.map { Tensor(shape: $0.shape) }
      }.map { "\($0.name) \($0.tensor.shape)" }
    }
    #expect(
      try shapes(.keras) == [
        "0.kernel [3, 2, 2, 3]", "0.bias [3]", "1.alpha [1, 1, 1]", "2.alpha [1, 1, 3]",
        "5.kernel [60, 7]", "5.bias [7]",
      ])
    #expect(
      try shapes(.jax) == [
        "layers.0.kernel [3, 2, 2, 3]", "layers.0.bias [3]", "layers.1.negative_slope []",
        "layers.2.negative_slope [3]", "layers.4.kernel [60, 7]", "layers.4.bias [7]",
      ])
  }

  @Test("values go along with their axes")
  func permutation() {
    let tensor = Tensor(shape: [2, 3, 2], values: (0..<12).map { Float($0) })
    #expect(
      tensor.withChannelsLast
        == Tensor(shape: [2, 2, 3], values: [0, 2, 4, 1, 3, 5, 6, 8, 10, 7, 9, 11]))
    let flat = Tensor(shape: [2, 3], values: (0..<6).map { Float($0) })
    #expect(flat.withChannelsLast == flat)
  }

  @Test("the session's optimizer and loss are those of the framework")
  func recipes() throws {
    Workplace.enter()
    let session = Session()
    session.answer(
      """
      data digits; add dropout 0.1; add basicblock 8; add gap; add dense 10
      optimizer sgd lr=0.05 momentum=0.9 wd=0.0001
      export keras digits_keras.py train=yes; export jax digits_jax.py train=yes
      """)
    let keras = try String(contentsOfFile: "digits_keras.py", encoding: .utf8)
    #expect(
      ExportedCode.part("def train", of: keras) == #"""
        def train(epochs, path=Path(__file__)):
            """Goes on with the session's settings."""
            data = load_file(path.with_name("digits_keras.data.safetensors"))
            model, *_ = load()
            for variable in model.trainable_variables:
                variable.regularizer = keras.regularizers.L2(0.0001 / 2)
            optimizer = keras.optimizers.SGD(learning_rate=0.05, momentum=0.9)
            loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
            model.compile(optimizer, loss, metrics=["accuracy"])
            model.fit(data["train.inputs"], data["train.targets"], batch_size=32, epochs=epochs)
            if "test.inputs" in data:
                figures = model.evaluate(data["test.inputs"], data["test.targets"], verbose=0, return_dict=True)
                print(f"accuracy {figures['accuracy']:.4f}")
            learned = {name: keras.ops.convert_to_numpy(variable) for name, variable in variables(model)}
            save_file(learned, path.with_suffix(".trained.safetensors"))
        """#)
    let jax = try String(contentsOfFile: "digits_jax.py", encoding: .utf8)
    #expect(
      ExportedCode.part("def loss_function", of: jax) == #"""
        def loss_function(outputs, targets):
            return optax.softmax_cross_entropy_with_integer_labels(outputs, targets).mean()
        """#)
    #expect(
      ExportedCode.part("@nnx.jit", of: jax) == #"""
        @nnx.jit
        def step(model, optimizer, inputs, targets):
            """Takes one step and tells the loss before it."""
            loss, gradients = nnx.value_and_grad(lambda model: loss_function(model(inputs), targets))(model)
            optimizer.update(model, gradients)
            return loss
        """#)
    #expect(
      ExportedCode.part("def train", of: jax) == #"""
        def train(epochs, path=Path(__file__)):
            """Goes on with the session's settings."""
            data = load_file(path.with_name("digits_jax.data.safetensors"))
            inputs, targets = data["train.inputs"], data["train.targets"].astype(int)
            model, *_ = load()
            optimizer = nnx.Optimizer(model, optax.chain(optax.add_decayed_weights(0.0001), optax.sgd(0.05, momentum=0.9)), wrt=nnx.Param)
            draw = np.random.default_rng()
            model.train()
            for epoch in range(epochs):
                order = draw.permutation(len(inputs))
                for start in range(0, len(order), 32):
                    batch = order[start : start + 32]
                    loss = step(model, optimizer, inputs[batch], targets[batch])
                print(f"epoch {epoch + 1}/{epochs}  loss {loss:.4f}")
            model.eval()
            if "test.inputs" in data:
                outputs, targets = model(data["test.inputs"]), data["test.targets"].astype(int)
                print(f"accuracy {(outputs.argmax(axis=-1) == targets).mean():.4f}")
            learned = {name: variable[...] for name, variable in variables(model).items()}
            save_file(learned, path.with_suffix(".trained.safetensors"))
        """#)
    #expect(
      try SafetensorsFile(path: "digits_jax.data.safetensors").tensor("train.inputs").shape
        .dropFirst() == [8, 8, 1])
  }

  private static let optimizers: [(line: String, keras: String, jax: String)] = [
    (
      "optimizer adam",
      "keras.optimizers.Adam(learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-08)",
      "optax.adam(0.001, b1=0.9, b2=0.999, eps=1e-08)"
    ),
    (
      "optimizer adamw wd=0.1",
      "keras.optimizers.AdamW(learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-06, weight_decay=0.1)",
      "optax.adamw(0.001, b1=0.9, b2=0.999, eps=1e-06, weight_decay=0.1)"
    ),
    (
      "optimizer rmsprop",
      "keras.optimizers.RMSprop(learning_rate=0.001, rho=0.9, momentum=0.9, epsilon=1e-08)",
      "optax.rmsprop(0.001, decay=0.9, momentum=0.9, eps=1e-08, eps_in_sqrt=False)"
    ),
    (
      "optimizer sgd lr=0.1 momentum=0.5 nesterov=yes",
      "keras.optimizers.SGD(learning_rate=0.1, momentum=0.5, nesterov=True)",
      "optax.sgd(0.1, momentum=0.5, nesterov=True)"
    ),
  ]

  @Test("every optimizer has its own", arguments: optimizers)
  func optimizersOfBoth(line: String, keras: String, jax: String) throws {
    let session = Session()
    session.answer("data moons count=10; \(line)")
    let data = try #require(session.state.data)
    for (framework, text) in [(CodeFile.Framework.keras, keras), (.jax, jax)] {
      let code = TrainingCode(
        framework: framework, recipe: session.state.recipe, data: data)
      #expect(code.optimizerText == text)
    }
  }
}
