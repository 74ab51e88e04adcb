import Engine
import Foundation
import Networks
import Testing

@testable import Sessions
@testable import Training

/// What is said of blocks whose values are computed again in the backward pass.
struct CheckpointBlockTests {
  private static let start =
    "threads 1; input 4x8x8; repeat 3 checkpoint=yes { conv 4 3; bn; relu }; "
    + "residual { conv 4 3 }; add gap; add dense 2"

  private static func session(_ commands: String = start) -> Session {
    let session = Session()
    session.answer(commands)
    return session
  }

  private func complaint(_ command: String) -> Complaint {
    Complaint(Self.session().answer(command).text)
  }

  @Test("the tree marks it, in signs and in ASCII; the script keeps it")
  func tree() {
    let session = Self.session()
    session.answer("set res1 checkpoint=yes")
    #expect(
      session.answer("tree").text == """
        block         kind        output  params  mul-adds  rf
        input                      4×8×8
        rep1          ↻ × 3        4×8×8     468    27.6 k   7
        ├ conv1       conv 4 3     4×8×8     148    9.22 k   3
        ├ bn1         bn           4×8×8       8             3
        └ relu1       relu         4×8×8                     3
        ╭ res1        ↻ residual   4×8×8     148    9.22 k   9
        │ └ conv1     conv 4 3     4×8×8     148    9.22 k   9
        ╰─⊕ identity               4×8×8
        gap1          gap              4
        dense1        dense 2          2      10         8
        4×8×8 → 2   626 learnable + 24 running   36.9 k multiply-adds
        """)
    let outline = session.state.current.map { Outline($0.network) }
    #expect(outline?.rows[1].kindText(glyphs: .ascii) == "again x 3")
    #expect(
      session.answer("script").text == """
        input 4x8x8
        add repeat 3 checkpoint=yes {
          conv 4 3
          bn
          relu
        }
        add residual checkpoint=yes {
          conv 4 3
        }
        add gap
        add dense 2
        """)
  }

  @Test func explanation() {
    #expect(
      Self.session().answer("explain rep1").text == """
        rep1  repeat 3 checkpoint=yes
          4×8×8 → 4×8×8
          3 copies of the same form, each with weights of its own
          checkpoint: the backward pass computes the values inside again
          learned          3·156 = 468
          running          3·8 = 24
          multiply-adds    3·9,216 = 27,648
          receptive field  7
          explain repeat
        """)
    let text = Self.session("").answer("explain checkpointing").text
    #expect(Self.session("").answer("explain remat").text == text)
    #expect(text.hasPrefix("A step keeps what each layer puts out, for the gradients."))
    #expect(Self.session("").answer("explain checkpoint").text.contains("explain checkpointing"))
  }

  @Test("setting it is undone, redone and told as a difference")
  func history() throws {
    let session = Self.session()
    session.answer("fork other; set rep1 checkpoint=no")
    #expect(session.answer("undo").text.hasPrefix("undone: set rep1 checkpoint=no"))
    #expect(session.state.current?.network.root.children[0].isCheckpointed == true)
    session.answer("redo")
    #expect(session.state.current?.network.root.children[0].isCheckpointed == false)
    let difference = session.answer("diff main other").text
    #expect(difference.contains("checkpoint"), "\(difference)")
  }

  @Test("definitions may have it, and wraps; defaults give it to all of a kind")
  func typed() {
    let session = Self.session(
      "input 4x8x8; def stage(c) { residual checkpoint=yes { conv $c 3; bn } }; stage 4; add conv 4 3; "
        + "wrap seq conv1 checkpoint=yes; defaults residual checkpoint=yes; residual { conv 4 3 }")
    let marks = session.state.current?.network.root.children.map(\.isCheckpointed)
    #expect(marks == [true, true, true])
  }

  @Test("parts and layers are refused, with what may be typed instead")
  func refusals() {
    let part = complaint("set res1.body checkpoint=yes")
    #expect(
      part.message
        == "res1.body is a part of res1: its values are kept or computed again with it")
    #expect(part.offers == ["set res1 checkpoint=yes", "wrap seq res1.body checkpoint=yes"])
    let copy = complaint("set rep1.2 checkpoint=yes")
    #expect(
      copy.message == "rep1.2 is a part of rep1: its values are kept or computed again with it")
    let layer = complaint("set dense1 checkpoint=yes")
    #expect(layer.message == "dense1: dense has no key checkpoint")
    #expect(layer.offers == ["wrap seq dense1 checkpoint=yes", "explain checkpointing"])
    for command in part.offers + layer.offers {
      #expect(Self.session().answer(command).outcome == .done, "\(command)")
    }
  }

  @Test("memory tells of less, and a file keeps it with the weights")
  func memoryAndFiles() throws {
    func values(_ session: Session) throws -> Int {
      guard case .integer(let bytes)? = session.data("memory")?["step"]?["values"] else { return 0 }
      return bytes
    }
    let session = Self.session()
    let marked = try values(session)
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("checkpointed-\(UUID().uuidString).safetensors").path
    defer { try? FileManager.default.removeItem(atPath: file) }
    session.answer("save \(file)")
    session.answer("set rep1 checkpoint=no")
    #expect(marked < (try values(session)))
    let loaded = Self.session("load \(file)")
    #expect(loaded.state.current?.network.root.children.map(\.isCheckpointed).first == true)
  }

  @Test("plan lists what is computed again, and its share of the step")
  func plan() throws {
    let session = Self.session("batch 4; " + Self.start)
    let text = session.answer("plan sort=order steps=3 first=100").text
    #expect(text.contains("conv 3x3 again"), "\(text)")
    #expect(!text.contains("bn + relu again"))
    let data = try #require(session.data("plan steps=3"))
    let passes = try #require(data["passes"]).elements.compactMap { $0["pass"]?.string }
    #expect(passes == ["forward", "recompute", "backward", "update"])
    let again = try #require(data["steps"]).elements.filter { $0["pass"]?.string == "recompute" }
    let paths = again.compactMap { $0["path"]?.string }
    #expect(paths.contains("rep1.1.conv1"))
    session.answer("set rep1 checkpoint=no")
    let plain = try #require(session.data("plan steps=3")?["passes"]).elements
    #expect(plain.compactMap { $0["pass"]?.string } == ["forward", "backward", "update"])
  }

  @Test("it may be set during a run, which goes on with the bits of one without")
  func live() {
    func weights(_ edit: String) -> [String: [Float]] {
      let live = LiveSession("batch 64; wrap seq dense1..dense3")
      live.type(edit)
      live.type("step 3")
      defer { live.type("stop") }
      return live.weights
    }
    let live = LiveSession("batch 64; lr 0; wrap seq dense1..dense3")
    #expect(
      live.type("set seq1 checkpoint=yes") == """
        seq1  seq checkpoint=yes  2 → 2  114 parameters
        kept 6 tensors; loss 0.9328 → 0.9328
        """)
    live.type("stop")
    #expect(weights("set seq1 checkpoint=yes") == weights("set seq1 checkpoint=no"))
  }

  @Test("blocks that would make a step fit are offered where it does not")
  func offers() throws {
    let session = Self.session(
      "input 4x8; add conv 4 3; residual { conv 4 3; bn; relu; conv 4 3 }; seq name=stem { conv 4 3 }; "
        + "residual { conv 4 3; bn; relu; conv 4 3 }; add gap; add dense 2")
    let network = try #require(session.state.current?.network)
    let offer = try #require(CheckpointOffer(network))
    #expect(offer.command == "set res* checkpoint=yes; set stem checkpoint=yes")
    #expect(offer.count == 3)
    let question = session.state.recipe.memoryQuestion(network, nil)
    let need = try #require(offer.need(question, batch: 8))
    #expect(need.values < (try question.training(batch: 8)).values)
    #expect(session.answer(offer.command).outcome == .done)
    #expect(session.state.current?.network.root == offer.network.root)
    #expect(CheckpointOffer(offer.network) == nil)
  }
}
