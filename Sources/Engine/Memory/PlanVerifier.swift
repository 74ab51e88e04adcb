/// Checks that no step of a plan writes memory that another living buffer still needs.
enum PlanVerifier {
  /// A step that would destroy a value, as facts.
  struct Conflict: Error, Equatable {
    let step: Int
    let written: Int
    let overwritten: Int
  }

  /// Finds the first conflict of placed buffers.
  ///
  /// A buffer lives from the step that first touches it to the one that last does. A step may write over
  /// what it reads only where the plan said that the one continues the other.
  static func firstConflict(_ buffers: BufferPlan, steps: [StepDraft]) -> Conflict? {
    let lives = buffers.lives
    for (number, step) in steps.enumerated() {
      for written in step.writes {
        let range = range(lives[written.index])
        for other in lives.indices where other != written.index {
          let life = lives[other]
          let isAlive = life.isLasting || (life.first <= number && number <= life.last)
          guard isAlive, range.overlaps(self.range(life)) else { continue }
          let continues =
            life.last == number && lives[written.index].first == number
            && lives[written.index].continues == BufferID(index: other)
          if !continues {
            return Conflict(step: number, written: written.index, overwritten: other)
          }
        }
      }
    }
    return nil
  }

  private static func range(_ life: BufferPlan.Life) -> Range<Int> {
    life.offset..<life.offset + life.floats
  }
}
