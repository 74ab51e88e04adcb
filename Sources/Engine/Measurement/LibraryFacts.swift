import COneDNN

/// What computes beside the kernels of this program.
package enum LibraryFacts {
  /// The version of oneDNN, which is opened for this; nothing where it is not there.
  package static var oneDNN: String? {
    let version = String(cString: espalier_onednn_version())
    return version.isEmpty ? nil : version
  }
}
