import COneDNN
import Foundation
import Networks
import Synchronization
import Testing

@testable import Engine

/// With several threads bits hang on how many were asked for, and not on which of them did what, nor when.
@Suite(.serialized) struct ReproducibilityTests {
  /// A network whose steps are worth several threads: cut by images, by channels, products, and steps of our own.
  private static func net() throws -> Network {
    try network(
      [3, 24, 24],
      [
        conv(32, Extents(3)), bn(), relu, conv(64, Extents(3)) { $0.stride = Extents(2) }, bn(),
        relu, residual(activation: .relu, [conv(64, Extents(3)), bn()]),
        conv(256, Extents(3)) { $0.stride = Extents(4) }, act(.tanh),
        conv(256, Extents(3)), leaf(.dropout(Dropout(rate: 0.2))), leaf(.flatten), dense(128), relu,
        dense(5),
      ])
  }

  private func learned(_ net: Network, _ threads: Int, usesLibrary: Bool = true) throws
    -> ParameterStore
  {
    let batch = examples(net, count: 16)
    let model = try Model(
      network: net, optimizer: .adam, seed: 7, threads: threads, usesLibrary: usesLibrary)
    for _ in 0..<2 { _ = try model.step(batch) }
    return model.parameters
  }

  @Test("with one thread at work and with several the same bits", arguments: [true, false])
  func whoeverComputes(_ usesLibrary: Bool) throws {
    let net = try Self.net()
    for threads in [2, 3] {
      let shared = try learned(net, threads, usesLibrary: usesLibrary)
      let again = try learned(net, threads, usesLibrary: usesLibrary)
      #expect((again == shared) as Bool)
      // While others have the threads, everything is done by one.
      let alone = try whileThreadsAreTaken {
        try learned(net, threads, usesLibrary: usesLibrary)
      }
      #expect((alone == shared) as Bool)
    }
  }

  @Test("beside other threads that want the cores, too, the same bits")
  func besideOthers() throws {
    let net = try Self.net()
    let quiet = try learned(net, 2)
    let isOver = Flag()
    let others = (0..<3).map { _ in
      Worker { while !isOver.isSet {} }
    }
    for _ in 0..<2 {
      let beside = try learned(net, 2)
      #expect((beside == quiet) as Bool)
    }
    isOver.set()
    for other in others { other.join() }
  }

  /// Does work while a job of another thread has all threads.
  private func whileThreadsAreTaken<Result>(_ work: () throws -> Result) rethrows -> Result {
    _ = espalier_begin_threads(3)
    let (hasBegun, isOver) = (Flag(), Flag())
    let other = Worker {
      let flags = Flags(hasBegun: hasBegun, isOver: isOver)
      var (parts, failed): (Int32, Int32) = (3, 0)
      withUnsafePointer(to: &parts) { parts in
        var job = espalier_job(
          threads: 3, first: 0, end: 1, parts: parts,
          body: { context, _, _ in
            guard let context else { return 0 }
            let flags = Unmanaged<Flags>.fromOpaque(context).takeUnretainedValue()
            flags.hasBegun.set()
            while !flags.isOver.isSet {}
            return 0
          }, context: Unmanaged.passUnretained(flags).toOpaque())
        _ = espalier_run(&job, &failed)
      }
    }
    while !hasBegun.isSet {}
    defer {
      isOver.set()
      other.join()
    }
    return try work()
  }
}

/// A thread that can be waited for.
private final class Worker: Sendable {
  private let isDone = Flag()

  init(_ work: @escaping @Sendable () -> Void) {
    let isDone = isDone
    Thread {
      work()
      isDone.set()
    }.start()
  }

  func join() { while !isDone.isSet { Thread.sleep(forTimeInterval: 0.0005) } }
}

/// Two flags at one address.
private final class Flags: Sendable {
  let hasBegun: Flag
  let isOver: Flag

  init(hasBegun: Flag, isOver: Flag) { (self.hasBegun, self.isOver) = (hasBegun, isOver) }
}

/// Something that happens once.
private final class Flag: Sendable {
  private let value = Atomic<Bool>(false)

  func set() { value.store(true, ordering: .sequentiallyConsistent) }

  var isSet: Bool { value.load(ordering: .sequentiallyConsistent) }
}
