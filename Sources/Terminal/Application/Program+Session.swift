import Sessions

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Program {
  /// How the session begins, as far as it is said on the command line.
  package struct Beginning: Sendable {
    package var seed: UInt64?
    package var threads: Int?

    /// Whether commands are only parsed and shapes checked.
    package var checksOnly = false

    /// Whether runs are remembered.
    package var recordsRuns = true

    /// Nothing said.
    package init() {}
  }

  /// Has kernels use a set of instructions, of which the environment tells where no option does; why not, if they cannot.
  package static func use(instructions: String?) -> String? {
    InstructionChoice.refusal(option: instructions)
  }

  /// Runs the program from its beginning to its exit status.
  package func run(_ beginning: Beginning) -> Int32 {
    var options = Session.Options()
    if let seed = beginning.seed { options.seed = seed }
    options.threads = beginning.threads
    options.checksOnly = beginning.checksOnly
    options.allowsAbbreviations = true
    switch Launch.ofProcess() {
    case nil: return run(options, beginning)
    case let launch?: return run(options, beginning, launch)
    }
  }

  /// Runs the program as one of the processes of mpirun.
  private func run(_ options: Session.Options, _ beginning: Beginning, _ launch: Launch) -> Int32 {
    let together: SessionRanks?
    do {
      together = try SessionRanks.overMPI(launched: launch.count, usesPMI: launch.usesPMI) {
        Signals.isTerminating
      }
    } catch {
      if launch.rank == 0 {
        try? DescriptorOutput.standardError.write(lines: "espalier: \(error.message)")
      }
      return Ending.usage.number
    }
    guard let together else { return run(options, beginning) }
    defer { together.finish() }
    guard let options = together.shared(options) else {
      if launch.rank == 0 {
        try? DescriptorOutput.standardError.write(lines: "espalier: \(SessionRanks.otherProgram)")
      }
      return Ending.failed.number
    }
    if together.isFollower { return Follower(options, together).run().number }
    return run(options, beginning, together: together)
  }

  private func run(
    _ options: Session.Options, _ beginning: Beginning, together: SessionRanks? = nil
  ) -> Int32 {
    let session = Session(options, together: together)
    if beginning.recordsRuns, !beginning.checksOnly, let folder = StateFolder.path {
      session.recordRuns(in: folder)
      session.keepTexts(in: folder)
      session.rememberLessons(in: folder)
      session.rememberTuning(in: folder)
    }
    if !Surroundings.ofProcess().isUTF8 { session.glyphs = .ascii }
    let startUp = Self.startUpPath(
      configHome: getenv("XDG_CONFIG_HOME").map { String(cString: $0) },
      home: getenv("HOME").map { String(cString: $0) })
    return run(session, startUp: startUp.flatMap { access($0, R_OK) == 0 ? $0 : nil }).number
  }
}
