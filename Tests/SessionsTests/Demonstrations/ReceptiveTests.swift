import Foundation
import Testing

@testable import Sessions

/// Receptive fields, computed and counted.
struct ReceptiveTests {
  @Test("the block of the question sees 11 positions")
  func seedBlock() {
    let session = Session()
    session.answer("input 1x150; add RES_CNN1D 10 3 2 3")
    let answer = session.answer("receptive")
    #expect(answer.text.contains("1 + 2·1 = 3") && answer.text.contains("7 + 2·2 = 11"))
    #expect(session.state.shown == ["field": 11, "seen": 11, "counted": 11])
  }

  @Test(
    "what is counted is what is computed",
    arguments: [
      "input 1x64; add conv 4 7 stride=2; add maxpool 3 stride=2; add conv 4 3 dilation=3",
      "input 2x80; add conv 4 5 pad=0; add avgpool 2; add conv 4 3; add conv 4 1",
      "input 1x40; add parallel join=concat { conv 4 3 } { conv 4 9 }; add conv 4 3",
      "input 1x96; add wang", "input 3x32x32; add resnet8",
      "input 3x32x32; add resnet20 shortcut=B",
      "input 3x32x32; add plain20",
      "input 3x20x24; add conv 4 3x5 stride=2; add bn; add tanh; add conv 4 3",
      "input 3x32x32; repeat 3 { preactblock 8 }", "input 3x32x32; repeat 2 { bottleneck 4 }",
      "input 3x16x16; repeat 2 { densestep 4 }", "input 3x64x64; add resnet18",
      "input 1x28x28; add lenet",
      "input 1x64; repeat 3 { rezero { conv 4 3 } }",
    ])
  func law(commands: String) throws {
    let session = Session()
    session.answer(commands)
    let data = try #require(session.data("receptive"))
    guard case .array(let blocks)? = data.members.first(where: { $0.key == "blocks" })?.value else {
      Issue.record("no blocks")
      return
    }
    #expect(!blocks.isEmpty)
    for block in blocks {
      let members = Dictionary(block.members.map { ($0.key, $0.value) }) { first, _ in first }
      #expect(members["seen"] == members["reach"], "\(commands): \(block)")
    }
  }

  @Test("up to a path, into files, without a trace")
  func paths() throws {
    Workplace.enter()
    let session = Session()
    session.answer("input 1x64; add conv 4 3; add conv 4 3; add conv 4 3; add gap; add dense 2")
    let before = session.state
    session.answer("receptive conv2 > receptive.csv")
    #expect(session.state.shown["field"] == 5)
    #expect(!session.state.differs(from: before))
    #expect(session.state.current?.weights.version == before.current?.weights.version)
    let table = try String(contentsOfFile: "receptive.csv", encoding: .utf8)
    #expect(
      table == "block,field,stride,seen,counted\r\nconv1,3,1,3,3\r\nconv2,5,1,5,5\r\n")
    #expect(
      Complaint(session.answer("receptive gap1").text).message
        == "each output of gap1 sees the whole input")
  }

  @Test("without a network commands that lead to one are offered")
  func leads() {
    for (command, rest) in [
      ("receptive", "receptive"), ("paths", "paths"), ("lesion", "train 2; lesion each"),
    ] {
      #expect(
        Complaint(Session().answer(command).text).offers
          == ["data digits; add resnet8; \(rest)"])
    }
  }

  @Test("nothing to see")
  func nothing() {
    let session = Session()
    session.answer("input 8; add dense 4")
    #expect(
      Complaint(session.answer("receptive").text).message
        == "main has no convolution or pooling")
  }
}
