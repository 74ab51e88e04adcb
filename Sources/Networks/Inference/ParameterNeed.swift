/// A parameter a layer needs, without its place in a network.
struct ParameterNeed {
  let role: ParameterRole
  let shape: [Int]
  let purpose: ParameterSpecification.Purpose

  /// The number of values, or nothing beyond the limit.
  var count: Int? { boundedProduct(shape, limit: NetworkLimits.parameters) }
}

extension ParameterNeed {
  /// A kernel `[outputs, inputs, kernel…]`.
  static func kernel(outputs: Int, inputs: Int, kernel: [Int]) -> ParameterNeed {
    let (fanIn, window) = fans(inputs: inputs, kernel: kernel)
    let fanOut = outputs.multipliedReportingOverflow(by: window).partialValue
    return ParameterNeed(
      role: .weight, shape: [outputs, inputs] + kernel,
      purpose: .kernel(fanIn: fanIn, fanOut: fanOut))
  }

  /// The bias `[outputs]` beside a kernel, which may start at a number of its own.
  static func bias(outputs: Int, inputs: Int, kernel: [Int], start: Double?) -> ParameterNeed {
    let fanIn = fans(inputs: inputs, kernel: kernel).fanIn
    return ParameterNeed(
      role: .bias, shape: [outputs],
      purpose: start.map { .given(start: $0) } ?? .bias(fanIn: fanIn))
  }

  private static func fans(inputs: Int, kernel: [Int]) -> (fanIn: Int, window: Int) {
    let window = boundedProduct(kernel, limit: NetworkLimits.parameters) ?? NetworkLimits.parameters
    return (inputs.multipliedReportingOverflow(by: window).partialValue, window)
  }
}
