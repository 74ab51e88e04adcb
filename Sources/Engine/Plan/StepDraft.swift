import Kernels
import Networks

/// A step of a plan before its memory has addresses.
struct StepDraft {
  /// The kernel in words, such as `conv 3x3 forward brgconv:avx512_core`.
  let kernel: String
  let block: BlockID
  let path: String

  /// Buffers of the arena that it touches; what it adds to is in both.
  let reads: [BufferID]
  let writes: [BufferID]

  /// Targets that may go on in the memory of a source that dies here.
  var takeOvers: [(source: BufferID, target: BufferID)] = []

  /// Floats of working memory for each part, and for each thread where the library computes.
  var scratch = 0
  var threadScratch = 0

  /// Parts that threads may take.
  var parts = 1

  /// Whether the backward pass computes here what the forward pass has computed and not kept.
  var isRecomputed = false

  /// The instructions, once every buffer has its address.
  let bind: (Binding) -> [Instruction]

  /// Sums that are taken over all processes behind them.
  var exchange: ExchangeDraft?
}

/// The addresses of a plan's buffers.
struct Binding {
  private let base: UnsafeMutablePointer<Float>
  private let buffers: BufferPlan
  let scratch: Scratch

  /// Floats from the working memory of one thread to that of the next, where the library computes.
  let threadStride: Int

  init(
    base: UnsafeMutablePointer<Float>, buffers: BufferPlan, scratch: Scratch, threadStride: Int
  ) {
    self.base = base
    self.buffers = buffers
    self.scratch = scratch
    self.threadStride = threadStride
  }

  /// A buffer's address.
  subscript(buffer: BufferID) -> UnsafeMutablePointer<Float> {
    base + buffers[buffer].offset
  }

  /// A buffer of integers.
  func integers(_ buffer: BufferID) -> UnsafeMutablePointer<Int32> {
    UnsafeMutableRawPointer(self[buffer]).assumingMemoryBound(to: Int32.self)
  }
}
