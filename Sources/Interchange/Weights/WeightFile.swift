/// A file of weights of any format: tensors with names, and what it says of them.
package struct WeightFile {
  package let arrays: any ArrayFile

  /// The texts that came with the tensors.
  package let metadata: [String: String]

  /// The keys around the model that are left off the names, joined by dots; empty where there are none.
  package let wrapper: String

  /// The keys beside the wrapper whose tensors are left out.
  package let leftOut: [String]

  private init(
    _ arrays: some ArrayFile, metadata: [String: String] = [:], wrapper: String = "",
    leftOut: [String] = []
  ) {
    self.arrays = arrays
    self.metadata = metadata
    self.wrapper = wrapper
    self.leftOut = leftOut
  }

  /// Opens a safetensors file.
  @Sendable package static func safetensors(_ path: String) throws(FileError) -> WeightFile {
    let file = try SafetensorsFile(path: path)
    return WeightFile(file, metadata: file.metadata)
  }

  /// Opens a checkpoint of PyTorch.
  @Sendable package static func checkpoint(_ path: String) throws(FileError) -> WeightFile {
    let file = try CheckpointFile(path: path)
    return WeightFile(file, wrapper: file.wrapper, leftOut: file.leftOut)
  }

  /// Opens a parameter file of MXNet and Gluon.
  @Sendable package static func params(_ path: String) throws(FileError) -> WeightFile {
    WeightFile(try ParamsFile(path: path))
  }
}
