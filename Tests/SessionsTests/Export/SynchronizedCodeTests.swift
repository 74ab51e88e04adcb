import Foundation
import Interchange
import Testing

@testable import Sessions

/// How frameworks are told to take statistics over all processes.
struct SynchronizedCodeTests {
  private static let typed = """
    def RES(c, stride=1) {
      residual act=relu {
        conv $c 3 stride=$stride pad=1
        bn sync=yes momentum=0.8
        relu
        conv $c 3 pad=1
        bn sync=yes scale=no
      }
    }
    input 2x16
    add RES 2
    add RES 4 stride=2
    add gap
    add dense 3
    add bn sync=yes eps=0.001
    """

  @Test("PyTorch has nn.SyncBatchNorm, in shortcuts that follow from the shapes, too")
  func pytorch() throws {
    let text = try ExportedCode.file(Self.typed).text
    #expect(
      ExportedCode.part("class RES", of: text) == """
        class RES(nn.Module):
            def __init__(self, in_channels, c, stride=1):
                super().__init__()
                self.body = nn.Sequential(
                    nn.Conv1d(in_channels, c, 3, stride=stride, padding=1),
                    nn.SyncBatchNorm(c, momentum=0.2),
                    nn.ReLU(),
                    nn.Conv1d(c, c, 3, padding=1),
                    fixed(nn.SyncBatchNorm(c), "weight"),
                )
                self.shortcut = nn.Identity()
                if stride != 1 or in_channels != c:
                    self.shortcut = nn.Sequential(
                        nn.Conv1d(in_channels, c, 1, stride=stride, bias=False),
                        nn.SyncBatchNorm(c),
                    )

            def forward(self, x):
                return F.relu(self.body(x) + self.shortcut(x))
        """)
    #expect(
      ExportedCode.part("class Net", of: text) == """
        class Net(nn.Sequential):
            def __init__(self):
                super().__init__(
                    RES(2, 2),
                    RES(2, 4, 2),
                    nn.AdaptiveAvgPool1d(1),
                    nn.Flatten(),
                    nn.Linear(4, 3),
                    nn.SyncBatchNorm(3, eps=0.001),
                )
        """)
    #expect(!text.contains("nn.BatchNorm"))
  }

  @Test("other frameworks have what one process has, and a comment says so, once")
  func comments() throws {
    for framework in CodeFile.Framework.allCases where framework != .pytorch {
      let text = try ExportedCode.file(Self.typed, for: framework).text
      let comment =
        "\n# bn sync=yes took statistics over all processes; here each process takes its own.\n"
      #expect(text.components(separatedBy: comment).count == 2, "\(text)")
      #expect(!text.contains("SyncBatchNorm"))
    }
  }

  @Test("what a shortcut has follows the body, as where the network is built")
  func shortcuts() throws {
    func shortcut(_ body: String) throws -> String {
      let text = try ExportedCode.file("input 2x16; add residual { \(body) }").text
      let lines = text.split(separator: "\n").map(String.init)
      let first = try #require(lines.firstIndex { $0.contains("self.shortcut = nn.Sequential(") })
      return lines[first + 2].trimmingCharacters(in: .whitespaces)
    }
    #expect(try shortcut("conv 4 3; bn") == "nn.BatchNorm1d(4),")
    #expect(try shortcut("conv 4 3") == "nn.BatchNorm1d(4),")
    #expect(try shortcut("conv 4 3; bn sync=yes") == "nn.SyncBatchNorm(4),")
    #expect(try shortcut("conv 4 3; bn sync=yes; relu; bn") == "nn.BatchNorm1d(4),")
    #expect(try shortcut("conv 4 3; bn statistics=running") == "RunningBatchNorm1d(4),")
    #expect(
      try shortcut("conv 4 3; repeat 2 { conv 4 3; bn sync=yes; relu }") == "nn.SyncBatchNorm(4),")
    // One that is not there for these shapes is written as it would be.
    #expect(try shortcut("conv 2 3; bn sync=yes") == "nn.SyncBatchNorm(2),")
  }
}
