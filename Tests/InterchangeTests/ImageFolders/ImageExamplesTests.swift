import Networks
import Testing

@testable import Interchange

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite struct ImageExamplesTests {
  private let folder: TemporaryFolder
  private let images: FileFormat

  init() throws {
    folder = try TemporaryFolder()
    images = try #require(FileFormat.named("images"))
  }

  /// Copies golden images to paths in the folder.
  private func copy(_ files: [(String, String)]) throws {
    for (name, path) in files {
      try FileManager.default.createDirectory(
        atPath: folder.path(Path.folder(of: path)), withIntermediateDirectories: true)
      _ = try folder.write(TemporaryFolder.read(GoldenFiles.image(name)), to: path)
    }
  }

  private func text(_ path: String, _ settings: [String: String] = [:]) -> String {
    errorText(in: folder) { _ = try images.read(folder.path(path), settings: settings) }
  }

  @Test func foldersAreClasses() throws {
    try copy([
      ("rgb.png", "p/dog/1.png"), ("alpha.png", "p/cat/b.PNG"), ("grey.png", "p/cat/a.png"),
    ])
    _ = try folder.write("x", to: "p/cat/.hidden.png")
    _ = try folder.write("x", to: "p/cat/notes.txt")
    #expect(FileFormat.found(at: folder.path("p"))?.name == "images")
    for path in ["p", "p/"] {
      let pair = try images.read(folder.path(path))
      #expect(pair.name == "p")
      #expect(pair.train.inputs.shape == [3, 3, 5, 7])
      #expect(pair.remark == "1 other file left out")
      guard case .classes([0, 0, 1], ["cat", "dog"]) = pair.train.targets else {
        Issue.record("other targets")
        return
      }
    }
    let grey = try images.read(folder.path("p"), settings: ["channels": "1", "size": "4x3"])
    #expect(grey.train.inputs.shape == [3, 1, 4, 3])
    #expect(grey.train.inputs.values.allSatisfy { (0...1).contains($0) })
  }

  @Test func greyImagesHaveOneChannel() throws {
    try copy([("grey.png", "p/a/1.png"), ("bits.png", "p/b/1.png"), ("deep.png", "p/b/2.png")])
    #expect(try images.read(folder.path("p")).train.inputs.shape == [3, 1, 5, 7])
    #expect(
      try images.read(folder.path("p"), settings: ["channels": "3"]).train.inputs.shape
        == [3, 3, 5, 7])
  }

  @Test func trainAndTestLieBesideOneAnother() throws {
    try copy([
      ("rgb.png", "p/train/a/1.png"), ("rgb.png", "p/train/b/1.png"), ("rgb.png", "p/val/b/1.png"),
      ("rgb.png", "q/a/1.png"),
    ])
    let pair = try images.read(folder.path("p"))
    #expect(pair.train.count == 2)
    guard case .classes([1], ["a", "b"])? = pair.test?.targets else {
      Issue.record("other targets")
      return
    }
    let other = try images.read(folder.path("p"), settings: ["test": folder.path("q")])
    #expect(other.test?.count == 1)
    try copy([("rgb.png", "p/val/c/1.png")])
    #expect(
      text("p")
        == """
        p/val/c: expected a class of \(folder.path("p/train")): 'a', 'b', found another
          next: give the folders to train and to test on the same names
        """.replacing(folder.path + "/", with: ""))
  }

  @Test func imagesOfSeveralSizesAreRefusedWithACommand() throws {
    try copy([("rgb.png", "p/a/1.png"), ("rgb.jpg", "p/b/1.jpg")])
    #expect(
      text("p")
        == """
        p/b/1.jpg: expected 5×7 pixels as in p/a/1.png, found 16×24
          next: data images \(folder.path("p")) size=5x7
        """.replacing(folder.path + "/", with: ""))
    #expect(
      try images.read(folder.path("p"), settings: ["size": "8"]).train.inputs.shape == [2, 3, 8, 8])
  }

  @Test func brokenImagesAreNamedOrLeftOut() throws {
    try copy([("rgb.png", "p/a/1.png"), ("cmyk.jpg", "p/a/2.jpg"), ("rgb.png", "p/b/1.png")])
    _ = try folder.write("no image", to: "p/b/2.png")
    let png = try TemporaryFolder.read(GoldenFiles.image("rgb.png"))
    _ = try folder.write(Array(png.prefix(60)), to: "p/b/3.png")
    #expect(
      text("p", ["channels": "3"]).hasPrefix(
        "p/a/2.jpg: expected a grey or RGB image, found CMYK, for print\n"))
    let pair = try images.read(folder.path("p"), settings: ["skip": "yes"])
    #expect(pair.train.count == 2)
    #expect(
      pair.remark?.replacing(folder.path + "/", with: "")
        == "3 broken images left out: p/a/2.jpg p/b/2.png p/b/3.png")
    for name in ["p/a/1.png", "p/b/1.png"] { _ = try folder.write("x", to: name) }
    #expect(
      text("p", ["skip": "yes"])
        == """
        p: expected an image that can be read, found 5 that cannot
          next: data images \(folder.path("p")) skip=no says what is wrong with the first
        """.replacing(folder.path + "/", with: ""))
  }

  @Test func foldersThatAreNoSetAreErrors() throws {
    try copy([("rgb.png", "p/a/1.png")])
    try FileManager.default.createDirectory(
      atPath: folder.path("p/b"), withIntermediateDirectories: true)
    try FileManager.default.createDirectory(
      atPath: folder.path("bare"), withIntermediateDirectories: true)
    #expect(
      text("p")
        == """
        p/b: expected PNG or JPEG images of the class, found none
          next: rmdir \(folder.path("p/b")) in the shell, or images in it
        """.replacing(folder.path + "/", with: ""))
    #expect(
      text("bare")
        == """
        bare: expected a folder of PNG or JPEG images for each class, such as \
        \(folder.path("bare/cat/1.png")), found none
          next: mkdir \(folder.path("bare/cat")) in the shell, and images in it
        """.replacing(folder.path + "/", with: ""))
    #expect(
      text("none")
        == """
        none: expected a file to read, found none of this name
          next: ls \(folder.path) in the shell shows what is there
        """.replacing(folder.path, with: "."))
  }

  @Test func readingEndsWhenTheUserAsksForIt() throws {
    try copy([("rgb.png", "p/a/1.png")])
    let text = errorText(in: folder) {
      try Interruption.with({ true }) { _ = try images.read(folder.path("p")) }
    }
    #expect(text == "p: stopped by Ctrl-C")
  }
}
