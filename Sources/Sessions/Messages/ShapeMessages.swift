import Language
import Networks

/// Sentences for shapes that do not fit.
struct ShapeMessages {
  let fault: ShapeFault

  /// The path of the block at fault; empty for the input.
  let path: String

  private var place: String { path.isEmpty ? "" : path + ": " }

  /// What is wrong: where, what was expected and what was found.
  var message: String {
    switch fault {
    case .rank(let kind, let wanted, let input):
      let expected = wanted.map(Self.inputForm).joined(separator: " or ")
      return "\(place)\(kind) expects \(expected), found \(input.displayText)"
    case .dimensions(let parameter, let given, let input):
      let count = Numbers.count(input.spatialRank, "spatial dimension")
      return
        "\(place)\(parameter)=\(given) gives \(Self.sizes(given)), but the input "
        + "\(input.displayText) has \(count)"
    case .causalPadding(let input):
      return
        "\(place)pad=causal looks back along one dimension, but the input "
        + "\(input.displayText) has \(Numbers.count(input.spatialRank, "spatial dimension"))"
    case .window(let kernel, let dilation, let extent, let padding, _):
      let effective = (kernel - 1) * dilation + 1
      let window =
        dilation == 1
        ? "a window of \(kernel)"
        : "a window of \(effective) (kernel \(kernel), dilation \(dilation))"
      let padded = padding.total == 0 ? "" : " with \(padding.total) of padding"
      return
        "\(place)\(window) is wider than its input: \(Numbers.count(extent, "position"))\(padded)"
    case .paddingWidth(let kernel, let padding):
      return
        "\(place)a pooling window of \(kernel) expects less padding than its size on each side, "
        + "found \(padding.before) before and \(padding.after) after"
    case .groups(let groups, let inputChannels, let outputChannels):
      return
        "\(place)groups=\(groups) must divide the channels, found \(inputChannels) in and "
        + "\(outputChannels) out"
    case .normalizationGroups(let groups, let channels):
      return
        "\(place)gn expects groups that divide the channels, found \(Numbers.count(groups, "group")) "
        + "of \(Numbers.count(channels, "channel"))"
    case .heads(let heads, let channels):
      return
        "\(place)attention expects heads that divide the channels, found "
        + "\(Numbers.count(heads, "head")) for \(Numbers.count(channels, "channel"))"
    case .severalIndices(let kind, let input):
      return
        "\(place)\(kind) expects one channel of whole numbers, found \(input.displayText)"
    case .oddChannels(let kind, let input):
      return
        "\(place)\(kind) multiplies one half of the channels with the other: expected an even "
        + "number of channels, found \(input.channels)"
    case .sum(let body, let shortcut, _, let kind):
      return
        "\(place)cannot add body \(body.displayText) and shortcut \(shortcut.displayText) "
        + "(shortcut=\(kind.rawValue))"
    case .pass(let input, let output):
      return
        "\(place)a shared body is run through again on what it gave, so it must keep the shape: "
        + "\(input.displayText) goes in, \(output.displayText) comes out"
    case .branches(.add, let first, let ordinal, let other):
      return
        "\(place)cannot add branch 1 \(first.displayText) and branch \(ordinal) "
        + "\(other.displayText): shapes must be equal"
    case .branches(_, let first, let ordinal, let other):
      return
        "\(place)cannot join branch 1 \(first.displayText) and branch \(ordinal) "
        + "\(other.displayText): all but the channels must be equal"
    case .tap(let name, let known):
      let others =
        known.isEmpty
        ? "nothing is tapped there" : "tapped there: \(known.joined(separator: ", "))"
      return "\(place)expected tap \(name) somewhere before join \(name); \(others)"
    case .join(let tap, let join, let tapped, let input):
      let (verb, rule) =
        switch join {
        case .add: ("add", "shapes must be equal")
        case .concatenate: ("join", "all but the channels must be equal")
        case .multiply, .highway:
          ("multiply", "shapes must be equal, or one without positions have as many channels")
        }
      return
        "\(place)cannot \(verb) tap \(tap) \(tapped.displayText) and \(input.displayText): \(rule)"
    case .factors(let ordinal, let shape, let otherOrdinal, let other):
      return
        "\(place)cannot multiply branch \(ordinal) \(shape.displayText) and branch "
        + "\(otherOrdinal) \(other.displayText): shapes must be equal, or one without positions "
        + "have as many channels"
    case .highway(let isGate, let output, let input):
      let part = isGate ? "the gate T" : "the transform H"
      return
        "\(place)cannot mix \(part) \(output.displayText) and the input \(input.displayText): "
        + (isGate
          ? "shapes must be equal, or T without positions have as many channels"
          : "shapes must be equal")
    case .highwayBranches(let count):
      return
        "\(place)join=highway expects two branches, the transform H and the gate T; "
        + "found \(count)"
    case .subsampleChannels(let input, let channels):
      return
        "\(place)subsample only adds channels: expected at least \(input.channels), "
        + "found \(channels)"
    case .mirroredWidth(let extent, let padding):
      return
        "\(place)mode=reflect mirrors positions next to the edge: expected fewer than \(extent) on "
        + "each side, found \(padding.before) before and \(padding.after) after"
    case .outputPadding(let outpad, let stride, let dilation):
      return
        "\(place)outpad adds fewer positions than stride or dilation: expected at most "
        + "\(max(stride, dilation) - 1), found \(outpad)"
    case .nothingLeft(let extent, let padding):
      return
        "\(place)pad leaves no position: the windows cover \(extent), "
        + "pad takes off \(padding.before) before and \(max(0, padding.after)) after"
    case .undivided(let kind, let channels, let group):
      return
        "\(place)\(kind) expects a number of channels that \(group) divides, found \(channels)"
    case .slice(let range, let extent, let unit):
      return
        "\(place)\(range) is no range of \(extent) \(unit.rawValue): expected places from 0 to "
        + "\(extent), the first before the last, or below 0 from the end"
    case .reshape(let shape, let input):
      return
        "\(place)cannot reshape \(input.displayText) to \(shape): expected a shape of "
        + "\(Numbers.count(input.count, "value"))"
    case .order(let order, let input):
      let dimensions = (1...3).prefix(input.extents.count).map(String.init)
      return
        "\(place)\(order) is no order of the dimensions of \(input.displayText): expected "
        + "\(dimensions.joined(separator: " ")) in any order, those behind as they are"
    case .tooLarge(let quantity, let limit):
      return place + Self.excess(of: quantity, limit: Numbers.grouped(limit))
    }
  }

