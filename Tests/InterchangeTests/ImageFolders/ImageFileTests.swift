import Networks
import Testing

@testable import Interchange

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Images that Pillow wrote and read, from `make_images.py`.
@Suite struct ImageFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private struct Expected: Decodable {
    struct Image: Decodable {
      let name: String
      let shape: [Int]
      let values: [Float]
    }
    let images: [Image]
    let resized: [String: [Float]]
  }

  private static func expected() throws -> Expected {
    let path = GoldenFiles.image("expected.json")
    return try JSONDecoder().decode(Expected.self, from: Data(contentsOf: URL(filePath: path)))
  }

  @Test func valuesAreThoseOfPillow() throws {
    let images = try Self.expected().images
    #expect(images.count == 11)
    for image in images {
      let planes = try ImageFile(GoldenFiles.image(image.name)).planes()
      #expect([planes.channels, planes.height, planes.width] == image.shape)
      let differences = zip(planes.values, image.values).map { abs($0 - $1) }
      // Decoders of JPEG may round to the other side.
      let limit: Float = image.name.hasSuffix("jpg") ? 2.1 / 255 : 1e-5
      #expect(differences.max() ?? 1 <= limit, "\(image.name)")
    }
  }

  @Test func sizesChangeAsInPyTorch() throws {
    let resized = try Self.expected().resized
    let source = try #require(resized["source"])
    let image = ImagePlanes(channels: 2, height: 4, width: 6, values: source)
    for (name, height, width) in [("halved", 2, 3), ("grown", 7, 9)] {
      let found = image.resized(height: height, width: width)
      let differences = zip(found.values, try #require(resized[name])).map { abs($0 - $1) }
      #expect(found.values.count == 2 * height * width)
      #expect(differences.max() ?? 1 < 1e-6)
    }
    #expect(image.resized(height: 4, width: 6) == image)
    // A value covers a part of a place: 1.5 of 3.
    let three = ImagePlanes(channels: 1, height: 1, width: 3, values: [1, 2, 4])
    let two = three.resized(height: 1, width: 2).values
    #expect(abs(two[0] - 4.0 / 3) < 1e-6 && abs(two[1] - 10.0 / 3) < 1e-6)
  }

  @Test func channelsAreMadeOfOthers() {
    let grey = ImagePlanes(channels: 1, height: 1, width: 2, values: [0.5, 1])
    #expect(grey.with(channels: 3).values == [0.5, 1, 0.5, 1, 0.5, 1])
    let color = ImagePlanes(channels: 3, height: 1, width: 1, values: [1, 0, 0])
    #expect(color.with(channels: 1).values == [0.299])
    #expect(color.with(channels: 3) == color)
  }

  @Test func brokenImagesAreErrors() throws {
    let png = try TemporaryFolder.read(GoldenFiles.image("rgb.png"))
    let jpeg = try TemporaryFolder.read(GoldenFiles.image("rgb.jpg"))
    var damaged = png
    damaged[damaged.count - 20] ^= 0x10
    for (bytes, message) in [
      (Array("GIF89a".utf8), "x: expected a PNG or JPEG image, found other bytes"),
      ([], "x: expected a PNG or JPEG image, found other bytes"),
      (
        Array(png.prefix(50)),
        "x: expected a whole PNG image, found a broken one (the file ends early)"
      ),
      (
        Array(jpeg.prefix(jpeg.count - 40)),
        "x: expected a whole JPEG image, found a broken one (the file ends early)"
      ),
      (damaged, "x: expected a whole PNG image, found a broken one (IDAT: incorrect data check)"),
    ] {
      let path = try folder.write(bytes, to: "x")
      #expect(
        errorText(in: folder) { _ = try ImageFile(path).planes() } == """
          \(message)
            next: skip=yes leaves such images out
          """)
    }
    let cmyk = try folder.write(TemporaryFolder.read(GoldenFiles.image("cmyk.jpg")), to: "c.jpg")
    #expect(
      errorText(in: folder) { _ = try ImageFile(cmyk) }
        == """
        c.jpg: expected a grey or RGB image, found CMYK, for print
          next: convert \(cmyk) -colorspace sRGB OUT.jpg in the shell, or skip=yes leaves such images out
        """.replacing(folder.path + "/", with: ""))
  }

  @Test func hugeImagesAreRefusedBeforeMemoryIsTaken() throws {
    var png = try TemporaryFolder.read(GoldenFiles.image("rgb.png"))
    png.replaceSubrange(16..<24, with: [0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF])
    let checksum = Checksum.crc32(png[12..<29])
    png.replaceSubrange(
      29..<33, with: (0..<4).map { UInt8(truncatingIfNeeded: checksum >> (24 - 8 * $0)) })
    let path = try folder.write(png, to: "x.png")
    #expect(
      errorText(in: folder) { _ = try ImageFile(path) } == """
        x.png: expected at most 67,108,864 pixels, found 65,535×65,535
          next: skip=yes leaves such images out
        """)
    #expect(
      FileError(
        path: "x.png",
        problem: .image(.tooLongSide(limit: ImageFile.sideLimit, height: 1, width: 1_000_000))
      ).description == """
        x.png: expected at most 65,536 rows and columns, found 1×1,000,000
          next: skip=yes leaves such images out
        """)
    #expect(
      FileError(
        path: "x.png", problem: .image(.tooManyBytes(limit: ImageFile.byteLimit, found: 1 << 30))
      ).description == """
        x.png: expected an image file of at most 268 MB, found 1.1 GB
          next: skip=yes leaves such images out
        """)
  }

  /// Bytes changed at random make another image, or an error, and nothing else.
  @Test(arguments: ["rgb.png", "palette.png", "interlaced.png", "rgb.jpg", "progressive.jpg"])
  func damagedImagesAreImagesOrErrors(name: String) throws {
    let original = try TemporaryFolder.read(GoldenFiles.image(name))
    var random = SeededGenerator(seed: 3)
    var refused = 0
    for _ in 0..<100 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(
          in: 0...255, using: &random)
      }
      let path = try folder.write(bytes, to: "x")
      do throws(FileError) {
        let planes = try ImageFile(path).planes()
        #expect(planes.values.count == planes.channels * planes.height * planes.width)
      } catch {
        guard case .image = error.problem else { throw error }
        refused += 1
      }
    }
    #expect(refused > 0)
  }
}
