extension Network {
  /// With the batch normalizations among some blocks and inside them normalizing by running statistics, or by
  /// the batch's, while training; and how many of them have changed.
  ///
  /// That of a shortcut which follows from the shapes goes with those of the body beside it.
  package func normalizing(_ marked: Set<BlockID>, byRunningStatistics isRunning: Bool)
    throws(EditError) -> (network: Network, changed: Int)
  {
    let result = try replacingRoot(
      root.normalizing(marked, isInside: false, byRunningStatistics: isRunning))
    let before = Dictionary(
      root.normalizationStatistics.map { ($0.block, $0.usesRunning) },
      uniquingKeysWith: { first, _ in first })
    let changed = result.root.normalizationStatistics.count { before[$0.block] != $0.usesRunning }
    return (result, changed)
  }

  /// Whether a batch normalization takes its statistics over all processes while training.
  package var sharesStatistics: Bool {
    root.normalizationStatistics.contains { $0.isSynchronized && !$0.usesRunning }
  }
}

extension Block {
  /// The batch normalizations inside, whether they normalize by running statistics while training, and whether by
  /// those of all processes.
  var normalizationStatistics: [(block: BlockID, usesRunning: Bool, isSynchronized: Bool)] {
    if case .layer(.batchNormalization(let normalization)) = form {
      return [(id, normalization.usesRunningStatistics, normalization.isSynchronized)]
    }
    return children.flatMap(\.normalizationStatistics)
  }

  fileprivate func normalizing(
    _ marked: Set<BlockID>, isInside: Bool, byRunningStatistics isRunning: Bool
  ) -> Block {
    let isInside = isInside || marked.contains(id)
    if case .layer(.batchNormalization(var normalization)) = form {
      guard isInside else { return self }
      var result = self
      normalization.usesRunningStatistics = isRunning
      result.form = .layer(.batchNormalization(normalization))
      return result
    }
    if children.isEmpty { return self }
    return with(
      children: children.map {
        $0.normalizing(marked, isInside: isInside, byRunningStatistics: isRunning)
      })
  }
}
