import Interchange
import Testing

@testable import Sessions

/// Whole files for Keras and JAX, which have channels last.
struct ChannelsLastCodeTests {
  private static let seed = "input 1x64; RES_CNN1D(10, 3, 2, chain_length=3)"

  @Test("Keras gets the block, whose shortcut is decided when it sees its input")
  func seedForKeras() throws {
    let file = try ExportedCode.file(Self.seed, for: .keras, weights: "net.safetensors")
    #expect(
      file.text == #"""
        """main for Keras: input 1x64, output 10x32, 750 parameters."""

        import math
        import os
        from pathlib import Path

        os.environ.setdefault("KERAS_BACKEND", "jax")  # or "torch", "tensorflow"

        import keras
        import numpy as np
        from safetensors.numpy import load_file


        class CNN1D(keras.Sequential):
            def __init__(self, channels, kernel, stride=1):
                if kernel % 2 == 0:
                    raise ValueError(f"kernel must be odd, found {kernel}")
                super().__init__([
                    keras.layers.ZeroPadding1D(kernel // 2),
                    keras.layers.Conv1D(channels, kernel, strides=stride),
                    keras.layers.BatchNormalization(momentum=0.9, epsilon=1e-05),
                    keras.layers.ReLU(),
                ])


        class RES_CNN1D(keras.layers.Layer):
            def __init__(self, channels, kernel, initial_stride=1, chain_length=1, stride=1):
                super().__init__()
                self.channels = channels
                self.total_stride = initial_stride * stride ** (chain_length - 1)
                layers = [CNN1D(channels, kernel, initial_stride)]
                layers += [CNN1D(channels, kernel, stride) for _ in range(chain_length - 1)]
                self.body = keras.Sequential(layers)

            def build(self, input_shape):
                self.shortcut = None
                if self.total_stride != 1 or input_shape[-1] != self.channels:
                    self.shortcut = keras.Sequential([
                        keras.layers.Conv1D(self.channels, 1, strides=self.total_stride, use_bias=False),
                        keras.layers.BatchNormalization(momentum=0.9, epsilon=1e-05),
                    ])

            def call(self, x):
                shortcut = x if self.shortcut is None else self.shortcut(x)
                return keras.activations.relu(self.body(x) + shortcut)


        class Net(keras.Sequential):
            def __init__(self):
                super().__init__([RES_CNN1D(10, 3, 2, chain_length=3)])


        def variables(layer, path=""):
            """Yields each variable of a layer after the path that leads to it, such as 0.kernel."""
            if isinstance(layer, keras.Sequential):
                layer = layer.layers
            if isinstance(layer, list):
                parts = dict(enumerate(layer))
            else:
                parts = {name: getattr(layer, name, None) for name in ("body", "shortcut")}
                parts = {name: part for name, part in parts.items() if part is not None}
                if not parts:
                    yield from ((path + variable.name, variable) for variable in layer.weights)
            for name, part in parts.items():
                yield from variables(part, f"{path}{name}.")


        def load(path=Path(__file__).with_name("net.safetensors")):
            """The network with its weights, an example, and the outputs it had where it was made."""
            tensors = load_file(path)
            inputs, expected = tensors.pop("example.input"), tensors.pop("example.output")
            model = Net()
            model.build((None, 64, 1))
            for name, variable in variables(model):
                variable.assign(tensors[name])
            return model, np.moveaxis(inputs, 1, -1), np.moveaxis(expected, 1, -1)


        if __name__ == "__main__":
            model, inputs, expected = load()
            outputs = keras.ops.convert_to_numpy(model(inputs))
            learned = [variable for name, variable in variables(model) if "moving" not in name]
            print(sum(math.prod(variable.shape) for variable in learned), "parameters")
            print(outputs)
            print("largest difference:", abs(outputs - expected).max())

        """#)
  }

  @Test("JAX gets the block, which is told the channels of its input")
  func seedForJAX() throws {
    let file = try ExportedCode.file(Self.seed, for: .jax, weights: "net.safetensors")
    #expect(
      file.text == #"""
        """main for JAX: input 1x64, output 10x32, 750 parameters."""

        from pathlib import Path

        import jax.numpy as jnp
        from flax import nnx
        from safetensors.flax import load_file


        class CNN1D(nnx.Sequential):
            def __init__(self, in_channels, channels, kernel, stride=1, *, rngs: nnx.Rngs):
                if kernel % 2 == 0:
                    raise ValueError(f"kernel must be odd, found {kernel}")
                super().__init__(
                    nnx.Conv(in_channels, channels, (kernel,), strides=stride, padding=kernel // 2, rngs=rngs),
                    nnx.BatchNorm(channels, momentum=0.9, rngs=rngs),
                    nnx.relu,
                )


        class RES_CNN1D(nnx.Module):
            def __init__(self, in_channels, channels, kernel, initial_stride=1, chain_length=1, stride=1, *, rngs: nnx.Rngs):
                total_stride = initial_stride * stride ** (chain_length - 1)
                layers = [CNN1D(in_channels, channels, kernel, initial_stride, rngs=rngs)]
                layers += [CNN1D(channels, channels, kernel, stride, rngs=rngs) for _ in range(chain_length - 1)]
                self.body = nnx.Sequential(*layers)
                self.shortcut = nnx.Sequential()
                if total_stride != 1 or in_channels != channels:
                    self.shortcut = nnx.Sequential(
                        nnx.Conv(in_channels, channels, (1,), strides=total_stride, use_bias=False, rngs=rngs),
                        nnx.BatchNorm(channels, momentum=0.9, rngs=rngs),
                    )

            def __call__(self, x):
                return nnx.relu(self.body(x) + self.shortcut(x))


        class Net(nnx.Sequential):
            def __init__(self, *, rngs: nnx.Rngs):
                super().__init__(RES_CNN1D(1, 10, 3, 2, chain_length=3, rngs=rngs))


        def variables(tree):
            """The variables of a module or of gradients by the paths that lead to them."""
            state = nnx.state(tree, nnx.Not(nnx.RngState)) if isinstance(tree, nnx.Module) else tree
            return {".".join(map(str, path)): value for path, value in nnx.to_flat_state(state)}


        def load(path=Path(__file__).with_name("net.safetensors")):
            """The network with its weights, an example, and the outputs it had where it was made."""
            tensors = load_file(path)
            inputs, expected = tensors.pop("example.input"), tensors.pop("example.output")
            model = Net(rngs=nnx.Rngs(0))
            for name, variable in variables(model).items():
                variable.set_value(tensors[name])
            model.eval()
            return model, jnp.moveaxis(inputs, 1, -1), jnp.moveaxis(expected, 1, -1)


        if __name__ == "__main__":
            model, inputs, expected = load()
            outputs = model(inputs)
            learned = variables(nnx.state(model, nnx.Param))
            print(sum(variable.size for variable in learned.values()), "parameters")
            print(outputs)
            print("largest difference:", abs(outputs - expected).max())

        """#)
  }

  @Test("resnet20 is one class of blocks and a loop, in at most 60 lines")
  func resnet20() throws {
    let network = "input 3x32x32; add resnet20"
    let keras = try ExportedCode.file(network, for: .keras, name: "ResNet20")
    #expect(
      ExportedCode.part("class BasicBlock", of: keras.text) == #"""
        class BasicBlock(keras.layers.Layer):
            def __init__(self, channels, stride=1):
                super().__init__()
                self.channels = channels
                self.stride = stride
                self.body = keras.Sequential([
                    keras.layers.ZeroPadding2D(1),
                    keras.layers.Conv2D(channels, 3, strides=stride, use_bias=False),
                    keras.layers.BatchNormalization(momentum=0.9, epsilon=1e-05),
                    keras.layers.ReLU(),
                    keras.layers.Conv2D(channels, 3, padding="same", use_bias=False),
                    keras.layers.BatchNormalization(momentum=0.9, epsilon=1e-05),
                ])

            def build(self, input_shape):
                self.shortcut = None
                if self.stride != 1 or input_shape[-1] != self.channels:
                    self.shortcut = Subsample2D(self.channels, self.stride, self.stride)

            def call(self, x):
                shortcut = x if self.shortcut is None else self.shortcut(x)
                return keras.activations.relu(self.body(x) + shortcut)
        """#)
    #expect(
      ExportedCode.part("class ResNet20", of: keras.text) == #"""
        class ResNet20(keras.Sequential):
            def __init__(self):
                layers = [
                    keras.layers.Conv2D(16, 3, padding="same", use_bias=False),
                    keras.layers.BatchNormalization(momentum=0.9, epsilon=1e-05),
                    keras.layers.ReLU(),
                ]
                for channels, stride in [(16, 1), (32, 2), (64, 2)]:
                    for index in range(3):
                        layers.append(BasicBlock(channels, stride if index == 0 else 1))
                layers += [keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(10)]
                super().__init__(layers)
        """#)
    let jax = try ExportedCode.file(network, for: .jax, name: "ResNet20")
    #expect(
      ExportedCode.part("class BasicBlock", of: jax.text) == #"""
        class BasicBlock(nnx.Module):
            def __init__(self, in_channels, channels, stride=1, *, rngs: nnx.Rngs):
                self.body = nnx.Sequential(
                    nnx.Conv(in_channels, channels, (3, 3), strides=stride, padding=1, use_bias=False, rngs=rngs),
                    nnx.BatchNorm(channels, momentum=0.9, rngs=rngs),
                    nnx.relu,
                    nnx.Conv(channels, channels, (3, 3), use_bias=False, rngs=rngs),
                    nnx.BatchNorm(channels, momentum=0.9, rngs=rngs),
                )
                self.shortcut = nnx.Sequential()
                if stride != 1 or in_channels != channels:
                    self.shortcut = nnx.Sequential(partial(subsample2d, channels=channels, rows=stride, columns=stride))

            def __call__(self, x):
                return nnx.relu(self.body(x) + self.shortcut(x))
        """#)
    #expect(
      ExportedCode.part("class ResNet20", of: jax.text) == #"""
        class ResNet20(nnx.Sequential):
            def __init__(self, *, rngs: nnx.Rngs):
                layers = [
                    nnx.Conv(3, 16, (3, 3), use_bias=False, rngs=rngs),
                    nnx.BatchNorm(16, momentum=0.9, rngs=rngs),
                    nnx.relu,
                ]
                inputs = 16
                for channels, stride in [(16, 1), (32, 2), (64, 2)]:
                    for index in range(3):
                        layers.append(BasicBlock(inputs, channels, stride if index == 0 else 1, rngs=rngs))
                        inputs = channels
                layers += [partial(jnp.mean, axis=(1, 2)), nnx.Linear(64, 10, rngs=rngs)]
                super().__init__(*layers)
        """#)
    for file in [keras, jax] {
      #expect(file.classNames == ["BasicBlock"])
      #expect(file.text.split(separator: "\n").count <= 60)
    }
  }
}
