import Interchange
import Testing

@testable import Sessions

/// Which blocks become a class, and what its parameters are.
struct CodeClassTests {
  @Test("resnet20 is one class of blocks and a loop over three stages")
  func resnet20() throws {
    let file = try ExportedCode.file("input 3x32x32; add resnet20", name: "ResNet20")
    #expect(file.classNames == ["BasicBlock"])
    #expect(
      ExportedCode.part("class ResNet20", of: file.text) == """
        class ResNet20(nn.Sequential):
            def __init__(self):
                layers = [
                    nn.Conv2d(3, 16, 3, padding=1, bias=False),
                    nn.BatchNorm2d(16),
                    nn.ReLU(),
                ]
                inputs = 16
                for channels, stride in [(16, 1), (32, 2), (64, 2)]:
                    for index in range(3):
                        layers.append(BasicBlock(inputs, channels, stride if index == 0 else 1))
                        inputs = channels
                layers += [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10)]
                super().__init__(*layers)
        """)
    #expect(file.text.split(separator: "\n").count < 60)
  }

  private static let stages: [(network: String, line: String)] = [
    (
      "input 3x64x64; add resnet34",
      "for channels, stride, blocks in [(64, 1, 3), (128, 2, 4), (256, 2, 6), (512, 2, 3)]:"
    ),
    (
      "input 3x64x64; add resnet50",
      "for channels, stride, blocks in [(64, 1, 3), (128, 2, 4), (256, 2, 6), (512, 2, 3)]:"
    ),
    ("input 3x32x32; add resnet110", "for channels, stride in [(16, 1), (32, 2), (64, 2)]:"),
  ]

  @Test("stages of other lengths are a loop too", arguments: stages)
  func stagesAreLoops(network: String, line: String) throws {
    for framework in CodeFile.Framework.allCases {
      let file = try ExportedCode.file(network, for: framework)
      #expect(file.text.contains("        \(line)\n"), "\(file.text)")
      #expect(file.classNames.count == 1)
    }
  }

  private static let classes: [(commands: String, headers: [String], calls: [String])] = [
    // Numbers in which blocks differ are parameters, those that differ alike are one.
    (
      """
      input 3x16x16
      add residual { conv 8 3; bn; relu; conv 8 3 }; add residual { conv 4 5; bn; relu; conv 4 5 }
      """,
      [
        "class ResidualBlock(nn.Module):", "    def __init__(self, in_channels, channels, kernel):",
      ], ["ResidualBlock(3, 8, 3)", "ResidualBlock(8, 4, 5)"]
    ),
    // A stride is 1 where it is not given.
    (
      "input 3x16x16; add residual { conv 8 3 }; add residual { conv 8 3 stride=2 }",
      ["class ResidualBlock(nn.Module):", "    def __init__(self, in_channels, stride=1):"],
      ["ResidualBlock(3)", "ResidualBlock(8, 2)"]
    ),
    // Other activations are another class.
    (
      "input 3x16x16; add residual act=relu { conv 8 3 }; add residual act=tanh { conv 8 3 }",
      [
        "class ResidualBlock(nn.Module):", "    def __init__(self, in_channels):",
        "class ResidualBlock2(nn.Module):", "    def __init__(self, in_channels):",
      ], ["ResidualBlock(3)", "ResidualBlock2(8)"]
    ),
    // A group that occurs twice is a class, one that occurs once is not.
    (
      "input 3x16; add seq { conv 4 3; relu }; add seq { conv 8 5; relu }; add seq { bn; tanh }",
      [
        "class LayerGroup(nn.Sequential):",
        "    def __init__(self, in_channels, channels, kernel):",
      ],
      ["LayerGroup(3, 4, 3)", "LayerGroup(4, 8, 5)", "nn.BatchNorm1d(8)"]
    ),
    // Blocks inside blocks have their own class, whose numbers the outer one hands on.
    (
      """
      input 4x16
      add residual { residual { conv 4 3 }; conv 8 1 }; add residual { residual { conv 8 5 }; conv 8 1 }
      """,
      [
        "class ResidualBlock(nn.Module):",
        "    def __init__(self, in_channels, channels, kernel):",
        "class ResidualBlock2(nn.Module):",
        "    def __init__(self, in_channels, channels, kernel):",
      ], ["ResidualBlock2(4, 4, 3)", "ResidualBlock(in_channels, channels, kernel)"]
    ),
    // A definition gives its name, its parameters and its arithmetic.
    (
      """
      def squeeze channels factor=4 { let few = $channels // $factor
        residual { conv $few 1; relu; conv $(few * 2) 3; relu; conv $channels 1 } }
      input 16x16; squeeze 16; squeeze 32 factor=8
      """,
      [
        "class Squeeze(nn.Module):", "    def __init__(self, in_channels, channels, factor=4):",
      ],
      [
        "Squeeze(16, 16)", "Squeeze(16, 32, factor=8)",
        "nn.Conv1d(in_channels, channels // factor, 1)",
        "nn.Conv1d(channels // factor, channels // factor * 2, 3, padding=1)",
      ]
    ),
    // Gates of chosen units are a class; a definition with one inside is written as its blocks are.
    (
      """
      def gated n u { residual { conv $n 3; se units=$u act=silu gate=hardsigmoid } }
      input 4x16; gated 6 2; gated 8 3
      """,
      [
        "class ChannelGate(nn.Module):", "    def __init__(self, in_channels, units):",
        "class ResidualBlock(nn.Module):", "    def __init__(self, in_channels, channels, units):",
      ],
      [
        "ResidualBlock(4, 6, 2)", "ChannelGate(channels, units)",
        "nn.Linear(in_channels, units),\n            nn.SiLU(),",
        "nn.Linear(units, in_channels),\n            nn.Hardsigmoid(),",
      ]
    ),
    (
      "def mixed n { residual { conv $n 3; highway { conv $n 3 } } }; input 4x16; mixed 6; mixed 8",
      [
        "class HighwayBlock(nn.Module):", "    def __init__(self, in_channels, channels):",
        "class ResidualBlock(nn.Module):", "    def __init__(self, in_channels, channels):",
      ], ["ResidualBlock(4, 6)", "HighwayBlock(channels, channels)"]
    ),
    // A definition of one gate gives it its name.
    (
      "def weigher units { se units=$units gate=tanh }; input 4x16; weigher 3; weigher 2",
      ["class Weigher(nn.Module):", "    def __init__(self, in_channels, units):"],
      ["Weigher(4, 3)", "Weigher(4, 2)"]
    ),
    // Names that Python keeps for itself get a `_`.
    (
      "def block class lambda=3 { residual { conv $class $lambda } }; input 2x16; block 4; block 2 5",
      ["class Block(nn.Module):", "    def __init__(self, in_channels, class_, lambda_=3):"],
      ["Block(2, 4)", "Block(4, 2, lambda_=5)"]
    ),
    // A definition that decides is written as its blocks are.
    (
      "def block n { residual { if $n > 3 { conv $n 3 } else { conv 3 3 } } }; input 3x16; block 8",
      ["class ResidualBlock(nn.Module):", "    def __init__(self, in_channels):"],
      ["ResidualBlock(3)", "nn.Conv1d(in_channels, 8, 3, padding=1)"]
    ),
    // Even windows are padded by a layer of its own, and by a formula where the class takes any.
    (
      "input 3x16; cnn 4 8 stride=2; cnn 4 3",
      [
        "class CNN1D(nn.Sequential):",
        "    def __init__(self, in_channels, channels, kernel, stride=1):",
      ],
      [
        "nn.ZeroPad1d(((kernel - 1) // 2, kernel // 2)),\n"
          + "            nn.Conv1d(in_channels, channels, kernel, stride=stride),",
        "CNN1D(3, 4, 8, 2)", "CNN1D(4, 4, 3)",
      ]
    ),
  ]

  @Test("classes, their parameters and their calls", arguments: classes)
  func parametersAndCalls(commands: String, headers: [String], calls: [String]) throws {
    let text = try ExportedCode.file(commands).text
    #expect(
      ExportedCode.headers(of: text) == headers + [
        "class Net(nn.Sequential):", "    def __init__(self):",
      ]
    )
    for call in calls { #expect(text.contains(call), "\(call) in \(text)") }
  }
}
