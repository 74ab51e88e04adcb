import Testing

@testable import Sessions

/// What is said of taps and joins.
struct TapTests {
  private static let unet =
    "input 1x32; add conv 4 3; add tap a; add maxpool; add conv 6 3; add tap b; add maxpool; "
    + "add conv 8 3; add upsample 2; add join b concat; add conv 6 3; add upsample 2; "
    + "add join a concat { conv 2 1 }; add conv 3 3"

  private static func session(_ commands: String) -> Session {
    let session = Session()
    session.answer(commands)
    return session
  }

  private func complaint(_ command: String, after start: String) -> Complaint {
    Complaint(Self.session(start).answer(command).text)
  }

  @Test("lines lead from taps to joins beside the tree")
  func tree() {
    #expect(
      Self.session(Self.unet).answer("tree").text == """
        block          kind           output  params  mul-adds  rf
            input                       1×32
            conv1      conv 4 3         4×32      16       384   3
        ╭   tap1       tap a            4×32                     3
        │   maxpool1   maxpool          4×16                     4
        │   conv2      conv 6 3         6×16      78    1.15 k   8
        │ ╭ tap2       tap b            6×16                     8
        │ │ maxpool2   maxpool           6×8                    10
        │ │ conv3      conv 8 3          8×8     152    1.15 k  18
        │ │ upsample1  upsample 2       8×16                    18
        │ ╰─⊞ join1    join b concat   14×16                    20
        │   conv4      conv 6 3         6×16     258    4.03 k  24
        │   upsample2  upsample 2       6×32                    24
        ╰─  ⊞ join2    join a concat    8×32      10       256  25
            └ conv1    conv 2 1         2×32      10       256   3
            conv5      conv 3 3         3×32      75    2.30 k  27
        1×32 → 3×32   589 learnable + 0 running   9.28 k multiply-adds
        """)
  }

  @Test("what is folded has its line where it is")
  func folds() {
    let session = Self.session(
      "input 4x16; add seq { conv 4 3; tap a; tap b }; add conv 4 3; add join a; add join b; "
        + "add join a")
    #expect(
      session.answer("tree depth=1").text == """
          block        kind      output  params  mul-adds  rf
              input                4×16
        ▸ ╭ ╭ seq1     seq         4×16      52       768   3
          │ │ conv1    conv 4 3    4×16      52       768   5
          ├╴│ ⊕ join1  join a      4×16                     5
          │ ╰─⊕ join2  join b      4×16                     5
          ╰─  ⊕ join3  join a      4×16                     5
        4×16 → 4×16   104 learnable + 0 running   1.54 k multiply-adds
        """)
  }

  @Test("a tap that nothing joins is told of where it is added and in what lists the network")
  func notJoined() {
    let session = Self.session("input 4x16")
    #expect(
      session.answer("add tap a").text == """
        tap1  tap a  4×16 → 4×16
          tap1: not joined yet; join a or join a concat
        """)
    #expect(
      session.answer("tree").text.hasSuffix("\n  tap1: not joined yet; join a or join a concat"))
    #expect(
      session.answer("summary").text.hasSuffix("\n  tap1: not joined yet; join a or join a concat"))
    #expect(session.answer("join a").text == "join1  join a  4×16 → 4×16")
    #expect(!session.answer("tree").text.contains("not joined"))
  }

  @Test func missingTaps() {
    let none = complaint("add join a", after: "input 4x16")
    #expect(
      none.message
        == "join1: expected tap a somewhere before join a; nothing is tapped there")
    #expect(none.offers == ["help join"])
    let near = complaint("add join skp concat", after: "input 4x16; add tap one; add tap skip")
    #expect(
      near.message
        == "join1: expected tap skp somewhere before join skp; tapped there: one, skip")
    #expect(near.offers == ["add join skip concat"])
    let removed = complaint("remove tap1", after: "input 4x16; add tap a; add relu; add join a")
    #expect(
      removed.message
        == "join1: expected tap a somewhere before join a; nothing is tapped there")
  }

  @Test("shapes that do not agree, with the layers that would help and their prices")
  func shapes() {
    let sum = complaint("add join a", after: "input 4x16; add tap a; add conv 8 3 stride=2")
    #expect(
      sum.message == "join1: cannot add tap a 4×16 and 8×8: shapes must be equal")
    #expect(
      sum.offers == [
        "add join a { avgpool; conv 8 1 bias=no; bn }  # 8×8, +48 parameters",
        "add join a { subsample 8 stride=2 }  # 8×8, +0 parameters",
        "add join a { conv 8 1 stride=2 bias=no; bn }  # 8×8, +48 parameters",
      ])
    let channels = complaint(
      "add join a concat", after: "input 4x16; add tap a; add conv 8 3 stride=2")
    #expect(
      channels.message
        == "join1: cannot join tap a 4×16 and 8×8: all but the channels must be equal")
    #expect(
      channels.offers == [
        "add upsample 2; add join a concat", "add join a concat { avgpool }  # 12×8, +0 parameters",
      ])
    let product = complaint("add join a mul", after: "input 4x16; add tap a; add conv 8 3")
    #expect(
      product.message
        == "join1: cannot multiply tap a 4×16 and 8×16: shapes must be equal, or one without "
        + "positions have as many channels")
    let late = complaint(
      "set tap1 tap=b", after: "input 4x16; add tap a; add conv 4 3; add join a")
    #expect(
      late.message == "join1: expected tap a somewhere before join a; tapped there: b")
  }

  @Test func words() {
    let name = complaint("add tap 1.5", after: "input 4x16")
    #expect(
      name.message == "tap expects a name of letters, digits and _, found 1.5")
    let join = complaint("add join a sum", after: "input 4x16; add tap a")
    #expect(join.message == "join expects add, concat, mul, found sum")
    let wrapped = complaint("wrap join", after: "input 4x16; add tap a; add conv 4 3")
    #expect(
      wrapped.message
        == "wrap expects one of seq, residual, parallel, repeat, se, highway, rezero, preact, "
        + "found join")
  }

  @Test func explanations() {
    let session = Self.session(Self.unet)
    #expect(
      session.answer("explain join2").text == """
        join2  join a concat
          6×32 → 8×32
          channels one after another: 2 of tap a + 6 = 8
          tap a, 4×32, goes through conv 2 1
          learned          10
          multiply-adds    256
          receptive field  25
          explain join
        """)
    #expect(
      session.answer("explain tap1").text == """
        tap1  tap a
          4×32 → 4×32
          passes on what it gets
          a later join a takes it, too
          explain tap
        """)
  }

  @Test("names of taps complete a join", arguments: ["add join ", "join ", "add join s"])
  func completion(text: String) {
    let session = Self.session("input 4x16; add tap skip; add relu; add tap s2")
    let found = session.completion(of: text, at: text.utf8.count).candidates.map(\.text)
    #expect(Array(found.prefix(2)) == ["s2", "skip"])
    let second = "add join skip "
    let joins = session.completion(of: second, at: second.utf8.count).candidates.map(\.text)
    #expect(Array(joins.prefix(3)) == ["add", "concat", "mul"])
  }

  @Test("edited while it learns, undone, saved and loaded")
  func live() {
    let session = Self.session(
      "seed 1; data waves; add conv 4 3; add tap a; add relu; add conv 4 3; add join a; add gap; "
        + "add dense 4; train 3 steps")
    let learned = session.state.current?.weights.parameters
    #expect(session.answer("set join1 join=concat").outcome == .done)
    #expect(session.answer("train 3 steps").outcome == .done)
    #expect(session.answer("undo 2").outcome == .done)
    #expect(session.state.current?.weights.parameters == learned)
    #expect(session.answer("freeze conv1; train 2 steps; widen conv2 6").outcome == .failed)
    #expect(session.answer("check").text.contains("ok"))
  }

  @Test("receptive field and paths go both ways")
  func demonstrations() {
    let session = Self.session(
      "input 4x16; add tap a; add residual { conv 4 3 }; add conv 4 3; add join a")
    #expect(session.answer("receptive").outcome == .done)
    #expect(
      session.answer("paths").text.hasPrefix("1 residual block: 3 paths, mean length 0.333"))
  }

  @Test("a framework without a class for it is named, with one that has it")
  func code() throws {
    let start = "input 4x16; add tap a; add conv 4 3; add join a concat; add gap; add dense 2"
    let text = try ExportedCode.file(start, for: .pytorch).text
    #expect(
      text.contains(
        """
            Tap("a"),
                    nn.Conv1d(4, 4, 3, padding=1),
                    ParallelBlock(4),
        """), "\(text)")
    let refused = complaint("export keras net.py", after: start)
    #expect(refused.message == "Keras has nothing that computes what join does")
    #expect(refused.notes == ["next: export pytorch net.py"])
  }
}
