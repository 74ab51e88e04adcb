import Language

/// Reads commands without running them.
struct InvocationReader: CommandHost {
  private var invocations: [Invocation] = []

  /// The command that a text is; nothing where it is other than one.
  ///
  /// - Throws: The diagnostic of a text that cannot be read.
  static func command(_ text: String, named name: String, in environment: Environment) throws
    -> Invocation?
  {
    var reader = InvocationReader()
    var interpreter = Interpreter(environment: environment)
    let statements = try Parser.parse(file: SourceText(name: name, text: text))
    try interpreter.run(statements, host: &reader)
    return reader.invocations.count == 1 ? reader.invocations[0] : nil
  }

  mutating func execute(_ invocation: Invocation, with interpreter: inout Interpreter) throws {
    invocations.append(invocation)
  }
}
