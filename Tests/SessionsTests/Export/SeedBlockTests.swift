import Interchange
import Testing

@testable import Sessions

/// The residual block that it began with, as a class of both frameworks.
struct SeedBlockTests {
  private static let typed = "input 1x64; RES_CNN1D(10, 3, 2, chain_length=3)"

  @Test("Gluon gets the class of the question, and the call that it wanted to type")
  func gluon() throws {
    let file = try ExportedCode.file(Self.typed, for: .gluon)
    #expect(
      file.text == #"""
        """main for Gluon: input 1x64, output 10x32, 750 parameters."""

        import mxnet as mx
        from mxnet.gluon import nn


        class CNN1D(nn.HybridSequential):
            def __init__(self, channels, kernel, stride=1):
                if kernel % 2 == 0:
                    raise ValueError(f"kernel must be odd, found {kernel}")
                super().__init__()
                self.add(
                    nn.Conv1D(channels, kernel, strides=stride, padding=kernel // 2),
                    nn.BatchNorm(),
                    nn.Activation("relu"),
                )


        class RES_CNN1D(nn.HybridBlock):
            def __init__(self, channels, kernel, initial_stride=1, chain_length=1, stride=1, in_channels=0):
                total_stride = initial_stride * stride ** (chain_length - 1)
                super().__init__()
                self.body = nn.HybridSequential()
                layers = [CNN1D(channels, kernel, initial_stride)]
                layers += [CNN1D(channels, kernel, stride) for _ in range(chain_length - 1)]
                self.body.add(*layers)
                self.shortcut = None
                if total_stride != 1 or in_channels not in (0, channels):
                    self.shortcut = nn.HybridSequential()
                    self.shortcut.add(
                        nn.Conv1D(channels, 1, strides=total_stride, use_bias=False),
                        nn.BatchNorm(),
                    )

            def hybrid_forward(self, F, x):
                shortcut = x if self.shortcut is None else self.shortcut(x)
                return F.relu(self.body(x) + shortcut)


        class Net(nn.HybridSequential):
            def __init__(self):
                super().__init__()
                self.add(RES_CNN1D(10, 3, 2, chain_length=3))


        if __name__ == "__main__":
            model = Net()
            model.initialize()
            print(model(mx.nd.zeros((1, 1, 64))).shape)

        """#)
  }

  @Test("PyTorch gets the same class, which is handed the channels of its input")
  func pytorch() throws {
    let file = try ExportedCode.file(Self.typed, weights: "net.safetensors")
    #expect(
      file.text == #"""
        """main for PyTorch: input 1x64, output 10x32, 750 parameters."""

        from pathlib import Path

        import torch
        from torch import nn
        from torch.nn import functional as F


        class CNN1D(nn.Sequential):
            def __init__(self, in_channels, channels, kernel, stride=1):
                if kernel % 2 == 0:
                    raise ValueError(f"kernel must be odd, found {kernel}")
                super().__init__(
                    nn.Conv1d(in_channels, channels, kernel, stride=stride, padding=kernel // 2),
                    nn.BatchNorm1d(channels),
                    nn.ReLU(),
                )


        class RES_CNN1D(nn.Module):
            def __init__(self, in_channels, channels, kernel, initial_stride=1, chain_length=1, stride=1):
                total_stride = initial_stride * stride ** (chain_length - 1)
                super().__init__()
                layers = [CNN1D(in_channels, channels, kernel, initial_stride)]
                layers += [CNN1D(channels, channels, kernel, stride) for _ in range(chain_length - 1)]
                self.body = nn.Sequential(*layers)
                self.shortcut = nn.Identity()
                if total_stride != 1 or in_channels != channels:
                    self.shortcut = nn.Sequential(
                        nn.Conv1d(in_channels, channels, 1, stride=total_stride, bias=False),
                        nn.BatchNorm1d(channels),
                    )

            def forward(self, x):
                return F.relu(self.body(x) + self.shortcut(x))


        class Net(nn.Sequential):
            def __init__(self):
                super().__init__(RES_CNN1D(1, 10, 3, 2, chain_length=3))


        def load(path=Path(__file__).with_name("net.safetensors")):
            """The network with its weights, an example, and the outputs it had where it was made."""
            from safetensors.torch import load_file

            tensors = load_file(path)
            example = tensors.pop("example.input"), tensors.pop("example.output")
            model = Net().eval()
            model.load_state_dict(tensors)
            return model, *example


        if __name__ == "__main__":
            model, inputs, expected = load()
            outputs = model(inputs).detach()
            print(sum(parameter.numel() for parameter in model.parameters()), "parameters")
            print(outputs)
            print("largest difference:", (outputs - expected).abs().max().item())

        """#)
  }

  private static let sameNetworks = [
    "input 1x64; rescnn 10 3 2 chain_length=3",
    "input 1x64; residual act=relu { cnn 10 3 stride=2; cnn 10 3; cnn 10 3 }",
    """
    input 1x64
    add conv 10 3 stride=2; add bn; add ramp; add conv 10 3; add bn; add ramp; add conv 10 3
    add bn; add ramp; wrap residual conv1..relu3; set res1 act=relu
    """,
    "input 1x64; RES_CNN1D 10 3 2 chain_length=2; insert cnn 10 3 after res1.body.rep1",
  ]

  @Test("however the block was built, its class is found", arguments: sameNetworks)
  func builtOtherwise(commands: String) throws {
    let expected = try ExportedCode.file(Self.typed, for: .gluon)
    #expect(try ExportedCode.file(commands, for: .gluon).text == expected.text)
  }

  private static let calls: [(commands: String, call: String)] = [
    ("input 4x64; RES_CNN1D 4 5", "RES_CNN1D(4, 5)"),
    ("input 4x64; RES_CNN1D 8 5", "RES_CNN1D(8, 5, in_channels=4)"),
    ("input 4x64; RES_CNN1D 8 5 2 3 stride=2", "RES_CNN1D(8, 5, 2, chain_length=3, stride=2)"),
    ("input 4x64; rescnn 8 5 2 shortcut=C", "RES_CNN1D(8, 5, 2)"),
    ("input 4x9x9; RES_CNN1D 8 3 2", "Rescnn(8, 3, 2)"),
  ]

  @Test(
    "a call says what differs from the defaults, and the input's channels where they decide",
    arguments: calls)
  func numbers(commands: String, call: String) throws {
    let text = try ExportedCode.file(commands, for: .gluon).text
    #expect(text.contains("self.add(\(call))"), "\(text)")
  }
}
