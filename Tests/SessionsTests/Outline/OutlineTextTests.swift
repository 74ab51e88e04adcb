import Networks
import Testing

@testable import Sessions

/// The architecture tree as text: rails, joins, copies, folds and columns.
struct OutlineTextTests {
  private static func convolution(_ name: String, _ channels: Int, _ kernel: Int, stride: Int = 1)
    -> Block
  {
    var convolution = Convolution(channels: channels, kernel: Extents(kernel))
    convolution.stride = Extents(stride)
    return Block(name: name, form: .layer(.convolution(convolution)))
  }

  private static func normalization(_ name: String) -> Block {
    Block(name: name, form: .layer(.batchNormalization(BatchNormalization())))
  }

  private static func relu(_ name: String) -> Block {
    Block(name: name, form: .layer(.activation(.relu)))
  }

  private static func chain(_ name: String, _ children: [Block]) -> Block {
    Block(name: name, form: .sequential(BlockList(children)))
  }

  private static func copies(_ name: String, _ count: Int, _ body: () -> [Block]) -> Block {
    Block(name: name, form: .repeated(BlockList((1...count).map { chain("\($0)", body()) })))
  }

  private static func residual(
    _ channels: Int, stride: Int = 1, kind: ShortcutKind = .automatic
  ) -> Block {
    let body = [
      convolution("conv1", channels, 3, stride: stride), normalization("bn1"), relu("relu1"),
      convolution("conv2", channels, 3), normalization("bn2"),
    ]
    return Block(
      name: "res1", form: .residual(Residual(body: body, kind: kind, activation: .relu)))
  }

  private static func network() throws -> Network {
    let branches = [
      [convolution("conv1", 8, 1)],
      [convolution("conv1", 8, 1), chain("tail", [relu("relu1"), normalization("bn1")])],
    ]
    return try Network(
      input: Shape([1, 8, 8]),
      root: chain(
        "",
        [
          convolution("conv1", 16, 3), relu("relu1"),
          copies("rep1", 3) { [residual(16)] },
          chain("stage2", [residual(32, stride: 2, kind: .projection)]),
          copies("rep2", 3) { [convolution("conv1", 24, 3), relu("relu1")] },
          Block(
            name: "par1", form: .parallel(Parallel(join: .concatenate, branches: branches))),
          residual(48, stride: 2, kind: .zeroPadded),
          Block(name: "gap1", form: .layer(.globalPooling(.average))),
          Block(name: "dense1", form: .layer(.dense(Dense(units: 10)))),
        ]))
  }

  private func text(_ rows: [OutlineRow], width: Int? = nil, glyphs: Glyphs = .unicode) -> String {
    OutlineText.lines(rows, width: width, glyphs: glyphs).map { $0.text + "\n" }.joined()
  }

