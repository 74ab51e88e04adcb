import Kernels

/// What a step of a plan is called where people read it: `conv 3x3 oneDNN brgconv:avx512_core`, `batch norm + relu`.
struct KernelWords {
  private let calls: [OpaquePointer: LibraryConvolution]

  /// Words of a plan with some calls of the library.
  init(_ calls: [OpaquePointer: LibraryConvolution]) { self.calls = calls }

  /// The words of a step with some instructions.
  func text(_ kernel: String, _ works: [Instruction.Work]) -> String {
    for work in works {
      if let packed = packed(by: work) {
        let layer = kernel.hasSuffix(" pack") ? String(kernel.dropLast(5)) : nil
        return "\(layer ?? "conv \(Self.window(packed))") weights packed"
      }
      if case .libraryConvolution(let call) = work, let known = calls[call] {
        let name = kernel.replacing(" " + known.implementation, with: "")
        let rounded = known.precision == .bfloat16 ? " bf16" : ""
        return spelled(name, known.geometry) + rounded + " oneDNN " + known.implementation
      }
      if case .directConvolution(let work) = work {
        let name = kernel.replacing(" direct", with: "")
        return spelled(name, work.convolution.pointee.geometry) + " own"
      }
      if case .seriesConvolution(let work) = work {
        let name = kernel.replacing(" series", with: "")
        return spelled(name, work.convolution.pointee.geometry) + " own"
      }
      if case .product(let work) = work {
        let name = kernel.replacing(" forward", with: "").replacing(" oneDNN", with: "")
        return name + (work.usesLibrary ? " oneDNN" : " own")
      }
    }
    return Self.plain(kernel)
  }

  /// Layers merged into one kernel stand with plus signs between them; `bn` is spelled out.
  static func plain(_ kernel: String) -> String {
    var words = kernel.split(separator: " ").map(String.init)
    let layers: Set<String> = ["bn", "add", "relu"]
    let merged = words.prefix { layers.contains($0) }.map { $0 == "bn" ? "batch norm" : $0 }
    words.removeFirst(merged.count)
    let head = merged.joined(separator: " + ").replacing(
      "batch norm + batch norm", with: "2 batch norms")
    return ([head] + words).filter { !$0.isEmpty }.joined(separator: " ")
      .replacing("_", with: " ")
  }

  /// The geometry of the convolution whose weights an instruction orders, if it does.
  private func packed(by work: Instruction.Work) -> ConvolutionGeometry? {
    if case .libraryPack(let call) = work { return calls[call]?.geometry }
    guard case .directConvolution(let work) = work else { return nil }
    switch work.pass {
    case .pack, .packBackward: return work.convolution.pointee.geometry
    case .forward, .backward, .weightGradient, .unpackGradient: return nil
    }
  }

  private func spelled(_ kernel: String, _ geometry: ConvolutionGeometry) -> String {
    kernel.replacing("convolution", with: "conv \(Self.window(geometry))")
  }

  /// `3x3`, or `3` over a series.
  private static func window(_ geometry: ConvolutionGeometry) -> String {
    let isSeries = geometry.input.height == 1 && geometry.vertical.kernel == 1
    return isSeries
      ? "\(geometry.horizontal.kernel)"
      : "\(geometry.vertical.kernel)x\(geometry.horizontal.kernel)"
  }
}
