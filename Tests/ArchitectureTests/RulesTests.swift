import Testing

/// Every rule can fail: it is shown a tree that breaks it.
@Suite struct RulesTests {
  private static let documentation = """
    | target | one line | may import |
    |---|---|---|
    | `Networks` | values: `shapes` | – |
    | `Engine` | plans | `Networks` `COneDNN` |
    | `Terminal` | shells | `Networks` `CNcurses` `CReadline` |
    | `espalier` | start | `Terminal` `ArgumentParser` |
    """

  private func rules(_ texts: [String: String]) -> Rules {
    Rules(tree: SourceTree(texts), arrows: Arrows(documentation: Self.documentation))
  }

  @Test func findsWrongArrows() {
    let rules = rules([
      "Sources/Networks/A.swift": "import Synchronization\n@preconcurrency import Engine\n",
      "Sources/Engine/B.swift": "import COneDNN; private import struct Networks.Shape\n",
      "Sources/Terminal/C.swift": "import OrderedCollections\n/* import Engine */ // import Engine",
      "Sources/Terminal/D.swift": "let text = \"\"\"\n  import torch\n  \"\"\"\n",
      "Sources/Other/E.swift": "import Networks\n",
    ])
    #expect(
      rules.wrongArrows() == [
        "Sources/Networks/A.swift imports Engine, which Networks may not",
        "Sources/Other/E.swift belongs to no target of docs/architecture.md",
        "Sources/Terminal/C.swift imports OrderedCollections, which Terminal may not",
      ])
  }

  @Test func findsDisagreementWithTheManifest() {
    let manifest = """
      targets: [
        .target(name: "Networks", dependencies: ["Engine"]),
        .target(name: "Engine", dependencies: ["Networks", "COneDNN"], swiftSettings: [x("-O")]),
        .target(
          name: "Terminal",
          dependencies: ["Networks", "CNcurses", "CReadline"]),
        .systemLibrary(name: "CNcurses"),
        .executableTarget(
          name: "espalier",
          dependencies: [
            "Terminal", .product(name: "ArgumentParser", package: "swift-argument-parser"),
          ]),
        .testTarget(name: "NetworksTests", dependencies: ["Networks"]),
      ]
      """
    #expect(
      rules([:]).disagreements(with: Arrows(manifest: manifest)) == [
        "CNcurses: Package.swift has nothing, docs/architecture.md has no such target",
        "Networks: Package.swift has Engine, docs/architecture.md has nothing",
      ])
  }

  @Test func findsSecondWaysIn() {
    let rules = rules([
      "Sources/Engine/A.swift": "import COneDNN",
      "Sources/Engine/Deeper/B.swift": "import COneDNN",
      "Sources/Networks/C.swift": "import COneDNN",
      "Sources/Records/J.swift": "import CSQLite",
      "Sources/Records/Deeper/K.swift": "import CSQLite",
      "Sources/Sessions/L.swift": "import CSQLite",
      "Sources/Terminal/Screen/D.swift": "@preconcurrency import CNcurses",
      "Sources/Terminal/Screen/E.swift": "@preconcurrency import CNcurses",
      "Sources/Terminal/Views/F.swift": "@preconcurrency import CNcurses",
      "Sources/Terminal/Line/G.swift": "@preconcurrency import CReadline",
      "Sources/Terminal/Line/H.swift": "@preconcurrency import CReadline",
      "Sources/Terminal/Plain/I.swift": "@preconcurrency import CReadline",
    ])
    #expect(
      rules.secondWaysIn() == [
        "CNcurses is imported in Sources/Terminal/Screen and Sources/Terminal/Views",
        "CReadline is imported in Sources/Terminal/Line and Sources/Terminal/Plain",
        "COneDNN is imported in Engine and Networks",
        "CSQLite is imported in Records and Sessions",
      ])
  }

  @Test func findsSecondWaysIntoKernels() {
    let rules = rules([
      "Sources/Engine/A.swift": "import KernelsAVX2\nimport Kernels",
      "Sources/Engine/B.swift": "import KernelsAVX2\nimport Kernels",
      "Sources/Engine/C.swift": "import KernelsAVX512",
    ])
    #expect(
      rules.secondWaysIn() == [
        "KernelsAVX2 is imported in Sources/Engine/A.swift and Sources/Engine/B.swift"
      ])
  }

  @Test func findsCallsBesideInstructions() {
    let rules = rules([
      "Sources/Kernels/A.swift": "/// Sums.\npackage enum Sums {\n  package enum Pass {}\n}\n",
      "Sources/Kernels/B.swift": "/// Work.\npackage struct SumWork {}\n",
      "Sources/Engine/C.swift":
        "let a = Sums.add(x)\nlet b = Sums.scratchCount(1)\nlet c = SumWork.Pass.forward(y: y)\n",
      "Sources/Training/D.swift": "let a = Sums.add(x)",
    ])
    #expect(
      rules.callsBesideInstructions() == [
        "Sources/Engine/C.swift calls Sums.add, which is no instruction"
      ])
  }

  @Test func findsStrayOutput() {
    let rules = rules([
      "Sources/Networks/A.swift": "func f() { print(1) }",
      "Sources/Networks/B.swift": "let text = \"print(1) \\(print(2))\"  // print(3)",
      "Sources/Engine/C.swift": "FileHandle.standardOutput.write(data)\n fputs(text, stdout)",
      "Sources/Engine/D.swift":
        "func print(_ x: Int) {}\nreport.print(3)\n  .print(4); blueprint(5)",
      "Sources/Terminal/Plain/E.swift": "print(1)",
      "Sources/Terminal/Process/F.swift": "print(1)",
      "Sources/Terminal/Views/G.swift": "debugPrint(1)",
      "Sources/espalier/main.swift": "print(1)",
    ])
    #expect(
      rules.strayOutput() == [
        "Sources/Engine/C.swift writes to standard output with FileHandle.standardOutput",
        "Sources/Engine/C.swift writes to standard output with stdout",
        "Sources/Networks/A.swift writes to standard output with print",
        "Sources/Networks/B.swift writes to standard output with print",
        "Sources/Terminal/Views/G.swift writes to standard output with debugPrint",
      ])
  }

  @Test func findsFoundationInTheCore() {
    let rules = rules([
      "Sources/Networks/A.swift": "import Foundation",
      "Sources/Engine/B.swift": "import Foundation",
      "Sources/Kernels/C.swift":
        "#if canImport(FoundationEssentials)\n  import FoundationEssentials",
    ])
    #expect(
      rules.foundationInCore() == [
        "Sources/Kernels/C.swift imports FoundationEssentials",
        "Sources/Networks/A.swift imports Foundation",
      ])
  }

  @Test func findsAllOfFoundation() {
    let rules = rules([
      "Sources/Engine/A.swift": "import Foundation",
      "Sources/Interchange/B.swift":
        "#if canImport(FoundationEssentials)\nimport FoundationEssentials\n#else\nimport Foundation\n#endif",
      "Tests/EngineTests/C.swift": "import Foundation",
    ])
    #expect(rules.wholeFoundation() == ["Sources/Engine/A.swift imports Foundation"])
  }

  @Test func findsLongFiles() {
    let lines = { String(repeating: "x\n", count: $0) }
    let rules = rules([
      "Sources/Networks/A.swift": lines(401), "Sources/Networks/B.swift": lines(400),
      "Tests/NetworksTests/C.swift": lines(400) + "x",
      "Sources/Networks/Onnx.pb.swift": lines(999),
    ])
    #expect(
      rules.longFiles() == [
        "Sources/Networks/A.swift has 401 lines", "Tests/NetworksTests/C.swift has 401 lines",
      ])
  }

  @Test func findsWhatHasNoDocComment() {
    let rules = rules([
      "Sources/A/A.swift": """
      /// Known.
      package struct A {
        package func a() {}
        package static func < (left: A, right: A) -> Bool { false }
        package let b = 1
        /// Known.
        @inlinable
        package init() {}
        func c() {}
      }
      package final class B {}
      """,
      "Tests/A/B.swift": "package struct C {}",
    ])
    #expect(
      rules.undocumented() == [
        "Sources/A/A.swift:3: package func a() {}",
        "Sources/A/A.swift:11: package final class B {}",
      ])
  }

  @Test func findsCrowdedFunctions() {
    let seven = "(_ a: A, b: [B: C] = [:], c: (D, E) -> F, d: G, e: H, f: I, g: J)"
    let rules = rules([
      "Sources/A/A.swift":
        "func six(_ a: A, b: B, c: C, d: D, e: E, f: F) {}\nfunc seven<T>\(seven)",
      "Sources/Kernels/A.swift": "func kernel\(seven)", "Tests/A/A.swift": "func test\(seven)",
    ])
    #expect(rules.crowded() == ["Sources/A/A.swift: seven takes 7"])
  }

  @Test func findsStubs() {
    let rules = rules(["Tests/A/Stub.swift": "", "Sources/A/Stubs.swift": ""])
    #expect(rules.stubs() == ["Tests/A/Stub.swift"])
  }

  @Test(arguments: [
    (#"a /* b /* c */ d */ e"#, "a                   e"),
    (#"f("x\"y") // z"#, #"f(      )     "#),
    (##"g(#"x\"y"# + "\(h("i", (j)))")k"##, "g(         +    h(   , (j))) )k"),
    ("\"\"\"\nimport A\n\"\"\"\nimport B", "   \n        \n   \nimport B"),
  ])
  func blanksCommentsAndStrings(source: String, code: String) {
    #expect(SwiftCode.blankingTexts(source) == code)
  }
}
