import Testing

@testable import Sessions

/// What is said of a repeat whose passes share one body.
struct SharingTests {
  private static let start =
    "input 4x8x8; repeat 3 shared=yes { conv 4 3; bn; relu; conv 4 3 }; add gap; add dense 2"

  private static func session(_ commands: String = start) -> Session {
    let session = Session()
    session.answer(commands)
    return session
  }

  private func complaint(_ command: String, _ start: String = start) -> Complaint {
    Complaint(Self.session(start).answer(command).text)
  }

  @Test func tree() {
    #expect(
      Self.session().answer("tree").text == """
        block    kind        output  params  mul-adds  rf
        input                 4×8×8
        rep1     × 3 shared   4×8×8     304    55.3 k  13
        ├ conv1  conv 4 3     4×8×8     148    9.22 k   3
        ├ bn1    bn           4×8×8       8             3
        ├ relu1  relu         4×8×8                     3
        └ conv2  conv 4 3     4×8×8     148    9.22 k   5
        gap1     gap              4
        dense1   dense 2          2      10         8
        4×8×8 → 2   314 learnable + 8 running   55.3 k multiply-adds
        """)
  }

  @Test("multiply-adds of layers are those of all passes, so that they add up")
  func summary() {
    #expect(
      Self.session().answer("summary").text == """
        layer       kind      input  output  learnable  running  multiply-adds
        rep1.conv1  conv 4 3  4×8×8   4×8×8        148        0         27,648
        rep1.bn1    bn        4×8×8   4×8×8          8        8              0
        rep1.relu1  relu      4×8×8   4×8×8          0        0              0
        rep1.conv2  conv 4 3  4×8×8   4×8×8        148        0         27,648
        gap1        gap       4×8×8       4          0        0              0
        dense1      dense 2       4       2         10        0              8
        total: 314 learnable + 8 running = 322; 55,304 multiply-adds per example
        """)
  }

  @Test func explanation() {
    #expect(
      Self.session().answer("explain rep1").text == """
        rep1  repeat 3 shared=yes
          4×8×8 → 4×8×8
          one body, run through 3 times with the same weights
          each pass reads what the one before it gave; their gradients are summed
          learned          148 + 8 + 148 = 304
          running          8
          multiply-adds    3·(2·9,216) = 55,296
          receptive field  13
          explain repeat
        """)
  }

  @Test func fieldAndPaths() {
    #expect(
      Self.session().answer("receptive").text.contains(
        "rep1           13     8        8       1  all 3 passes  repeat 3 shared=yes"))
    let paths = Self.session("input 4x8; repeat 3 shared=yes { residual { conv 4 3 } }")
      .answer("paths").text
    #expect(paths.hasPrefix("3 residual blocks: 2^3 = 8 paths, mean length 1.5\n"))
    #expect(
      paths.hasSuffix(
        "\nno gradients by path: all passes of a shared body take the same way through its blocks"))
  }

  @Test func refusedShapes() {
    let found = complaint("repeat 3 shared=yes { conv 8 3 stride=2 }", "input 4x8x8")
    #expect(
      found.message
        == "rep1: a shared body is run through again on what it gave, so it must keep the "
        + "shape: 4×8×8 goes in, 8×4×4 comes out")
    #expect(
      found.offers == [
        "add repeat 3 shared=yes { conv 4 3 }  # 4×8×8, -148 parameters",
        "add repeat 3 { conv 8 3 stride=2 }  # 8×1×1, +1,168 parameters",
      ])
  }

  @Test func refusedSurgery() {
    let widened = complaint("widen rep1.conv2 9")
    #expect(
      widened.message
        == "the channels leave the shared body of rep1, whose next pass would be given them too")
    #expect(widened.offers == ["set rep1 shared=no; widen rep1.1.conv2 9"])
    let deepened = complaint("deepen rep1.conv1")
    #expect(
      deepened.message
        == "rep1.bn1 normalizes each pass through its shared body by other statistics, "
        + "so no copy of it is the identity")
    #expect(deepened.offers == ["set rep1 shared=no; deepen rep1.1.conv1"])
  }

  @Test("sharing is undone, and set back and forth while a network has learned")
  func undo() {
    let session = Self.session(
      "data digits; add conv 4 3; repeat 2 shared=yes { conv 4 3; relu }; add gap; add dense 10; "
        + "train 3 steps")
    let learned = session.state.current?.weights.parameters
    let root = session.state.current?.network.root
    #expect(session.answer("set rep1 shared=no").outcome == .done)
    #expect(session.answer("undo").outcome == .done)
    #expect(session.state.current?.network.root == root)
    #expect(session.state.current?.weights.parameters == learned)
    #expect(session.answer("widen rep1.conv1 9").outcome == .failed)
    #expect(session.answer("train 3 steps; expect params == 238").outcome == .done)
  }

  @Test("definitions with a shared body are recognised in exported code")
  func definitions() throws {
    let code = try ExportedCode.file(
      "def loop c n { repeat $n shared=yes { conv $c 3; relu } }; input 4x8; loop 4 3; loop 4 5; "
        + "add gap; add dense 2", for: .pytorch
    ).text
    #expect(
      code.contains(
        """
        class Loop(nn.Module):
            def __init__(self, in_channels, c, n):
                super().__init__()
                self.passes = n
                self.body = nn.Sequential(
                    nn.Conv1d(in_channels, c, 3, padding=1),
                    nn.ReLU(),
                )

            def forward(self, x):
                for _ in range(self.passes):
                    x = self.body(x)
                return x
        """), "\(code)")
  }
}
