import Foundation
import Synchronization
import Terminal
import Testing

/// Pipes, files and signals, each on its own.
@Suite(.serialized) struct ProcessTests {
  @Test func wakePipeRingsOnceUntilHeard() throws {
    let pipe = try #require(WakePipe())
    #expect(Readiness.wait(for: [pipe.readEnd], milliseconds: 0) == [])
    for _ in 0..<100_000 { pipe.ring() }
    #expect(Readiness.wait(for: [pipe.readEnd]) == [pipe.readEnd])
    pipe.drain()
    #expect(Readiness.wait(for: [pipe.readEnd], milliseconds: 0) == [])
    pipe.ring()
    #expect(Readiness.wait(for: [pipe.readEnd]) == [pipe.readEnd])
  }

  @Test func wakePipeLosesNoRing() throws {
    let pipe = try #require(WakePipe())
    let published = Published()
    let thread = Thread {
      for _ in 0..<20_000 {
        published.advance()
        pipe.ring()
      }
    }
    thread.start()
    while published.value < 20_000 {
      #expect(Readiness.wait(for: [pipe.readEnd], milliseconds: 10_000) == [pipe.readEnd])
      pipe.drain()
    }
  }

  /// A number that another thread counts up.
  private final class Published: Sendable {
    private let number = Mutex(0)
    var value: Int { number.withLock { $0 } }
    func advance() { number.withLock { $0 += 1 } }
  }

  @Test func signalsBecomeEvents() {
    #expect(Signals.install([.resized, .continued]))
    _ = Signals.take()
    kill(getpid(), SIGCONT)
    kill(getpid(), SIGWINCH)
    #expect(Readiness.wait(for: [Signals.readEnd], milliseconds: 10_000) == [Signals.readEnd])
    var events: [SignalEvent] = []
    while events.count < 2, Readiness.wait(for: [Signals.readEnd], milliseconds: 10_000) != [] {
      events += Signals.take()
    }
    #expect(Set(events) == [.resized, .continued])
    #expect(Signals.take() == [])
    #expect(!Signals.isInterruptPending)
  }

  @Test func ctrlCReachesTheWorkInHand() throws {
    #expect(Signals.install([.interrupt]))
    defer { Signals.release(.interrupt) }
    _ = Signals.take()
    let watch = try #require(InterruptWatch())
    let heard = Published()
    watch.during({ heard.advance() }) {
      kill(getpid(), SIGINT)
      for _ in 0..<20_000 where heard.value == 0 { usleep(500) }
    }
    #expect(heard.value == 1)
    #expect(Signals.take() == [.interrupt])
  }

  @Test("a Ctrl-C that the loop has seen to does not reach the next statement")
  func ctrlCIsHeardOnce() throws {
    let watch = try #require(InterruptWatch())
    let heard = Published()
    watch.during({ heard.advance() }) {
      for _ in 0..<20 {
        watch.ring()
        for _ in 0..<20_000 where watch.isRung { usleep(500) }
      }
    }
    watch.during({}) {}
    #expect(heard.value == 0)
  }

  @Test func readsFilesWithinBounds() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "long.esp")
    let text = String(repeating: "tree # ä\n", count: 30_000)
    try Data(text.utf8).write(to: file)
    #expect(try TextFile.read(file.path, limit: 1 << 22) == text)
    #expect(try TextFile.read(file.path, limit: 99).utf8.count == 100)
    #expect(try TextFile.read("/dev/zero", limit: 1000).utf8.count == 1001)
    #expect(throws: TextFile.Unreadable(errorNumber: ENOENT)) {
      try TextFile.read(folder.path + "/no", limit: 10)
    }
    #expect(throws: TextFile.Unreadable(errorNumber: EISDIR)) {
      try TextFile.read(folder.path, limit: 10)
    }
    let pipe = folder.path + "/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    let writer = Thread {
      usleep(50_000)
      let descriptor = open(pipe, O_WRONLY)
      _ = write(descriptor, "tree", 4)
      close(descriptor)
    }
    writer.start()
    #expect(try TextFile.read(pipe, limit: 10) == "tree")
    #expect(TextFile.Unreadable(errorNumber: ENOENT).reason == "No such file or directory")
  }

  @Test func writesAllOrSaysWhyNot() throws {
    var ends: [Int32] = [-1, -1]
    #expect(pipe(&ends) == 0)
    // Programs that other tests start meanwhile must not hold the reader's end open.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
    let text = String(repeating: "0123456789", count: 50_000)
    let reader = ends[0]
    let thread = Thread {
      var rest = text.utf8.count
      while rest > 0, let chunk = try? TextFile.chunk(of: reader), !chunk.isEmpty {
        rest -= chunk.count
      }
      close(reader)
    }
    thread.start()
    Signals.letWritesFail()
    let output = DescriptorOutput(descriptor: ends[1])
    try output.write(text)
    while !thread.isFinished { sched_yield() }
    var failure: DescriptorOutput.Failure?
    // A child between fork and exec still holds the reader's end for a moment.
    for _ in 0..<10_000 where failure == nil {
      do { try output.write("m") } catch let found as DescriptorOutput.Failure { failure = found }
      sched_yield()
    }
    #expect(failure == .readerGone)
    close(ends[1])
    let readOnly = open("/dev/null", O_RDONLY)
    defer { close(readOnly) }
    #expect(throws: DescriptorOutput.Failure.system(EBADF)) {
      try DescriptorOutput(descriptor: readOnly).write("more")
    }
  }

  @Test func coloursOnlyWhereTheyShow() {
    #expect(Surroundings().outputStyle == .palette(.colours256))
    #expect(Surroundings(terminal: "xterm").outputStyle == .palette(.colours8))
    #expect(Surroundings(forbidsColour: true).outputStyle == .palette(.none))
    #expect(Surroundings(outputIsTerminal: false).outputStyle == .bare)
    #expect(Surroundings(outputIsTerminal: false).errorStyle == .palette(.colours256))
    #expect(Surroundings(errorIsTerminal: false).errorStyle == .bare)
    for terminal in ["", "dumb", "unknown"] {
      #expect(Surroundings(terminal: terminal).outputStyle == .bare)
      #expect(Surroundings(terminal: terminal).errorStyle == .bare)
    }
  }
}
