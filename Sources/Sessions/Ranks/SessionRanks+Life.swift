import Engine
import Training

extension SessionRanks {
  /// Why the processes of mpirun cannot talk, in words.
  package struct Refusal: Error, Hashable, Sendable {
    package let message: String
  }

  /// Begins to talk to the other processes of mpirun; nothing where there are none.
  ///
  /// - Parameters:
  ///   - launched: How many there are as mpirun says.
  ///   - usesPMI: Whether only PMI tells of them, as with MPICH's mpirun.
  ///   - isEnding: Asked while others are waited for; where it holds, waiting is over.
  /// - Throws: `Refusal`.
  package static func overMPI(
    launched: Int, usesPMI: Bool, isEnding: @escaping @Sendable () -> Bool
  ) throws(Refusal) -> SessionRanks? {
    do throws(MessageRanks.Refusal) {
      return SessionRanks(
        try MessageRanks(launched: launched, usesPMI: usesPMI, isEnding: isEnding))
    } catch { throw Refusal(error, launched: launched, usesPMI: usesPMI) }
  }

  /// Options that are the same on all processes: those of process 0, and the fewest threads; nothing where a
  /// process is another program, or gone.
  ///
  /// Processes that may use the same processors share them out.
  package func shared(_ options: Session.Options) -> Session.Options? {
    var options = options
    let record =
      [Int64(bitPattern: options.seed), Int64(options.threads ?? 0), options.checksOnly ? 1 : 0]
      + [ranks.place, Int64(Processors.count)] + RankText.words(ProgramVersion.text, count: 4)
    guard let all = try? ranks.gather(record, on: .commands, meanwhile: {}) else { return nil }
    if all.contains(where: { $0[5...] != all[0][5...] }) { return nil }
    options.seed = UInt64(bitPattern: all[0][0])
    let threads = all.map { one in
      one[1] > 0 ? Int(one[1]) : max(1, Int(one[4]) / all.count { $0[3] == one[3] })
    }
    options.threads = threads.min()
    options.checksOnly = all[0][2] != 0
    return options
  }

  /// What is said where processes cannot begin together.
  package static let otherProgram =
    "a process of mpirun is gone or of another version; try: espalier --version on each machine"

  /// What is said where a process is gone.
  package static let loss =
    "a process of mpirun is gone; what was learned until its last step is kept"

  /// Tells the others that there are no more sources, and ends.
  package func finish() {
    if !isFollower, !ranks.isLost { try? announce(nil) }
    ranks.end()
  }

  /// Whether a process is gone, or all are being ended.
  package var isLost: Bool { ranks.isLost }

  /// `2 processes over Open MPI v4.1.4`.
  package var title: String {
    "\(Numbers.count(ranks.count, "process", "processes")) over \(ranks.library)"
  }
}

extension Session {
  /// Does what process 0 says, source after source, until there are no more; false where that one is gone.
  package func follow(on console: any Console) -> Bool {
    guard let together else { return false }
    var refusal = ""
    do throws(RankFault) {
      while let source = try together.next(after: refusal) {
        _ = takeNotices()
        lastRefusal = ""
        run(source, on: console)
        refusal = lastRefusal
      }
      return true
    } catch { return false }
  }
}

extension SessionRanks.Refusal {
  /// Words on what MPI lacks.
  init(_ refusal: MessageRanks.Refusal, launched count: Int, usesPMI: Bool) {
    let package = usesPMI ? "mpich" : "openmpi-bin"
    let reason =
      switch refusal {
      case .noLibrary: "MPI's library is not there; try: apt-get install \(package)"
      case .refused: "MPI does not let several threads talk; try: espalier without mpirun"
      case .stranger(let library):
        "\(library) knows of others than this mpirun has begun; try: apt-get install \(package)"
      }
    message = "begun as one of \(count) processes, but \(reason)"
  }
}
