import Networks

/// A step of a plan as it was laid out.
struct PlannedStep {
  let label: StepLabel
  let instructions: Range<Int>
  let isRecomputed: Bool

  /// Floats of the buffers that it reads and writes; what it adds to counts twice.
  let floats: Int

  /// A step at some instructions, with what its draft touches of the arena.
  init(_ draft: StepDraft, _ label: StepLabel, instructions: Range<Int>, _ buffers: BufferPlan) {
    self.label = label
    self.instructions = instructions
    isRecomputed = draft.isRecomputed
    floats = (draft.reads + draft.writes).reduce(0) { $0 + buffers[$1].floats }
  }
}
