import Networks
import Testing

/// The stride of a shortcut is the product of the strides of its body, whatever stands around.
struct ShortcutStrideTests {
  /// Layers that let 2 or 3 channels pass, and after some of which every output sees the whole input.
  private static func neutral(_ channels: Int) -> [String] {
    [
      "", "scale 2; ", "se reduction=1; ", "highway { conv \(channels) 3 }; ",
      "parallel join=mul { identity } { gmp }; ", "parallel join=mul { gap } { identity }; ",
      "parallel join=add { conv \(channels) 3 } { identity }; ", "rezero { conv \(channels) 3 }; ",
    ]
  }

  private static let around: [(before: String, after: String, path: String)] = [
    ("", "", "res1"), ("seq { ", " }", "seq1.res1"), ("repeat 1 { ", " }", "rep1.1.res1"),
    ("residual { ", " }", "res1.body.res1"),
    ("parallel join=concat { ", " } { gap }", "par1.1.res1"),
    ("se reduction=1 { ", " }", "seq1.res1"),
  ]

  private func shortcut(_ input: String, _ layers: String, at path: String) throws -> String? {
    guard let net = try? network(input, layers) else { return nil }
    return try net.block(at: path + ".shortcut").block.children
      .map { NetworkScript.line(of: $0) }.joined(separator: "; ")
  }

  private func expected(_ kind: String, stride: Int) -> String {
    let suffix = stride == 1 ? "" : " stride=\(stride)"
    switch kind {
    case "A": return "subsample 3\(suffix)"
    case "pool" where stride > 1:
      let size = stride == 2 ? "" : " \(stride)"
      return "avgpool\(size) ceil=yes; conv 3 1 bias=no; bn"
    default: return "conv 3 1\(suffix) bias=no; bn"
    }
  }

  @Test("layers before and inside, all strides and lengths", arguments: ["auto", "A", "C", "pool"])
  func bruteForce(kind: String) throws {
    for length in 1...64 {
      for stride in 1...5 {
        for before in Self.neutral(2) {
          for inside in Self.neutral(3) where before.isEmpty || inside.isEmpty {
            let body = "conv 3 3 stride=\(stride); \(inside)bn"
            let text = "\(before)residual shortcut=\(kind) { \(body) }"
            let path = before.hasPrefix("rezero") ? "res2" : "res1"
            #expect(
              try shortcut("2x\(length)", text, at: path) == expected(kind, stride: stride),
              "2×\(length): \(text)")
          }
        }
      }
    }
  }

  @Test("containers around, after a gate and without one")
  func around() throws {
    for length in [1, 2, 5, 6, 9, 16, 27] {
      for stride in 1...5 {
        for gate in ["", "se reduction=1; "] {
          for container in Self.around {
            let residual = "residual { conv 3 3 stride=\(stride); bn }"
            let text = gate + container.before + residual + container.after
            let found = try shortcut("2x\(length)", text, at: container.path)
            // Some containers refuse some lengths, with a gate before them as without.
            guard let found else { continue }
            #expect(found == expected("auto", stride: stride), "2×\(length): \(text)")
          }
        }
      }
    }
  }

  @Test(
    "strides of a body multiply through what it holds",
    arguments: [
      ("conv 3 3 stride=2; conv 3 3 stride=2", 4), ("maxpool 2 stride=2 ceil=yes; conv 3 3", 2),
      ("subsample 3 stride=3", 3), ("residual { conv 3 3 stride=2 }; conv 3 3 stride=2", 4),
      ("repeat 2 { conv 3 3 stride=2 }", 4), ("repeat 2 { conv 2 3 stride=2 }; conv 3 1", 4),
      ("parallel join=add { conv 3 3 stride=4 } { conv 3 1 stride=2; conv 3 3 stride=2 }", 4),
      ("parallel { conv 1 3 stride=2 } { maxpool 2 ceil=yes }; se reduction=1", 2),
      ("conv 3 3 stride=2; se reduction=1; conv 3 3 stride=2; scale 0", 4),
    ])
  func composed(body: String, stride: Int) throws {
    for gate in ["", "se reduction=1; "] {
      for length in [1, 5, 6, 9, 17, 64] {
        #expect(
          try shortcut("2x\(length)", "\(gate)residual { \(body) }", at: "res1")
            == expected("auto", stride: stride), "2×\(length): \(gate)\(body)")
      }
    }
  }
}
