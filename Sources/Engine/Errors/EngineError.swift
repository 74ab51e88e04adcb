import Networks

/// Why a network cannot be trained or run as asked, as facts.
package enum EngineError: Error, Hashable, Sendable {
  /// Batch normalization in training with a single value for each channel, which has no variance.
  case singleValueNormalization(path: String, block: BlockID)

  /// More memory than can be had, in bytes; `batch` is a size of batches that would do, where one is known.
  case memory(needed: Int, available: Int, batch: Int? = nil)

  /// A batch without examples, or of more than the engine counts.
  case batchSize(Int)

  /// Inputs of another shape than the network's.
  case inputShape(expected: Shape, found: Shape)

  /// A loss over classes for an output that still has positions.
  case outputHasPositions(loss: Loss, output: Shape)

  /// Classes at other positions than the output has; `found` are those of the targets.
  case targetPositions(expected: Shape, found: [Int])

  /// More than the one output that binary cross entropy takes.
  case severalOutputs(Int)

  /// A label beyond the outputs of the network.
  case label(Int, outputs: Int)

  /// Targets of the other kind than the loss compares with.
  case targetKind(loss: Loss)

  /// Examples without targets where a loss is wanted.
  case noTargets

  /// Other target values for each example than the output has.
  case targetShape(expected: Shape, found: [Int])

  /// A number at the input of an embedding that has no row in its table.
  case stray(StrayNumber)

  /// A kernel that refused to run, with its status.
  case kernel(path: String, status: Int)

  /// Examples that are read when they are needed and could not be.
  case rows(RowFault)

  /// Other processes that do not take their part; nothing has changed.
  case ranks(RankFault)

  /// The user asked for an end; nothing has changed.
  case interrupted

  /// A network without inferred shapes; no network is.
  case unshaped(path: String)
}

extension EngineError {
  /// Throws `interrupted` where the user asked for an end.
  static func checkInterruption() throws(EngineError) {
    if Interruption.isRequested() { throw .interrupted }
  }

  /// Memory that is short.
  init(_ shortage: AvailableMemory.Shortage) {
    self = .memory(needed: shortage.needed, available: shortage.available)
  }

  /// Rows that could not be read, or an end that the user asked for meanwhile.
  package init(_ fault: RowFault) {
    self = fault.problem == .interrupted ? .interrupted : .rows(fault)
  }

  /// The same with a batch that would do and the bytes of all that was asked for, where memory is short.
  func offering(_ batch: Int?, ofWhole bytes: Int?) -> EngineError {
    guard case .memory(let needed, let available, _) = self else { return self }
    return .memory(needed: max(needed, bytes ?? 0), available: available, batch: batch)
  }
}

extension EngineError {
  /// What a body gives; nothing, and a smaller batch, where there is memory for that many examples at once only.
  package static func shrinking<Result>(
    _ batch: inout Int, _ body: () throws(EngineError) -> Result
  ) throws(EngineError) -> Result? {
    do throws(EngineError) { return try body() } catch {
      guard case .memory(_, _, let smaller?) = error, smaller < batch else { throw error }
      batch = smaller
      return nil
    }
  }
}

extension InputRows {
  /// The rows at these positions, in memory.
  ///
  /// - Throws: `EngineError` where they cannot be read, or memory is short.
  package func gathered(at positions: some Collection<Int>) throws(EngineError) -> Tensor {
    try Arena.check(bytes: AvailableMemory.bytes(positions.count, rowSize, 4))
    do throws(RowFault) { return try tensor(at: positions) } catch { throw EngineError(error) }
  }
}

extension AvailableMemory {
  /// Does what checks memory; throws `EngineError.memory` where it is short.
  package static func require(_ body: () throws(Shortage) -> Void) throws(EngineError) {
    do throws(Shortage) { try body() } catch { throw EngineError(error) }
  }
}
