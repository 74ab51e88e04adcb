import Kernels
import Networks

extension PlanBuilder {
  /// Who computes a pass of a convolution: as it was measured, where it was; else by the rule.
  func provider(
    _ operation: ConvolutionOperation, _ pass: LibraryConvolution.Pass, hasBias: Bool,
    _ node: Node, accumulates: Bool = false
  ) -> ConvolutionProvider {
    let task = ConvolutionTask(
      geometry: operation.geometry, pass: pass, hasBias: hasBias,
      isTransposed: operation.isTransposed, accumulates: accumulates, threads: options.threads)
    // What was measured is float32.
    let choice = options.precision == .float32 ? options.choices?[task] : nil
    let measured = choice.flatMap { provider($0, operation, task) }
    let chosen = measured ?? ruled(operation, task)
    convolutions.append(
      PlannedConvolution(
        task: task, operation: operation, path: node.path, method: chosen.method))
    return chosen
  }

  private func ruled(_ operation: ConvolutionOperation, _ task: ConvolutionTask)
    -> ConvolutionProvider
  {
    for method in ConvolutionChoice.methods(task, options) {
      if let found = provider(method, operation, task) { return found }
    }
    return .direct
  }

  /// One way to compute a task, ready to be emitted; nothing where it cannot be had.
  private func provider(
    _ method: ConvolutionMethod, _ operation: ConvolutionOperation, _ task: ConvolutionTask
  ) -> ConvolutionProvider? {
    let geometry = task.geometry
    switch method {
    case .direct: return .direct
    case .product:
      // Products of matrices are float32.
      guard options.precision == .float32, geometry.isPointwise, !task.isTransposed,
        usesLibrary(geometry.multiplyAdds)
      else { return nil }
      let name = geometry.input.height == 1 ? "conv 1" : "conv 1x1"
      return .product(
        Projection(
          name: name, rows: geometry.images * geometry.input.positions,
          inputs: geometry.input.channels, outputs: geometry.output.channels,
          weight: operation.weight, bias: operation.bias))
    case .library(let images, let channels):
      let cut = ConvolutionCut(images: images, channels: channels)
      // The library writes code for each form of convolution and does not bear to be refused memory for it.
      guard options.allowsLibrary, AvailableMemory.hasReserve, cut.fits(geometry, task.pass) else {
        return nil
      }
      return library(
        geometry, task.pass, hasBias: task.hasBias, [cut], options.precision.alternatives
      ).map { .library($0) }
    }
  }

  /// The library's convolution in the first of some precisions, and cut as the first of some cuts, that it can be had in.
  func library(
    _ geometry: ConvolutionGeometry, _ pass: LibraryConvolution.Pass, hasBias: Bool,
    _ cuts: [ConvolutionCut], _ precisions: [Precision]
  ) -> LibraryConvolution? {
    for precision in precisions {
      for cut in cuts {
        let form = LibraryConvolution.Form(
          cut: cut, threads: options.threads, precision: precision, isDescription: isOnPaper)
        if let found = LibraryConvolution(geometry, pass, hasBias: hasBias, form: form) {
          return found
        }
      }
    }
    return nil
  }

  func direct(_ geometry: ConvolutionGeometry) -> UnsafeMutablePointer<DirectConvolution> {
    let call = ConvolutionCall(DirectConvolution(geometry))
    directCalls.append(call)
    return call.convolution
  }
}
