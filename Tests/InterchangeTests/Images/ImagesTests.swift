import Networks
import Testing

@testable import Interchange

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite struct ImagesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let images: [UInt8] =
    [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 0, 51, 102, 153, 204, 255]
  private static let labels: [UInt8] = [0, 0, 8, 1, 0, 0, 0, 2, 1, 0]

  @Test func fourFilesOfAFolder() throws {
    for part in ["train", "t10k"] {
      _ = try folder.write(Self.images, to: "\(part)-images-idx3-ubyte")
      _ = try folder.write(Self.labels, to: "\(part)-labels-idx1-ubyte")
    }
    for path in [folder.path, folder.path("train-images-idx3-ubyte")] {
      let pair = try #require(FileFormat.named("mnist")).read(path)
      #expect(
        pair.train.inputs
          == Tensor(shape: [2, 1, 1, 3], values: [0, 0.2, 0.4, 0.6, 0.8, 1]))
      #expect(pair.test?.inputs == pair.train.inputs)
      #expect(pair.files.count == 4)
      guard case .classes([1, 0], ["0", "1"]) = pair.train.targets else {
        Issue.record("other targets: \(pair)")
        return
      }
    }
  }

  @Test func filesOfOtherNames() throws {
    let images = try folder.write(Self.images, to: "a.idx3")
    let labels = try folder.write(Self.labels, to: "b.idx1")
    let format = try #require(FileFormat.named("mnist"))
    let pair = try format.read(images, settings: ["labels": labels])
    #expect(pair.files == [images, labels])
    #expect(
      errorText(in: folder) { _ = try format.read(labels) } == """
        b.idx1: expected images of the shape N×H×W, found 2
          next: name the file of images, such as train-images-idx3-ubyte
        """)
  }

  private static let broken: [([UInt8], String)] = [
    (
      [0x1F, 0x8B, 8, 0, 0],
      """
      x: expected more gzip data, found the end of the file after byte 5
        next: gzip -t x in the shell; copy or download it anew
      """
    ),
    (
      [0x50, 0x4B, 3, 4],
      """
      x: expected an IDX file, starting with two zero bytes, found other bytes
        next: name the format it really has: help data
      """
    ),
    (
      [0, 0, 0x0D, 1, 0, 0, 0, 0],
      """
      x: expected elements of one byte, type 8 or 9, found type 13
        next: convert it to bytes before saving
      """
    ),
    (
      [0, 0, 8, 3, 0, 0, 0, 2],
      """
      x: expected 16 bytes as the header says, found 8
        next: check that the file was copied whole
      """
    ),
    (
      images + [0],
      """
      x: expected 22 bytes as the header says, found 23
        next: check that the file was copied whole
      """
    ),
    (
      [0, 0, 8, 2] + [UInt8](repeating: 0xFF, count: 8),
      """
      x: expected an array that fits in memory, found the shape 4,294,967,295×4,294,967,295
        next: check that the file was copied whole
      """
    ),
  ]

  @Test(arguments: 0..<broken.count) func brokenIdxFiles(index: Int) throws {
    let (bytes, message) = Self.broken[index]
    let path = try folder.write(bytes, to: "x")
    #expect(errorText(in: folder) { _ = try IdxFile.array(path) } == message)
  }

  @Test func cifarRows() throws {
    let row: [UInt8] = [3] + (0..<3072).map { UInt8($0 / 1024 * 51) }
    _ = try folder.write(row, to: "data_batch_1.bin")
    _ = try folder.write([7] + row.dropFirst(), to: "data_batch_2.bin")
    _ = try folder.write(row, to: "test_batch.bin")
    _ = try folder.write("airplane\n", to: "batches.meta.txt")
    let format = try #require(FileFormat.named("cifar10"))
    let pair = try format.read(folder.path)
    #expect(pair.train.inputs.shape == [2, 3, 32, 32])
    #expect(pair.train.inputs.values[1023...1024] == [0, 0.2])
    #expect(pair.train.inputs.values[2048] == 0.4)
    #expect(pair.test?.count == 1)
    guard case .classes([3, 7], let names) = pair.train.targets else {
      Issue.record("other targets")
      return
    }
    #expect(names[3] == "cat" && names.count == 10)
    let alone = try format.read(folder.path("data_batch_1.bin"))
    #expect(alone.test == nil)
  }

  @Test func brokenCifarFilesAreErrors() throws {
    let short = try folder.write([1, 2, 3], to: "short.bin")
    let label = try folder.write([10] + [UInt8](repeating: 0, count: 3072), to: "label.bin")
    #expect(
      errorText(in: folder) { _ = try Cifar.read(short) } == """
        short.bin: expected rows of 3,073 bytes, found 3 bytes in all
          next: check that the file was copied whole
        """)
    #expect(
      errorText(in: folder) { _ = try Cifar.read(label) } == """
        label.bin: expected a class 0 to 9 at the start of row 1, found 10
          next: check that it is the binary version of CIFAR-10
        """)
  }

  @Test func foldersWithoutFilesAreErrors() throws {
    #expect(
      errorText(in: folder) { _ = try Cifar.read(folder.path) } == """
        .: expected data_batch_1.bin or other files NAME.bin, found none in the folder
          next: data cifar10 FILE
        """)
    #expect(
      errorText(in: folder) { _ = try Mnist.read(folder.path) } == """
        .: expected train-images-idx3-ubyte, found none in the folder
          next: data mnist FILE
        """)
  }

  /// Means and deviations of the channels as the sample files' own page gives them.
  @Test(.enabled(if: SharedData.isThere, "needs the sample files in ../shared/data"))
  func realCifar() throws {
    let pair = try Cifar.read(SharedData.path("cifar10"))
    #expect(pair.train.count == 4000)
    #expect(pair.test?.count == 1000)
    let values = pair.train.inputs.values
    let means = (0..<3).map { channel in
      var sum = 0.0
      for example in 0..<4000 {
        let start = (example * 3 + channel) * 1024
        for value in values[start..<start + 1024] { sum += Double(value) }
      }
      return sum / (4000 * 1024)
    }
    for (mean, expected) in zip(means, [0.4916, 0.4818, 0.4447]) {
      #expect(abs(mean - expected) < 5e-5)
    }
    guard case .classes(let labels, _)? = pair.test?.targets else {
      Issue.record("classes were expected")
      return
    }
    #expect(labels[..<10] == [3, 8, 8, 0, 6, 6, 1, 6, 3, 1])
  }
}
