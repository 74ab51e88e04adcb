/// Who computes convolutions, as it was measured; what is not among them follows the rule.
package struct ConvolutionChoices: Hashable, Sendable {
  package private(set) var methods: [ConvolutionTask: ConvolutionMethod] = [:]

  /// No choice.
  package init() {}

  /// Who was measured to be the fastest at a task.
  package subscript(task: ConvolutionTask) -> ConvolutionMethod? {
    get { methods[task] }
    set { methods[task] = newValue }
  }

  /// Plans are looked up by these in every step: dictionaries that share their memory are equal at once.
  package func hash(into hasher: inout Hasher) { hasher.combine(methods.count) }
}
