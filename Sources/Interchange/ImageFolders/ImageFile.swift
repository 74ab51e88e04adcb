import CImages
import Networks

/// A PNG or JPEG file, told by what it starts with, before its samples are read.
struct ImageFile {
  /// What is read, by its first bytes.
  private enum Kind: String {
    case png = "PNG"
    case jpeg = "JPEG"
  }

  /// The most rows or columns, and the most pixels.
  static let sideLimit = 1 << 16
  static let pixelLimit = 1 << 26

  /// The most bytes of a file.
  static let byteLimit = 1 << 28

  let path: String
  let height: Int
  let width: Int

  /// 1 or 3, without alpha.
  let channels: Int
  private let kind: Kind
  private let bytes: [UInt8]
  private let image: espalier_image

  /// Reads a file up to its samples.
  ///
  /// - Throws: `FileError` where it is no image, broken, or larger than images may be.
  init(_ path: String) throws(FileError) {
    func failure(_ problem: ImageProblem) -> FileError {
      FileError(path: path, problem: .image(problem))
    }
    let file = try ReadableFile(path: path)
    guard file.isRegular else { throw FileError(path: path, problem: .system(.notARegularFile)) }
    guard file.size <= Self.byteLimit else {
      throw failure(.tooManyBytes(limit: Self.byteLimit, found: file.size))
    }
    bytes = try file.read(0..<file.size, making: file.size) { Array($0) }
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      kind = .png
    } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
      kind = .jpeg
    } else {
      throw failure(.noImage)
    }
    var image = espalier_image()
    let kind = kind
    let words = Self.call(bytes) { file, error in
      switch kind {
      case .png: espalier_png_describe(file, &image, error)
      case .jpeg: espalier_jpeg_describe(file, &image, error)
      }
    }
    if let words { throw failure(.broken(kind: kind.rawValue, words: words)) }
    if image.is_cmyk != 0 { throw failure(.cmyk) }
    self.path = path
    self.image = image
    (height, width) = (Int(image.height), Int(image.width))
    channels = image.channels > 2 ? 3 : 1
    guard height <= Self.sideLimit, width <= Self.sideLimit else {
      throw failure(.tooLongSide(limit: Self.sideLimit, height: height, width: width))
    }
    guard height * width <= Self.pixelLimit else {
      throw failure(.tooManyPixels(limit: Self.pixelLimit, height: height, width: width))
    }
  }

  /// Reads the samples as `[channels, height, width]`, 0 to 1; what shines through stands over black.
  ///
  /// - Throws: `FileError` where the image is broken, or there is no memory for it.
  func planes() throws(FileError) -> ImagePlanes {
    let (stored, sampleSize) = (Int(image.channels), Int(image.depth) / 8)
    let pixels = height * width
    // An interlaced or progressive file is held by its library as well.
    try Memory.check(
      pixels * (stored * sampleSize * 3 + channels * MemoryLayout<Float>.size), for: path)
    let samples = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(1, pixels * stored * sampleSize), alignment: 16)
    defer { samples.deallocate() }
    samples.initializeMemory(as: UInt8.self, repeating: 0)
    let words = Self.call(bytes) { file, error in
      switch kind {
      case .png: espalier_png_read(file, image, samples.baseAddress, error)
      case .jpeg: espalier_jpeg_read(file, image, samples.baseAddress, error)
      }
    }
    if let words {
      throw FileError(
        path: path, problem: .image(.broken(kind: kind.rawValue, words: words)))
    }
    let values =
      sampleSize == 1
      ? values(samples.bindMemory(to: UInt8.self), stored: stored)
      : values(samples.bindMemory(to: UInt16.self), stored: stored)
    return ImagePlanes(channels: channels, height: height, width: width, values: values)
  }

  private func values<Sample: FixedWidthInteger>(
    _ samples: UnsafeMutableBufferPointer<Sample>, stored: Int
  ) -> [Float] {
    let pixels = height * width
    let scale = Float(Sample.max)
    let hasAlpha = stored > channels
    return [Float](unsafeUninitializedCapacity: pixels * channels) { values, count in
      for pixel in 0..<pixels {
        let start = pixel * stored
        let alpha = hasAlpha ? Float(samples[start + channels]) / scale : 1
        for channel in 0..<channels {
          values.initializeElement(
            at: channel * pixels + pixel, to: Float(samples[start + channel]) / scale * alpha)
        }
      }
      count = pixels * channels
    }
  }

  /// Calls a library; why it failed, or nothing.
  private static func call(
    _ bytes: [UInt8],
    _ body: (espalier_image_file, UnsafeMutablePointer<espalier_image_error>) -> Int32
  ) -> String? {
    var error = espalier_image_error()
    let status = bytes.withUnsafeBufferPointer { buffer in
      body(espalier_image_file(bytes: buffer.baseAddress, count: buffer.count), &error)
    }
    if status == 0 { return nil }
    return withUnsafeBytes(of: error.words) { words in
      String(decoding: words.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
