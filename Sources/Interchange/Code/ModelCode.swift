import Networks

/// The code of a network: classes, those that others call first, and the chain of the whole.
package struct ModelCode: Sendable {
  package let classes: [CodeClass]

  /// The whole network; every formula in it is a number.
  package let main: [Pattern]

  package let network: Network

  /// A class of blocks that are alike but for their numbers.
  package struct CodeClass: Sendable {
    package let name: String
    package let parameters: [Parameter]

    /// One residual or parallel block, or the chain of a group.
    package let body: [Pattern]

    /// The spatial dimensions of its input.
    package let rank: Int

    /// The numbers that each block of the class is made of.
    package let uses: [[Double]]

    /// The values of the parameters in a block that is made of these numbers.
    func values(of arguments: [Double]) -> [String: Double] {
      Dictionary(
        zip(parameters.map(\.name), arguments), uniquingKeysWith: { first, _ in first })
    }

    /// A parameter of the constructor.
    package struct Parameter: Sendable {
      package let name: String
      package let standard: Double?
    }
  }

  /// What a chain that calls a class must know of it.
  package func flow(of number: Int) -> Pattern.ClassFlow? {
    guard classes.indices.contains(number) else { return nil }
    return Pattern.ClassFlow(
      parameters: classes[number].parameters.map(\.name), body: classes[number].body)
  }
}

extension ModelCode {
  /// The code of a network.
  ///
  /// - Parameters:
  ///   - definitions: Those in force, by whose names and parameters blocks are recognised.
  ///   - namesTaken: What no class may be called.
  package init(
    of network: Network, definitions: [DefinitionPattern], namesTaken: Set<String> = []
  ) {
    var builder = ModelCodeBuilder(definitions: definitions, namesTaken: namesTaken)
    let main = builder.main(of: network)
    self.init(classes: Self.used(builder.classes, in: main), main: main, network: network)
  }

  /// The classes with the numbers that each of their blocks is made of.
  private static func used(_ classes: [CodeClass], in main: [Pattern]) -> [CodeClass] {
    var uses = classes.map { _ in Set<[Double]>() }
    func visit(_ chain: [Pattern], _ values: [String: Double]) {
      for pattern in chain {
        if case .call(let number, let formulas) = pattern {
          let arguments = formulas.map { $0.value(values) ?? 1 }
          guard uses[number].insert(arguments).inserted else { continue }
          visit(classes[number].body, classes[number].values(of: arguments))
        }
        pattern.chains.forEach { visit($0, values) }
      }
    }
    visit(main, [:])
    return zip(classes, uses).map { item, uses in
      CodeClass(
        name: item.name, parameters: item.parameters, body: item.body, rank: item.rank,
        uses: uses.sorted { $0.lexicographicallyPrecedes($1) })
    }
  }
}
