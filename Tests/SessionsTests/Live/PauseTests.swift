import Testing
import Training

@testable import Sessions

/// Runs that wait between two steps.
struct PauseTests {
  @Test("pause, step and resume")
  func pause() {
    let live = LiveSession()
    #expect(live.session.progress?.state == .paused)
    let first = live.session.progress?.step ?? 0
    #expect(live.type("step 2").hasPrefix("paused at step \(first + 2), loss "))
    #expect(live.session.progress?.step == first + 2)
    #expect(live.type("pause").hasPrefix("paused at step \(first + 2), loss "))
    #expect(live.type("resume").hasPrefix("main goes on at step \(first + 2), loss "))
    #expect(live.session.progress?.state == .running)
    #expect(live.type("resume") == "nothing is paused")
    live.type("stop")
    #expect(live.session.progress == nil)
    #expect(live.type("pause") == "nothing is training")
    #expect(live.type("resume").contains("main goes on at step "))
    live.type("stop; init he")
    #expect(
      live.type("resume")
        == "the network has other weights than those its run left; train begins another run")
  }

  @Test("another learning rate is told at once, and so is what undo and redo bring back")
  func learningRate() {
    let live = LiveSession()
    func told() -> Double? { live.session.progress?.learningRate }
    #expect(told() == 0.1)
    live.type("lr 0")
    #expect(told() == 0)
    live.type("undo")
    #expect(told() == 0.1)
    live.type("redo")
    #expect(told() == 0)
    live.type("step")
    #expect(told() == 0)
    live.type("optimizer adam lr=0.02")
    #expect(told() == 0.02)
    live.type("undo 2")
    #expect(told() == 0.1)
    live.type("stop")
  }

  @Test("Ctrl-C ends the steps of a run that is paused, which stays paused")
  func interruptedSteps() throws {
    let live = LiveSession(trains: false)
    live.type("train 100000000 steps")
    live.type("pause")
    let first = live.session.progress?.step ?? 0
    let (interrupt, trainer) = (live.session.interrupt, live.session.trainer)
    live.session.onNews { [weak trainer] in
      if trainer?.progress.map({ $0.step > first + 5 }) ?? false { interrupt() }
    }
    let answer = live.type("step 50000000")
    live.session.onNews(nil)
    #expect(answer.contains("paused at step "), "\(answer)")
    let progress = try #require(live.session.progress)
    #expect(progress.state == .paused && progress.step < first + 50_000_000)
    live.type("stop")
    #expect(live.session.progress == nil)
  }

  @Test("a run that ends while it is stepped is over")
  func end() {
    let live = LiveSession(trains: false)
    live.type("train 2000")
    live.type("pause")
    #expect(live.type("step 5000").hasPrefix("trained main for 4,000 steps"))
    #expect(live.session.progress == nil)
  }

  @Test("wait and the end of a file let a paused run go on")
  func waiting() {
    let live = LiveSession(trains: false)
    live.session.answer("train 3 &\npause\nwait")
    #expect(live.session.progress == nil)
    #expect(live.learned.steps == 6)
    live.session.answer("train 3 &\npause")
    #expect(live.session.progress == nil)
    #expect(live.learned.steps == 12)
  }

  @Test(
    "another batch size begins with the next epoch, and the run has as many epochs as asked for")
  func batch() {
    let live = LiveSession(trains: false)
    live.type("train 2000")
    live.type("pause")
    live.type("step 1")
    // The epoch whose next step is waited for has begun with the old size.
    let begun = (live.session.progress?.step ?? 0) / 2 + 1
    live.type("batch 16")
    live.type("wait")
    #expect(live.learned.steps == 2 * begun + 4 * (2000 - begun))
    #expect(live.session.epochCount == 2000)
  }
}
