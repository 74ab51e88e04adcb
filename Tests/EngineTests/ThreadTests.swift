import COneDNN
import Foundation
import Synchronization
import Testing

@testable import Engine

/// Threads that share the parts of steps: each part once, in the order of steps, whoever is free taking the next.
@Suite(.serialized) struct ThreadTests {
  /// A job that keeps account of its parts.
  private final class Account: Sendable {
    let parts: [Int32]
    let counts: [Count]
    let finished: [Count]
    let faults = Atomic<Int>(0)
    let body: @Sendable (Account, Int, Int) -> Int32

    init(_ parts: [Int32], _ body: @escaping @Sendable (Account, Int, Int) -> Int32) {
      self.parts = parts
      counts = (0..<parts.map(Int.init).reduce(0, +)).map { _ in Count() }
      finished = parts.map { _ in Count() }
      self.body = body
    }

    /// Notes a part, and a fault where a part of the step before is not done.
    func run(_ step: Int, _ part: Int) -> Int32 {
      if step > 0, finished[step - 1].value != Int(parts[step - 1]) { fault() }
      counts[parts[..<step].map(Int.init).reduce(0, +) + part].add()
      let status = body(self, step, part)
      finished[step].add()
      return status
    }

    func fault() { faults.wrappingAdd(1, ordering: .sequentiallyConsistent) }

    var isOnceEach: Bool { counts.allSatisfy { $0.value == 1 } }
    var faultCount: Int { faults.load(ordering: .sequentiallyConsistent) }
  }

  /// Does the job of an account; the status and the step that failed.
  @discardableResult private static func run(_ account: Account, threads: Int32)
    -> (status: Int32, failed: Int32)
  {
    var failed: Int32 = -1
    let status = account.parts.withUnsafeBufferPointer { parts in
      var job = espalier_job(
        threads: threads, first: 0, end: Int32(parts.count), parts: parts.baseAddress,
        body: { context, step, part in
          guard let context else { return 1 }
          return Unmanaged<Account>.fromOpaque(context).takeUnretainedValue()
            .run(Int(step), Int(part))
        }, context: Unmanaged.passUnretained(account).toOpaque())
      return espalier_run(&job, &failed)
    }
    return (status, failed)
  }

  /// Whether a job goes without a fault in one of some attempts: while another test has the threads, it is done alone.
  private static func goesWell(_ attempt: () -> Account) -> Bool {
    (0..<10).contains { _ in
      let account = attempt()
      return account.isOnceEach && account.faultCount == 0
    }
  }

  /// Waits until something holds; whether it did within two seconds.
  private static func waits(until condition: () -> Bool) -> Bool {
    let start = ContinuousClock.now
    while !condition() {
      if start.duration(to: .now) > .seconds(2) { return false }
      Thread.sleep(forTimeInterval: 0.0005)
    }
    return true
  }

  @Test("every part is done once, and no step begins before the one before is done")
  func eachPartOnce() {
    #expect(espalier_begin_threads(4) == 4)
    var dice = Dice(5)
    for round in 0..<300 {
      let parts = (0..<1 + dice.below(12)).map { _ in Int32(1 + dice.below(20)) }
      let account = Account(parts) { _, _, _ in 0 }
      let result = Self.run(account, threads: Int32(1 + round % 6))
      #expect(result.status == 0)
      #expect(account.isOnceEach)
      #expect(account.faultCount == 0)
    }
  }

  @Test("a thread that is held up holds up no part but its own")
  func heldUp() {
    #expect(espalier_begin_threads(2) == 2)
    for held in 0..<8 {
      let goesWell = Self.goesWell {
        let account = Account([8]) { account, _, part in
          if part == held, !Self.waits(until: { account.finished[0].value == 7 }) {
            account.fault()
          }
          return 0
        }
        Self.run(account, threads: 2)
        return account
      }
      #expect(goesWell, "part \(held)")
    }
  }

  @Test("steps go on while the calling thread is held up in one of them")
  func callerHeldUp() {
    #expect(espalier_begin_threads(2) == 2)
    let caller = Caller(pthread_self())
    let goesWell = Self.goesWell {
      let account = Account([2, 1, 6, 1, 6]) { account, step, _ in
        // Whatever part the caller gets first, the other thread does the rest of that step.
        let isCaller = pthread_equal(pthread_self(), caller.thread) != 0
        let parts = Int(account.parts[step])
        if isCaller, !Self.waits(until: { account.finished[step].value == parts - 1 }) {
          account.fault()
        }
        return 0
      }
      Self.run(account, threads: 2)
      return account
    }
    #expect(goesWell)
  }

  @Test("more threads than there are, and jobs within parts of others, are done all the same")
  func nested() {
    #expect(espalier_begin_threads(2) == 2)
    let inner = (0..<6).map { _ in Account([3, 4]) { _, _, _ in 0 } }
    let outer = Account([6]) { _, _, part in Self.run(inner[part], threads: 2).status }
    #expect(Self.run(outer, threads: 200).status == 0)
    #expect(outer.isOnceEach)
    #expect(inner.allSatisfy { $0.isOnceEach && $0.faultCount == 0 })
  }

  @Test("the calling thread has its cores again after a job")
  func cores() {
    let before = espalier_processors()
    #expect(espalier_begin_threads(max(before, 2)) == max(before, 2))
    for threads in [before, 2] {
      Self.run(Account([9, 1, 9]) { _, _, _ in 0 }, threads: threads)
      #expect(espalier_processors() == before)
    }
  }

  @Test("jobs of several threads at the same time are each done")
  func severalCallers() async {
    #expect(espalier_begin_threads(3) == 3)
    await withTaskGroup(of: Bool.self) { group in
      for seed in 0..<4 {
        group.addTask {
          var dice = Dice(UInt64(seed) + 9)
          return (0..<200).allSatisfy { _ in
            let parts = (0..<1 + dice.below(6)).map { _ in Int32(1 + dice.below(9)) }
            let account = Account(parts) { _, _, _ in 0 }
            return Self.run(account, threads: 3).status == 0 && account.isOnceEach
              && account.faultCount == 0
          }
        }
      }
      for await isRight in group { #expect(isRight) }
    }
  }

  @Test("a step that fails is the last one", arguments: [Int32(1), 3])
  func failure(_ threads: Int32) {
    #expect(espalier_begin_threads(3) == 3)
    for (parts, failing) in [([4, 4, 4], 1), ([4, 1, 4], 1), ([3], 0)] as [([Int32], Int)] {
      let account = Account(parts) { _, step, part in step == failing && part == 0 ? 7 : 0 }
      let result = Self.run(account, threads: threads)
      #expect(result.status == 7 && result.failed == failing)
      #expect(account.finished.dropFirst(failing + 1).allSatisfy { $0.value == 0 })
    }
    #expect(Self.run(Account([4, 4]) { _, _, _ in 0 }, threads: threads).status == 0)
  }
}

/// The thread that asks for a job.
private struct Caller: @unchecked Sendable {
  let thread: pthread_t

  init(_ thread: pthread_t) { self.thread = thread }
}

/// A count that several threads add to.
private final class Count: Sendable {
  private let count = Atomic<Int>(0)

  func add() { count.wrappingAdd(1, ordering: .sequentiallyConsistent) }

  var value: Int { count.load(ordering: .sequentiallyConsistent) }
}
