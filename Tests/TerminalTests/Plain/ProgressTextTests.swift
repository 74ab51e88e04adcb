import Sessions
import Terminal
import Testing

/// Bars and lines of a run, word for word.
@Suite struct ProgressTextTests {
  private static let run = Progress(
    network: "net", epoch: 3, epochs: 8, step: 412, steps: 1104, loss: 0.1219, accuracy: 0.9634,
    samplesPerSecond: 8410.4, secondsLeft: 67)

  @Test(arguments: [
    (
      120,
      "epoch 3/8  ████████░░░░░░░░░░░░░░░░  step 412/1,104  loss 0.1219  accuracy 96.3 %  "
        + "8,410 samples/s  1:07 left"
    ),
    (
      100,
      "epoch 3/8  ████████░░░░░░░░░░░░░░░░  step 412/1,104  loss 0.1219  accuracy 96.3 %  1:07 left"
    ),
    (79, "epoch 3/8  ███████░░░░░░░░░░░░  loss 0.1219  accuracy 96.3 %  1:07 left"),
    (60, "epoch 3/8  █████░░░░░░░░░░  loss 0.1219  accuracy 96.3 %"),
    (40, "epoch 3/8  ███░░░░░░░  loss 0.1219"),
    (20, "epoch 3/8  █░░░░"),
    (12, "epoch 3/8"),
    (5, ""),
  ])
  func drawsBars(columns: Int, bar: String) {
    #expect(ProgressText().bar(Self.run, columns: columns) == bar)
    for columns in 0..<130 {
      let bar = ProgressText().bar(Self.run, columns: columns)
      #expect(DisplayWidth.columns(of: bar) <= columns)
    }
  }

  @Test func drawsBarsInASCII() {
    let bar = ProgressText(glyphs: .ascii).bar(Self.run, columns: 60)
    #expect(bar == "epoch 3/8  [####---------]  loss 0.1219  accuracy 96.3 %")
  }

  @Test func saysWhatTheTrainerDoes() {
    var run = Self.run
    run.state = .paused
    #expect(
      ProgressText().bar(run, columns: 79)
        == "epoch 3/8  ███████░░░░░░░░░░░░  loss 0.1219  accuracy 96.3 %  paused")
    run.state = .stopping
    #expect(
      ProgressText().bar(run, columns: 79)
        == "epoch 3/8  ███████░░░░░░░░░░░░  loss 0.1219  accuracy 96.3 %  stopping")
  }

  @Test func doesWithoutWhatIsNotKnown() {
    #expect(ProgressText().bar(Progress(network: "net"), columns: 79) == "epoch 1  step 0")
    #expect(
      ProgressText().bar(Progress(network: "net", epochs: 4, loss: .nan), columns: 79)
        == "epoch 1/4  ░░░░░░░░░░░░░░░░░░░  step 0  loss nan")
    #expect(Progress(network: "net", epoch: 3, epochs: 4).fraction == 0.5)
    #expect(Progress(network: "net", step: 3, steps: 4).fraction == 0.75)
    #expect(Progress(network: "net").fraction == nil)
  }

  @Test func sumsUpEpochs() {
    let epoch = EpochSummary(
      network: "net", epoch: 3, epochs: 8, step: 1_380, loss: 0.1219, accuracy: 0.963,
      testLoss: 0.1894, testAccuracy: 0.95, samplesPerSecond: 8410.4)
    #expect(
      ProgressText().line(epoch)
        == "epoch 3/8  step 1,380  loss 0.1219  accuracy 96.3 %  test loss 0.1894  "
        + "test accuracy 95.0 %  8,410 samples/s")
    let bare = EpochSummary(network: "net", epoch: 1, step: 1, loss: 2, samplesPerSecond: 0.523)
    #expect(ProgressText().line(bare) == "epoch 1  step 1  loss 2.000  0.52 samples/s")
  }
}
