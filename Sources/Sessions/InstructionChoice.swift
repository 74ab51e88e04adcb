import Engine

/// The set of instructions that kernels use: the widest that the processor has, or the one that is asked for.
package enum InstructionChoice {
  /// The set in use.
  package static var text: String { InstructionSet.current.rawValue }

  /// Has the program use the set that an option names, or else the environment, before anything is computed.
  ///
  /// - Returns: Why it cannot, if it cannot.
  package static func refusal(option: String?) -> String? {
    guard let name = option ?? InstructionSet.environment else { return nil }
    guard let set = InstructionSet.available.first(where: { $0.rawValue == name }) else {
      let asked = option == nil ? "ESPALIER_INSTRUCTIONS" : "--instructions"
      let known = InstructionSet.available.map(\.rawValue).joined(separator: ", ")
      let offer = option == nil ? "ESPALIER_INSTRUCTIONS=" : "espalier --instructions "
      return
        "\(asked) expects a set that is available (\(known)), found \(name); "
        + "try: \(offer)\(InstructionSet.available[0].rawValue)"
    }
    InstructionSet.use(set)
    return nil
  }
}
