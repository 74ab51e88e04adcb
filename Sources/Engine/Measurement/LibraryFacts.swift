import COneDNN

/// What computes beside the kernels of this program.
package enum LibraryFacts {
  /// The version of oneDNN, which is opened for this; nothing where it is not there.
  package static var oneDNN: String? {
    let version = String(cString: espalier_onednn_version())
    return version.isEmpty ? nil : version
  }

  /// The file of oneDNN that the program was built for and did not find, such as `libdnnl.so.2`.
  ///
  /// Each generation has its own functions. Nothing where it was found, or is not wanted.
  package static var missingOneDNN: String? {
    let file = String(cString: espalier_onednn_missing())
    return file.isEmpty ? nil : file
  }
}
