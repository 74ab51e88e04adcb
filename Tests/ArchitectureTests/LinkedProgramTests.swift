import Foundation
import Testing

#if os(Linux)
  /// The program that is built beside these tests does without the libraries that would make a package 45 MB larger:
  /// all of Foundation, and the tables of Unicode that it brings along.
  @Suite struct LinkedProgramTests {
    /// What a program has in it that is linked with them: their files' names, or where they are a part of it, a name of theirs.
    private static let signs = [
      "libFoundation.so", "libFoundationInternationalization.so", "lib_FoundationICU.so",
      "u_isEmoji", "icudt",
    ]

    private func signs(in program: Data) -> [String] {
      Self.signs.filter { program.range(of: Data($0.utf8)) != nil }
    }

    @Test func needsTheEssentialsOfFoundationOnly() throws {
      let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
      let program = URL(filePath: tests).deletingLastPathComponent().appending(path: "espalier")
      let bytes = try Data(contentsOf: program, options: .alwaysMapped)
      #expect(
        signs(in: bytes) == [],
        "something imports Foundation, or asks for a trait of swift-protobuf, which does")
    }

    @Test func findsWhatBringsThemAlong() {
      #expect(
        signs(in: Data("\0libFoundationEssentials.so\0libFoundation.so\0libc.so.6\0".utf8))
          == ["libFoundation.so"])
      #expect(signs(in: Data("\0icudt74_dat\0".utf8)) == ["icudt"])
    }
  }
#endif
