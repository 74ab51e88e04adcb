import Glibc
import Interchange

/// The readers of files, each fed with the contents of one.
let fileTargets: [FuzzTarget] =
  ["csv", "ucr", "text", "npy", "npz", "safetensors", "cifar10"].map { format in
    target(format, "x.\(format)") { path throws(FileError) in
      _ = try FileFormat.named(format)?.read(path)
    }
  } + [
    target("series", "x.ts") { path throws(FileError) in
      _ = try FileFormat.named("ucr")?.read(path)
    },
    target("gzip", "x.csv.gz") { path throws(FileError) in
      _ = try FileFormat.named("csv")?.read(path)
    },
    target("idx", "train-images-idx3-ubyte", "train-labels-idx1-ubyte") { path throws(FileError) in
      _ = try FileFormat.named("mnist")?.read(path)
    },
    target("png", "images/a/x.png") { _ throws(FileError) in
      _ = try FileFormat.named("images")?.read(folder + "/images", settings: ["size": "4x4"])
    },
    target("jpeg", "images/a/x.jpg") { _ throws(FileError) in
      _ = try FileFormat.named("images")?.read(folder + "/images", settings: ["size": "4x4"])
    },
    target("onnx", "x.onnx") { path throws(FileError) in _ = try OnnxFile(path: path) },
    target("weights", "x.safetensors") { path throws(FileError) in
      try readAll(WeightFile.safetensors(path))
    },
    target("checkpoint", "x.pt") { path throws(FileError) in
      try readAll(WeightFile.checkpoint(path))
    },
    target("params", "x.params") { path throws(FileError) in try readAll(WeightFile.params(path)) },
  ]

/// Reads every tensor of a file.
private func readAll(_ file: WeightFile) throws(FileError) {
  for array in file.arrays.arrays { _ = try array.tensor() }
}

/// A folder of this process in memory, so that no disk is waited for.
private let folder = {
  let path = "/dev/shm/espalier-fuzzing-\(getpid())"
  for made in [path, path + "/images", path + "/images/a"] { mkdir(made, 0o700) }
  return path
}()

/// A target that finds its bytes in a file, or the first part of them: their first two bytes are the length of what
/// the second file has.
private func target(
  _ name: String, _ file: String, _ second: String? = nil,
  _ read: @escaping @Sendable (String) throws(FileError) -> Void
) -> FuzzTarget {
  FuzzTarget(name: name) { bytes in
    var content = bytes[...]
    if let second {
      guard bytes.count >= 2 else { return }
      let length = Int(bytes[0]) << 8 | Int(bytes[1])
      fill(second, with: bytes[2...].prefix(length))
      content = bytes[2...].dropFirst(length)
    }
    let path = fill(file, with: content)
    do throws(FileError) { try read(path) } catch {
      precondition(error.description.contains(": "), "an error without a place")
    }
  }
}

/// Writes a file of the folder anew and gives its path.
@discardableResult
private func fill(_ name: String, with bytes: Slice<UnsafeBufferPointer<UInt8>>) -> String {
  let path = folder + "/" + name
  let content = UnsafeBufferPointer(rebasing: bytes)
  let descriptor = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0o600)
  guard descriptor >= 0, write(descriptor, content.baseAddress, content.count) == content.count
  else { preconditionFailure("no file could be written") }
  close(descriptor)
  return path
}
