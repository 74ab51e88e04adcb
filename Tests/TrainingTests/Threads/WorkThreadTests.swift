import Testing

@testable import Training

@Suite struct WorkThreadTests {
  @Test func jobsAreDoneInOrderThoseForTheEndLast() {
    let thread = WorkThread()
    let order = Mailbox<Int>()
    let mayBegin = Handover<Bool>()
    let done = Handover<Bool>()
    thread.enqueue { _ = mayBegin.take() }
    thread.enqueue(atEnd: true) { order.add(100) }
    for number in 0..<50 { thread.enqueue { order.add(number) } }
    thread.enqueue(atEnd: true) { done.give(true) }
    mayBegin.give(true)
    #expect(done.take())
    #expect(order.all == Array(0..<50) + [100])
  }

  @Test func aLongJobDoesThoseThatWaitButNotThoseForTheEnd() {
    let thread = WorkThread()
    let order = Mailbox<Int>()
    let mayGoOn = Handover<Bool>()
    let done = Handover<Bool>()
    thread.enqueue { [queue = thread.queue] in
      _ = mayGoOn.take()
      order.add(1)
      queue.drain()
      order.add(3)
    }
    thread.enqueue(atEnd: true) {
      order.add(4)
      done.give(true)
    }
    thread.enqueue { order.add(2) }
    mayGoOn.give(true)
    #expect(done.take())
    #expect(order.all == [1, 2, 3, 4])
  }

  @Test func jobsOfManyThreadsAreAllDone() async {
    let thread = WorkThread()
    let seen = Mailbox<Int>()
    await withTaskGroup(of: Void.self) { group in
      for worker in 0..<8 {
        group.addTask {
          for job in 0..<200 { thread.enqueue { seen.add(worker * 200 + job) } }
        }
      }
    }
    let done = Handover<Bool>()
    thread.enqueue(atEnd: true) { done.give(true) }
    #expect(done.take())
    #expect(Set(seen.all) == Set(0..<1600))
    for worker in 0..<8 {
      let own = seen.all.filter { $0 / 200 == worker }
      #expect(own == own.sorted())
    }
  }

  @Test func theThreadEndsAfterItsOwnerAndDoesWhatWaits() {
    let queue = Witness()
    let order = Mailbox<Int>()
    do {
      let thread = WorkThread()
      let mayBegin = Handover<Bool>()
      thread.enqueue { _ = mayBegin.take() }
      thread.enqueue { [token = queue.token] in withExtendedLifetime(token) { order.add(1) } }
      thread.enqueue(atEnd: true) { order.add(2) }
      mayBegin.give(true)
    }
    queue.waitUntilFreed()
    #expect(order.all.first == 1)
  }

  @Test func theQueueIsFreedWithItsThread() {
    weak var queue: JobQueue?
    do {
      let thread = WorkThread()
      queue = thread.queue
      let done = Handover<Bool>()
      thread.enqueue { done.give(true) }
      #expect(done.take())
      #expect(queue != nil)
    }
    Witness.wait { queue == nil }
    do {
      let unused = WorkThread()
      queue = unused.queue
    }
    #expect(queue == nil)
  }

  @Test func aHandoverWaitsForItsValueOrHasIt() {
    let early = Handover<String>()
    early.give("here")
    #expect(early.take() == "here")
    let late = Handover<String>()
    let thread = WorkThread()
    thread.enqueue { late.give("there") }
    #expect(late.take() == "there")
  }
}
