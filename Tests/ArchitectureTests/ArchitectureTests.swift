import Foundation
import Testing

/// The rules of docs/architecture.md hold for this checkout.
@Suite struct ArchitectureTests {
  private let rules: Rules
  private let manifest: Arrows

  init() throws {
    (rules, manifest) = try Self.checkout.get()
  }

  /// Read once for all tests.
  private static let checkout = Result {
    func text(_ path: String) throws -> String {
      try String(contentsOf: SourceTree.root.appending(path: path), encoding: .utf8)
    }
    let rules = Rules(
      tree: try SourceTree(checkout: SourceTree.root),
      arrows: Arrows(documentation: try text("docs/architecture.md")))
    return (rules, Arrows(manifest: try text("Package.swift")))
  }

  @Test func importsFollowTheArrows() {
    #expect(rules.wrongArrows() == [])
  }

  @Test func manifestAgreesWithTheDocumentation() {
    #expect(rules.arrows.allowed.count > 10)
    #expect(rules.disagreements(with: manifest) == [])
  }

  @Test func eachCLibraryHasOneWayIn() {
    #expect(rules.secondWaysIn() == [])
  }

  @Test func kernelsAreCalledByInstructions() {
    #expect(rules.callsBesideInstructions() == [])
  }

  @Test func kernelsForOtherProcessorsAreTheSameSources() throws {
    for name in ["KernelsAVX2", "KernelsAVX512"] {
      let path = SourceTree.root.appending(path: "Sources/\(name)").path
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path) == "Kernels")
    }
  }

  @Test func onlyShellsWriteToStandardOutput() {
    #expect(rules.strayOutput() == [])
  }

  @Test func coreDoesWithoutFoundation() {
    #expect(rules.foundationInCore() == [])
    #expect(rules.wholeFoundation() == [])
  }

  @Test func filesAreShort() {
    #expect(rules.longFiles() == [])
  }

  @Test func whatOthersUseIsDocumented() {
    #expect(rules.undocumented() == [])
  }

  @Test func functionsTakeFewParameters() {
    #expect(rules.crowded() == [])
  }

  @Test func noFileStandsInForAnother() {
    #expect(rules.stubs() == [])
  }
}
