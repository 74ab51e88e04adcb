import Networks
import Testing

/// The strides of a shortcut are those of the body, whatever stands around it.
struct ShortcutOracleTests {
  /// A part of a body as text, with the strides that its layers compose to.
  indirect enum Piece {
    case strided(String, Int)
    case plain(String)
    case residual([Piece])
    case parallel([Piece], [Piece])
    case gated([Piece])
    case twice([Piece])

    var text: String {
      switch self {
      case .strided(let words, let stride): "\(words) stride=\(stride)"
      case .plain(let words): words
      case .residual(let body): "residual { \(Self.text(of: body)) }"
      case .parallel(let one, let other):
        "parallel join=add { \(Self.text(of: one)) } { \(Self.text(of: other)) }"
      case .gated(let body): "se reduction=1 { \(Self.text(of: body)) }"
      case .twice(let body): "repeat 2 { \(Self.text(of: body)) }"
      }
    }

    /// The product along a chain, the wider of two paths.
    var stride: Int {
      switch self {
      case .strided(_, let stride): stride
      case .plain: 1
      case .residual(let body), .gated(let body): Self.stride(of: body)
      case .parallel(let one, let other): max(Self.stride(of: one), Self.stride(of: other))
      case .twice(let body): Self.stride(of: body) * Self.stride(of: body)
      }
    }

    static func text(of chain: [Piece]) -> String { chain.map(\.text).joined(separator: "; ") }

    static func stride(of chain: [Piece]) -> Int { chain.reduce(1) { $0 * $1.stride } }
  }

  private static let kinds = ["auto", "A", "pool"]

  /// What leaves the shape as it is, and of which each output sees the whole input or only a part.
  private static let surroundings = [
    "se reduction=1", "scale 2", "bn", "relu", "highway { relu }",
    "parallel join=mul { relu } { gmp }",
    "parallel join=mul { conv 2 3 } { gap; dense 2 }", "residual { conv 2 3; se reduction=1 }",
    "repeat 2 { se reduction=1 }", "parallel join=add { relu } { tanh }",
  ]

  /// The bodies of a stride; those with more than one layer have shapes of their own inside.
  private static func bodies(_ s: Int) -> [[Piece]] {
    let conv = Piece.strided("conv 3 3", s)
    return [
      [conv, .plain("bn")],
      [.plain("se reduction=1"), conv],
      [conv, .plain("se reduction=1"), .plain("relu")],
      [.gated([conv, .plain("relu")])],
      [.plain("parallel join=mul { relu } { gmp }"), conv, .plain("scale 2")],
      [.plain("highway { tanh }"), .strided("subsample 3", s)],
      [.strided("maxpool \(s) ceil=yes", s), .plain("conv 3 1")],
      [.residual([.plain("se reduction=1"), conv]), .plain("bn")],
      [.parallel([conv, .plain("se reduction=1")], [.strided("conv 3 1", s)])],
      [.twice([.strided("conv 3 3", s), .plain("se reduction=1")])],
      [conv, .strided("conv 3 3", 2), .plain("se reduction=1"), .strided("conv 3 1", 2)],
    ]
  }

  /// The layers of a shortcut of a kind, from two channels to three.
  private func expected(_ kind: String, stride: Int) -> String {
    let words = stride == 1 ? "" : " stride=\(stride)"
    switch kind {
    case "A": return "subsample 3\(words)"
    case "pool" where stride > 1:
      return (stride == 2 ? "avgpool" : "avgpool \(stride)") + " ceil=yes; conv 3 1 bias=no; bn"
    default: return "conv 3 1\(words) bias=no; bn"
    }
  }

  private func shortcut(of net: Network) throws -> String {
    let block = try #require(net.root.children.last { $0.kind == .residual })
    return try #require(block.children.last).children.map { NetworkScript.line(of: $0) }
      .joined(separator: "; ")
  }

