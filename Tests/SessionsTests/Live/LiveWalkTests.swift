import Foundation
import Networks
import Testing
import Training

@testable import Sessions

/// Legal edits, undos, redos and steps in random order on a running trainer.
struct LiveWalkTests {
  /// Legal moves of a walk, and walks of each sort; the slow proof makes more of them.
  private static let length = 2000
  private static let walks =
    ProcessInfo.processInfo.environment["ESPALIER_PROVE"] == nil ? 1 : 5

  @Test("a network that waits between edits stays whole, and its start comes back to the bit")
  func walkOfEdits() throws {
    for seed in 1...Self.walks { try walk(Self.length, seed: UInt64(seed), pauses: true) }
  }

  @Test("a network that learns meanwhile stays whole, and its start comes back to the bit")
  func walkOnTheMove() throws {
    for seed in 1...Self.walks { try walk(Self.length / 4, seed: UInt64(seed), pauses: false) }
  }

  /// A walk during a run, which waits between two moves or goes on meanwhile.
  private func walk(_ length: Int, seed: UInt64, pauses: Bool) throws {
    var generator = SeededGenerator(seed: seed)
    let live = LiveSession("optimizer sgd lr=0.01; train 1", trains: false)
    let session = live.session
    let start = session.state
    var (done, moves) = (0, 0)
    var mostBytes = 0
    while done < length, moves < 3 * length {
      moves += 1
      if session.progress == nil {
        live.train()
        if !pauses { live.type("resume") }
      }
      let command = Self.command(for: live.network, &generator)
      let before = session.state
      let old = live.learned
      let isLive = before.current?.run
      let answer = session.answer(command, from: .prompt)
      guard let known = session.state.current else { break }
      let network = known.network
      #expect(throws: Never.self) { try Network(input: network.input, root: network.root) }
      let new = live.learned
      for specification in network.parameters where session.progress != nil {
        #expect(new.has(specification), "\(command): \(specification.path)")
      }
      if answer.outcome == .done {
        done += 1
      } else if known.run == isLive {
        #expect(session.state.revision == before.revision, "\(command): \(answer.text)")
      }
      // Several undos may pass a state in which a block has another shape: it gets back what it had then.
      let isOneEdit = !["step", "undo", "redo"].contains {
        command.hasPrefix($0) && command != $0
      }
      if pauses, isOneEdit, known.run == isLive, session.progress != nil {
        let shapes = Dictionary(
          uniqueKeysWithValues: (before.current?.network.parameters ?? []).map {
            ($0.key, $0.shape)
          })
        for specification in network.parameters
        where shapes[specification.key] == specification.shape
          && before.current?.drawings[specification.key] == known.drawings[specification.key]
        {
          #expect(
            Self.bits(of: specification, in: new) == Self.bits(of: specification, in: old),
            "\(command): \(specification.path)")
        }
      }
      mostBytes = max(mostBytes, session.history.bytes)
    }
    #expect(done == length)
    #expect(mostBytes < 64 << 20)
    var undos = 0
    while session.state.revision != start.revision, undos <= 2 * moves {
      undos += 1
      if live.type("undo") == "nothing to undo" { break }
    }
    #expect(session.state.current?.network.root == start.current?.network.root)
    #expect(session.state.current?.weights.parameters == start.current?.weights.parameters)
    #expect(session.state.current?.weights.optimizerState == start.current?.weights.optimizerState)
    #expect(session.progress == nil)
  }

  private static func bits(of specification: ParameterSpecification, in learned: LearnedState)
    -> [UInt32]
  {
    learned.parameters[specification.key]?.values.map(\.bitPattern) ?? []
  }

  /// A command that may fit the network.
  private static func command(for network: Network?, _ generator: inout SeededGenerator) -> String {
    func number(_ range: Range<Int>) -> Int {
      range.lowerBound + Int(generator.next() % UInt64(range.count))
    }
    var paths: [String] = []
    network?.walk { block, path in if block.id != network?.root.id { paths.append(path) } }
    guard !paths.isEmpty else { return "undo" }
    let path = paths[number(0..<paths.count)]
    let other = paths[number(0..<paths.count)]
    if paths.count > 40 { return ["remove \(path)", "undo 8"][number(0..<2)] }
    switch number(0..<21) {
    case 0: return "insert dense 8 act=tanh before \(path)"
    case 1: return "insert relu after \(path)"
    case 2: return "insert bn before \(path)"
    case 3: return "wrap residual \(path)"
    case 4: return "wrap seq \(path)"
    case 5: return "unwrap \(path)"
    case 6: return "set \(path) units=\(number(2..<12))"
    case 7: return "remove \(path)"
    case 8: return "move \(path) before \(other)"
    case 9: return "replace \(path) dense 8"
    case 10: return ["undo", "undo", "undo 3"][number(0..<3)]
    case 11:
      return "wrap \(["rezero", "highway", "se reduction=2", "preact"][number(0..<4)]) \(path)"
    case 12: return "set \(path) bias=\(number(0..<3))"
    case 13: return ["redo", "redo 2"][number(0..<2)]
    case 14: return "deepen \(path)"
    case 15: return "widen \(path) \(number(4..<14))"
    case 16: return "freeze \(path)"
    case 17: return "unfreeze \(["*", path][number(0..<2)])"
    case 18: return "init normal \(path)"
    default: return "step \(number(1..<4))"
    }
  }
}
