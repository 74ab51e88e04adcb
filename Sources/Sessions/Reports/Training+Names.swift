import Training

/// How far a run is, under a name that shells can use.
package typealias Progress = Training.Progress

/// What a finished epoch came to, under a name that shells can use.
package typealias EpochSummary = Training.EpochSummary

/// Epochs that somebody has not seen yet.
package typealias EpochNews = Training.EpochNews

/// The losses of a run, under a name that shells can use.
package typealias LossRecord = Training.LossRecord

/// What was seen inside a block, under a name that shells can use.
package typealias BlockLook = Training.BlockLook
