import Networks
import Testing

/// Thousands of random edits: every network on the way keeps what a network promises.
struct RandomWalkTests {
  /// What became of the edits of a walk.
  private struct Tally {
    var accepted: [String: Int] = [:]
    var refused: [String: Int] = [:]
  }

  @Test("a walk of 5,000 edits stays well-shaped", arguments: [21, 22] as [UInt64])
  func walk(seed: UInt64) throws {
    var trees = RandomTrees(seed: seed)
    var net = try network(trees.random.chance(50) ? "3x40" : "3x12x9", "conv 4 3; bn; relu")
    var tally = Tally()
    for step in 0..<5_000 {
      let (old, kind) = (net, trees.random.number(0...9))
      let label = Self.labels[kind]
      do {
        net = try edited(net, kind, &trees)
        tally.accepted[label, default: 0] += 1
      } catch let error as EditError {
        tally.refused[label, default: 0] += 1
        if case .shape(let error) = error { expectOffersHold(error) }
        #expect(net.root == old.root)
      } catch is PathFault {
        Issue.record("a path of the network was not found in it")
      }
      if net.facts.count > 80 { net = try network("\(net.input)", "conv 4 3; bn; relu") }
      if step % 5 == 0 { try expectWellShaped(net, "\(label) at step \(step)") }
    }
    for label in Self.labels {
      #expect((tally.accepted[label] ?? 0) > 20, "\(label) was hardly ever accepted")
      #expect((tally.refused[label] ?? 0) > 0, "\(label) was never refused")
    }
  }

  private static let labels = [
    "insert", "append", "remove", "rename", "set", "replace", "move", "wrap", "wrap each", "unwrap",
  ]

  /// One random edit of a random place.
  private func edited(_ net: Network, _ kind: Int, _ trees: inout RandomTrees) throws -> Network {
    let paths = net.paths
    if paths.isEmpty { return try net.adding("conv 4 3; relu") }
    let located = try net.at(trees.random.one(of: paths))
    let siblings = net.children(of: located.parent)
    let last = trees.random.number(located.index...min(located.index + 2, siblings.count - 1))
    let run = try net.run("\(located.path)..\(siblings[last].name)")
    switch kind {
    case 0:
      let parent = trees.random.chance(50) ? located.parent : located.block.id
      return try net.inserting(
        ScriptReader.blocks(trees.fittingText(depth: 1)).map { block in
          var block = block
          block.name = Naming.fresh(
            block.kind.nameStem, among: net.children(of: parent).map(\.name))
          return block
        }, in: parent, at: trees.random.number(-1...5))
    case 1:
      return try net.adding(trees.fittingText(depth: 2))
    case 2: return try net.removing(run)
    case 3:
      let name = trees.random.one(of: ["a", "b", "stem", "relu1", "conv3", "2", "a b", "x_1"])
      return try net.renaming(located, to: name)
    case 4:
      let parameters = located.block.kind.row.parameters
      if parameters.isEmpty { return try net.setting([("none", "1")], on: [located]) }
      let parameter = trees.random.one(of: parameters)
      var text = trees.text(of: parameter.type)
      if parameter.name == "copies" || parameter.name == "groups" {
        text = "\(trees.random.number(1...3))"
      }
      return try net.setting([(parameter.name, text)], on: [located])
    case 5:
      return try net.replacing(run, with: ScriptReader.blocks(trees.fittingText(depth: 2)))
    case 6:
      let anchor = try net.at(trees.random.one(of: paths))
      return try net.moving(
        run, to: anchor.parent, before: trees.random.chance(80) ? anchor.block.id : nil)
    case 7: return try net.wrapping(run, in: wrap(&trees)).network
    case 8:
      let pattern = trees.random.one(of: ["*", "conv*", "rep*.*", "res*.body", "*.*", located.path])
      return try net.wrapping(each: net.blocks(matching: pattern), in: wrap(&trees)).network
    default: return try net.unwrapping(located)
    }
  }

  private func wrap(_ trees: inout RandomTrees) throws -> Arguments {
    switch trees.random.number(0...6) {
    case 0: return try arguments(.repeated, ["copies": "2"])
    case 6: return try arguments(.repeated, ["copies": "3", "shared": "yes"])
    case 1: return Arguments(.sequential)
    case 2: return Arguments(.parallel)
    case 3: return Arguments(.function(.relu))
    case 4:
      return Arguments(
        trees.random.one(of: [.squeezeExcite, .highway, .rezero, .preactivation]))
    default:
      return try arguments(
        .residual, ["shortcut": trees.random.one(of: ShortcutKind.choices).rawValue])
    }
  }

  private func expectOffersHold(_ error: ShapeError) {
    let input: Shape
    switch error.fault {
    case .sum(_, _, let shape, _), .highway(_, _, let shape), .pass(let shape, _),
      .reshape(_, let shape), .order(_, let shape):
      input = shape
    case .factors, .branches, .mirroredWidth, .causalPadding, .outputPadding, .nothingLeft,
      .undivided, .slice, .join:
      return
    default:
      #expect(error.offers.isEmpty)
      return
    }
    // Alone, a block that joins what is tapped outside is no network.
    for offer in error.offers where !NetworkScript.line(of: offer.repaired).contains("join ") {
      let root = Block(name: "", form: .sequential([offer.repaired]))
      #expect((try? Network(input: input, root: root))?.output == offer.output)
    }
  }
}