  @Test("every stride, length, kind and body", arguments: 1...5)
  func bodies(stride: Int) throws {
    for length in 1...64 {
      for body in Self.bodies(stride) {
        for kind in Self.kinds {
          let text = "residual shortcut=\(kind) { \(Piece.text(of: body)) }"
          let net = try network("2x\(length)", text)
          let words = expected(kind, stride: Piece.stride(of: body))
          #expect(try shortcut(of: net) == words, "\(length): \(text)")
        }
      }
    }
  }

  @Test("what stands before and after changes nothing", arguments: 1...5)
  func surroundings(stride: Int) throws {
    for length in 1...64 {
      for (index, around) in Self.surroundings.enumerated() {
        let bodies = Self.bodies(stride)
        let body = bodies[(index + length) % bodies.count]
        let kind = Self.kinds[(index + length) % Self.kinds.count]
        let text = "residual shortcut=\(kind) { \(Piece.text(of: body)) }"
        let net = try network("2x\(length)", "\(around); \(text); gmp; dense 2")
        let words = expected(kind, stride: Piece.stride(of: body))
        #expect(try shortcut(of: net) == words, "\(length): \(around); \(text)")
      }
    }
  }

  @Test("inserting and removing before a residual block leaves its shortcut")
  func edits() throws {
    for stride in 1...5 {
      for length in 1...64 {
        for kind in Self.kinds {
          let text = "residual shortcut=\(kind) { conv 3 3 stride=\(stride); bn }"
          let net = try network("2x\(length)", "relu; \(text)")
          let before = try net.at("res1.shortcut").block
          let around = Self.surroundings[(length + stride) % Self.surroundings.count]
          let blocks = try ScriptReader.blocks(around)
          var block = try #require(blocks.first)
          block.name = "around"
          let inserted = try net.inserting([block], in: net.root.id, at: 1)
          #expect(try inserted.at("res1.shortcut").block == before, "\(length): \(around)")
          let removed = try inserted.removing(inserted.run("around"))
          #expect(try removed.at("res1.shortcut").block == before, "\(length): \(around)")
        }
      }
    }
  }

  @Test("two dimensions, each with a stride of its own behind a gate")
  func images() throws {
    for (high, wide) in [(1, 4), (4, 1), (3, 5), (5, 2), (2, 2)] {
      for extent in 1...24 {
        let body = "conv 3 3 stride=\(high)x\(wide); se reduction=1"
        let net = try network("2x\(extent)x\(extent + 3)", "se reduction=1; residual { \(body) }")
        let stride =
          high == wide ? (high == 1 ? "" : " stride=\(high)") : " stride=\(high)x\(wide)"
        #expect(try shortcut(of: net) == "conv 3 1\(stride) bias=no; bn", "\(extent): \(body)")
      }
    }
  }

  @Test("branches of different strides that meet: the wider, behind a gate too")
  func paces() throws {
    let body = "parallel join=add { conv 3 3 stride=3 } { conv 3 3 stride=4 }"
    for before in ["", "se reduction=1; "] {
      // From 6 positions strides of 3 and of 4 both give 2.
      let net = try network("2x6", "\(before)residual { \(body) }")
      #expect(try shortcut(of: net) == "conv 3 1 stride=4 bias=no; bn")
    }
  }

  @Test("where the body's strides do not lead to its output, the ratio of the lengths does")
  func ratio() throws {
    for before in ["", "se reduction=1; ", "parallel join=mul { relu } { gmp }; "] {
      let net = try network("2x8", "\(before)residual { conv 3 8 pad=0 }")
      #expect(try shortcut(of: net) == "conv 3 1 stride=8 bias=no; bn")
    }
  }

  @Test("a shortcut that is given stays as given")
  func given() throws {
    let text = "residual { conv 3 3 stride=4; bn } { conv 3 1 stride=3 bias=no; bn }"
    for before in ["", "se reduction=1; "] {
      let net = try network("2x6", before + text)
      #expect(try shortcut(of: net) == "conv 3 1 stride=3 bias=no; bn")
      let again = try ScriptReader.network(NetworkScript.lines(of: net))
      #expect(again.isSame(as: net))
    }
  }
}
