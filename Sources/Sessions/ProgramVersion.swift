import Engine
import Training

/// The version of the program, and of what computes in it.
package enum ProgramVersion {
  package static let text = "0.1.0"

  /// The library of convolutions, the processor's vector instructions and what joins processes, each with its
  /// version, or with `none` where there is none; opens oneDNN.
  package static var parts: [(name: String, version: String)] {
    [
      ("oneDNN", LibraryFacts.oneDNN ?? "none"),
      ("vector instructions", InstructionChoice.text),
      ("MPI", MessageRanks.installed ?? "none"),
    ]
  }
}
