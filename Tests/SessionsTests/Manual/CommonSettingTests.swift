import Networks
import Testing

@testable import Sessions

/// Settings that all blocks, or all that hold blocks, take are told of once.
struct CommonSettingTests {
  @Test("help on the layers ends with them")
  func layers() {
    let lines = Session().answer("help layers").text.split(separator: "\n").suffix(2)
    #expect(
      lines == [
        "every block takes name=NAME and frozen=yes",
        "all that hold blocks take checkpoint=yes: computes the values inside again in the backward pass; "
          + "less memory, the same bits",
      ])
  }

  @Test("all that hold blocks take checkpoint=, and no usage shows it")
  func checkpoint() {
    for kind in Kind.allCases {
      #expect(kind.row.parameters.contains { $0.isCommon } == (kind.row.blocks != nil))
      #expect(!kind.signature.contains("checkpoint"))
      let help = Session().answer("help \(kind.rawValue)").text
      #expect(!help.contains("checkpoint="), "\(help)")
    }
    #expect(KindParameter.checkpoint.isCommon)
  }

  @Test("a hint shows it once it is typed")
  func hints() {
    let session = Session()
    session.answer("input 8x8")
    func hint(_ text: String) -> String {
      session.hint(for: text, at: text.utf8.count).signature.text
    }
    #expect(hint("add residual ") == "residual shortcut=auto act=none scale=1 { … } { … }")
    #expect(
      hint("add residual checkpoint=")
        == "residual shortcut=auto act=none scale=1 checkpoint=no { … } { … }")
  }
}
