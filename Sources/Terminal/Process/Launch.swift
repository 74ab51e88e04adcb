/// What mpirun says of the processes it has begun, in their environment.
package struct Launch: Equatable, Sendable {
  /// The number of this process, from 0 on, and how many there are.
  package var rank: Int
  package var count: Int

  /// Whether only PMI tells of them, as MPICH's mpirun does; Open MPI's has variables of its own.
  package var usesPMI: Bool

  /// The processes that variables tell of; nothing where there is one alone.
  ///
  /// - Parameter variable: The value of a variable.
  package init?(_ variable: (String) -> String?) {
    func number(_ names: String...) -> Int? {
      names.compactMap { variable($0).flatMap { Int($0) } }.first
    }
    guard let count = number("OMPI_COMM_WORLD_SIZE", "PMI_SIZE"), count > 1 else { return nil }
    self.count = count
    usesPMI = variable("OMPI_COMM_WORLD_SIZE").flatMap { Int($0) } == nil
    rank = number("OMPI_COMM_WORLD_RANK", "PMI_RANK") ?? 0
  }

  /// That of this process.
  package static func ofProcess() -> Launch? { Launch(Surroundings.variable) }
}