  @Test func everyFormOfBlockStandsInTheTree() throws {
    #expect(
      text(Outline(try Self.network()).rows) == """
        block             kind                                    output  params  mul-adds  rf
        input                                                      1×8×8
        conv1             conv 16 3                               16×8×8     160    9.22 k   3
        relu1             relu                                    16×8×8                     3
        rep1              × 3                                     16×8×8  14,112     885 k  15
        └ ╭ res1          residual act=relu                       16×8×8   4,704     295 k   7
          │ ├ conv1       conv 16 3                               16×8×8   2,320     147 k   5
          │ ├ bn1         bn                                      16×8×8      32             5
          │ ├ relu1       relu                                    16×8×8                     5
          │ ├ conv2       conv 16 3                               16×8×8   2,320     147 k   7
          │ └ bn2         bn                                      16×8×8      32             7
          ╰─⊕ identity    → relu                                  16×8×8
        stage2            seq                                     32×4×4  14,592     229 k  21
        └ ╭ res1          residual shortcut=B act=relu            32×4×4  14,592     229 k  21
          │ ├ conv1       conv 32 3 stride=2                      32×4×4   4,640    73.7 k  17
          │ ├ bn1         bn                                      32×4×4      64            17
          │ ├ relu1       relu                                    32×4×4                    17
          │ ├ conv2       conv 32 3                               32×4×4   9,248     147 k  21
          │ └ bn2         bn                                      32×4×4      64            21
          ╰─⊕ projection  conv 32 1 stride=2 bias=no · bn → relu  32×4×4     576    8.19 k
        rep2              × 3                                     24×4×4  17,352     276 k  33
        ├ 1                                                       24×4×4   6,936     111 k  25
        │ ├ conv1         conv 24 3                               24×4×4   6,936     111 k  25
        │ └ relu1         relu                                    24×4×4                    25
        └ 2..3            × 2                                     24×4×4   5,208    82.9 k  29
          ├ conv1         conv 24 3                               24×4×4   5,208    82.9 k  29
          └ relu1         relu                                    24×4×4                    29
        ╭ par1            parallel                                16×4×4     416    6.14 k  33
        ├╴conv1           conv 8 1                                 8×4×4     200    3.07 k  33
        ├╴2                                                        8×4×4     216    3.07 k  33
        │ ├ conv1         conv 8 1                                 8×4×4     200    3.07 k  33
        │ └ tail          seq                                      8×4×4      16            33
        │   ├ relu1       relu                                     8×4×4                    33
        │   └ bn1         bn                                       8×4×4      16            33
        ╰─⊞ concat                                                16×4×4
        ╭ res1            residual shortcut=A act=relu            48×2×2  27,936     111 k  45
        │ ├ conv1         conv 48 3 stride=2                      48×2×2   6,960    27.6 k  37
        │ ├ bn1           bn                                      48×2×2      96            37
        │ ├ relu1         relu                                    48×2×2                    37
        │ ├ conv2         conv 48 3                               48×2×2  20,784    82.9 k  45
        │ └ bn2           bn                                      48×2×2      96            45
        ╰─⊕ zero-padded   subsample 48 stride=2 → relu            48×2×2
        gap1              gap                                         48
        dense1            dense 10                                    10     490       480

        """)
  }

  @Test func withoutUnicodeTheTreeIsASCIIAndMiddleTextsAreCutToTheWidth() throws {
    let lines = text(Outline(try Self.network()).rows, width: 72, glyphs: .ascii)
    #expect(lines.utf8.allSatisfy { $0 < 0x80 })
    #expect(
      lines == """
        block             kind                      output  params  mul-adds  rf
        input                                        1x8x8
        conv1             conv 16 3                 16x8x8     160    9.22 k   3
        relu1             relu                      16x8x8                     3
        rep1              x 3                       16x8x8  14,112     885 k  15
        `-.-res1          residual act=relu         16x8x8   4,704     295 k   7
          ! |-conv1       conv 16 3                 16x8x8   2,320     147 k   5
          ! |-bn1         bn                        16x8x8      32             5
          ! |-relu1       relu                      16x8x8                     5
          ! |-conv2       conv 16 3                 16x8x8   2,320     147 k   7
          ! `-bn2         bn                        16x8x8      32             7
          '-+ identity    -> relu                   16x8x8
        stage2            seq                       32x4x4  14,592     229 k  21
        `-.-res1          residual shortcut=B act~  32x4x4  14,592     229 k  21
          ! |-conv1       conv 32 3 stride=2        32x4x4   4,640    73.7 k  17
          ! |-bn1         bn                        32x4x4      64            17
          ! |-relu1       relu                      32x4x4                    17
          ! |-conv2       conv 32 3                 32x4x4   9,248     147 k  21
          ! `-bn2         bn                        32x4x4      64            21
          '-+ projection  conv 32 1 stride=2 bias~  32x4x4     576    8.19 k
        rep2              x 3                       24x4x4  17,352     276 k  33
        |-1                                         24x4x4   6,936     111 k  25
        | |-conv1         conv 24 3                 24x4x4   6,936     111 k  25
        | `-relu1         relu                      24x4x4                    25
        `-2..3            x 2                       24x4x4   5,208    82.9 k  29
          |-conv1         conv 24 3                 24x4x4   5,208    82.9 k  29
          `-relu1         relu                      24x4x4                    29
        .-par1            parallel                  16x4x4     416    6.14 k  33
        !-conv1           conv 8 1                   8x4x4     200    3.07 k  33
        !-2                                          8x4x4     216    3.07 k  33
        ! |-conv1         conv 8 1                   8x4x4     200    3.07 k  33
        ! `-tail          seq                        8x4x4      16            33
        !   |-relu1       relu                       8x4x4                    33
        !   `-bn1         bn                         8x4x4      16            33
        '-# concat                                  16x4x4
        .-res1            residual shortcut=A act~  48x2x2  27,936     111 k  45
        ! |-conv1         conv 48 3 stride=2        48x2x2   6,960    27.6 k  37
        ! |-bn1           bn                        48x2x2      96            37
        ! |-relu1         relu                      48x2x2                    37
        ! |-conv2         conv 48 3                 48x2x2  20,784    82.9 k  45
        ! `-bn2           bn                        48x2x2      96            45
        '-+ zero-padded   subsample 48 stride=2 -~  48x2x2
        gap1              gap                           48
        dense1            dense 10                      10     490       480

        """)
  }

  @Test func whatIsFrozenIsMarked() throws {
    var stem = Self.chain("stem", [Self.convolution("conv1", 4, 3), Self.relu("relu1")])
    stem.isFrozen = true
    let root = Self.chain("", [stem, Self.convolution("conv2", 4, 1), Self.residual(8)])
    let network = try Network(input: Shape([1, 8]), root: root)
    let frozen = try network.freezing(network.blocks(matching: "res1.body")).network
    let rows = Outline(frozen).rows
    #expect(
      text(rows) == """
        block           kind                          output  params  mul-adds  rf
        input                                            1×8
        stem            ❆ seq                            4×8      16        96   3
        ├ conv1         ❆ conv 4 3                       4×8      16        96   3
        └ relu1         relu                             4×8                     3
        conv2           conv 4 1                         4×8      20       128   3
        ╭ res1          residual act=relu                8×8     384    2.56 k   7
        │ ├ conv1       ❆ conv 8 3                       8×8     104       768   5
        │ ├ bn1         ❆ bn                             8×8      16             5
        │ ├ relu1       relu                             8×8                     5
        │ ├ conv2       ❆ conv 8 3                       8×8     200    1.54 k   7
        │ └ bn2         ❆ bn                             8×8      16             7
        ╰─⊕ projection  conv 8 1 bias=no · bn → relu     8×8      48       256

        """)
    #expect(
      text(rows, glyphs: .ascii) == """
        block           kind                           output  params  mul-adds  rf
        input                                             1x8
        stem            frozen seq                        4x8      16        96   3
        |-conv1         frozen conv 4 3                   4x8      16        96   3
        `-relu1         relu                              4x8                     3
        conv2           conv 4 1                          4x8      20       128   3
        .-res1          residual act=relu                 8x8     384    2.56 k   7
        ! |-conv1       frozen conv 8 3                   8x8     104       768   5
        ! |-bn1         frozen bn                         8x8      16             5
        ! |-relu1       relu                              8x8                     5
        ! |-conv2       frozen conv 8 3                   8x8     200    1.54 k   7
        ! `-bn2         frozen bn                         8x8      16             7
        '-+ projection  conv 8 1 bias=no - bn -> relu     8x8      48       256

        """)
  }

  @Test func deeperLevelsAreFolded() throws {
    #expect(
      text(Outline(try Self.network(), depth: 1).rows) == """
          block   kind                          output  params  mul-adds  rf
          input                                  1×8×8
          conv1   conv 16 3                     16×8×8     160    9.22 k   3
          relu1   relu                          16×8×8                     3
        ▸ rep1    × 3                           16×8×8  14,112     885 k  15
        ▸ stage2  seq                           32×4×4  14,592     229 k  21
        ▸ rep2    × 3                           24×4×4  17,352     276 k  33
        ▸ ⊞ par1  parallel                      16×4×4     416    6.14 k  33
        ▸ ⊕ res1  residual shortcut=A act=relu  48×2×2  27,936     111 k  45
          gap1    gap                               48
          dense1  dense 10                          10     490       480

        """)
  }

  @Test func oneBlockStandsAlone() throws {
    let network = try Self.network()
    let block = try network.block(at: "stage2")
    #expect(
      text(Outline(network, of: block.block.id).rows) == """
        block             kind                                    output  params  mul-adds  rf
        stage2            seq                                     32×4×4  14,592     229 k  21
        └ ╭ res1          residual shortcut=B act=relu            32×4×4  14,592     229 k  21
          │ ├ conv1       conv 32 3 stride=2                      32×4×4   4,640    73.7 k  17
          │ ├ bn1         bn                                      32×4×4      64            17
          │ ├ relu1       relu                                    32×4×4                    17
          │ ├ conv2       conv 32 3                               32×4×4   9,248     147 k  21
          │ └ bn2         bn                                      32×4×4      64            21
          ╰─⊕ projection  conv 32 1 stride=2 bias=no · bn → relu  32×4×4     576    8.19 k

        """)
  }

  @Test func aGivenShortcutOfManyLayersIsABranch() throws {
    let short = Residual(body: [Self.relu("relu1")], shortcut: [Self.normalization("bn1")])
    let long = Residual(
      body: [Self.relu("relu1")],
      shortcut: [Self.normalization("bn1"), Self.chain("seq1", [Self.relu("relu1")])])
    let network = try Network(
      input: Shape([4, 8]),
      root: Self.chain(
        "",
        [Block(name: "res1", form: .residual(short)), Block(name: "res2", form: .residual(long))]))
    #expect(
      text(Outline(network).rows) == """
        block         kind      output  params  rf
        input                      4×8
        ╭ res1        residual     4×8       8   1
        │ └ relu1     relu         4×8           1
        ╰─⊕ shortcut  bn           4×8       8
        ╭ res2        residual     4×8       8   1
        │ └ relu1     relu         4×8           1
        ├╴shortcut                 4×8       8   1
        │ ├ bn1       bn           4×8       8   1
        │ └ seq1      seq          4×8           1
        │   └ relu1   relu         4×8           1
        ╰─⊕ sum                    4×8

        """)
  }

  @Test func anEmptyNetworkIsItsInput() throws {
    #expect(
      text(Outline(try Network(input: Shape([1, 64]))).rows) == """
        block  kind   output
        input           1×64

        """)
  }

  @Test func foldsFollowTheBlockThroughEdits() throws {
    let network = try Self.network()
    var folds = OutlineFolds()
    let open = Outline(network, folds: folds).rows
    let row = try #require(open.first { $0.path == "stage2.res1" })
    folds.toggle(row)
    let edited = try Network(
      input: network.input,
      root: network.root.with(children: Array(network.root.children.dropFirst())))
    let closed = try #require(
      Outline(edited, folds: folds).rows.first { $0.path == "stage2.res1" })
    #expect(closed.fold == .closed)
    #expect(closed.rails == [.last, .skipFolded(.add)])
    folds.toggle(closed)
    #expect(Outline(network, folds: folds).rows == open)
    folds[row.id] = .closed
    folds.keep { _ in false }
    #expect(Outline(network, folds: folds).rows == open)
  }

  @Test func longTreesStartWithSequencesAndRepeatsFolded() throws {
    let stages = (1...20).map { index in
      Self.chain("stage\(index)", (1...12).map { Self.relu("relu\($0)") })
    }
    let network = try Network(input: Shape([4, 8]), root: Self.chain("", stages))
    #expect(Outline(network).rows.count == 21)
    var folds = OutlineFolds()
    folds[stages[3].id] = .open
    #expect(Outline(network, folds: folds).rows.count == 33)
  }
}