  /// What else helps to understand.
  var notes: [String] {
    switch fault {
    case .sum(let body, let shortcut, let input, _):
      var notes: [String] = []
      if body.channels != shortcut.channels {
        notes.append(
          "\(input.spatialRank == 0 ? "features" : "channels"): \(body.channels) from the body, "
            + "\(shortcut.channels) from the shortcut")
      }
      if body.spatialRank == input.spatialRank, body.spatial != input.spatial {
        let from = Shape(input.spatial).displayText
        let to = Shape(body.spatial).displayText
        notes.append(
          "positions: the body takes \(from) to \(to); no whole stride does, so positions were lost (pad=0?)"
        )
        if zip(input.spatial, body.spatial).allSatisfy({ Self.hasStride(from: $0, to: $1) }) {
          notes.removeLast()
          notes.append("positions: the body takes \(from) to \(to)")
        }
      }
      return notes
    default: return []
    }
  }

  private static func hasStride(from: Int, to: Int) -> Bool {
    let stride = (from + to - 1) / to
    return (from + stride - 1) / stride == to
  }

  private static func inputForm(_ rank: Int) -> String {
    switch rank {
    case 0: "features"
    case 1: "channels × length"
    default: "channels × height × width"
    }
  }

  private static func sizes(_ given: String) -> String {
    Numbers.count(given.split(separator: "x").count, "size")
  }

  private static func excess(of quantity: ShapeFault.Quantity, limit: String) -> String {
    switch quantity {
    case .extent: "a size would be larger than \(limit)"
    case .valuesPerExample: "an example would have more than \(limit) values"
    case .parameters: "the network would have more than \(limit) parameters"
    case .multiplyAdds: "an example would take more than \(limit) multiply-adds"
    case .nesting: "blocks would lie within each other more than \(limit) deep"
    case .blocks: "the network would have more than \(limit) blocks"
    }
  }
}
