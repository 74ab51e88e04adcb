import Engine
import Training

/// The version of the program, and of what computes in it.
package enum ProgramVersion {
  package static let text = "0.2.0"

  /// The library of convolutions, the processor's vector instructions and what joins processes, each with its
  /// version, or with `none` where there is none, and why; opens oneDNN.
  package static var parts: [(name: String, version: String)] {
    [
      ("oneDNN", LibraryFacts.oneDNN ?? without(LibraryFacts.missingOneDNN)),
      ("vector instructions", InstructionChoice.text),
      ("MPI", MessageRanks.installed ?? "none"),
    ]
  }

  /// What stands for the version of a library without which the program does what it does by itself.
  static func without(_ file: String?) -> String {
    file.map { "none: this program was built for \($0), which is not here" } ?? "none"
  }
}
