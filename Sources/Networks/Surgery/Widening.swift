/// A convolution or dense layer with more channels or units, and all that reads them, of the same function.
///
/// Net2WiderNet after Chen, Goodfellow and Shlens 2016.
package struct Widening: Sendable {
  package let network: Network

  /// The channels or units before.
  package let width: Int

  /// The paths of the layers that read the widened channels.
  package let readers: [String]
  private let expansions: [ParameterKey: Expansion]

  /// Widens a layer to so many channels or units; copies and shares are drawn.
  ///
  /// - Throws: Where the function could not be kept, with the block in the way.
  package init(
    _ network: Network, _ target: Located, to width: Int,
    using random: inout some RandomNumberGenerator
  ) throws(SurgeryFault) {
    do throws(EditError) { try network.requireOwn([target]) } catch { throw .edit(error) }
    guard let now = target.block.width else {
      throw .notWeighted(path: target.path, kind: target.block.kind)
    }
    if width <= now { throw .notWider(path: target.path, now: now, asked: width) }
    let wide = network.root.editing(target.block.id) { $0.with(width: width) }
    let positions = (network.facts[target.block.id]?.output.count ?? now) / now
    if width > NetworkLimits.extent
      || saturatingProduct(positions, width) > NetworkLimits.valuesPerExample
    {
      do throws(EditError) { _ = try network.replacingRoot(wide) } catch { throw .edit(error) }
    }
    let map = ChannelMap(from: now, to: width, using: &random)
    var walk = WideningWalk(network: network, target: target.block.id, map: map)
    if try walk.leave(network.root, nil, path: "") != nil { throw .output(width: now) }
    do throws(EditError) { self.network = try network.replacingRoot(wide) } catch {
      throw .edit(error)
    }
    if let path = Self.changedLayer(from: network, to: self.network, except: target.block.id) {
      throw .derived(path: path)
    }
    self.width = now
    readers = walk.readers
    expansions = walk.expansions
  }

  /// The tensors of other shapes, made of those of the former network; nothing where the user asked for an end.
  package func parameters(from store: ParameterStore) -> ParameterStore? {
    var result = ParameterStore()
    for (key, expansion) in expansions {
      guard let tensor = store[key] else { continue }
      guard let wide = expansion.apply(to: tensor) else { return nil }
      result[key] = wide
    }
    return result
  }

  /// The path of the first layer that is another one now, or gone.
  private static func changedLayer(from old: Network, to new: Network, except target: BlockID)
    -> String?
  {
    var forms: [BlockID: Block.Form] = [:]
    new.walk { block, _ in if case .layer = block.form { forms[block.id] = block.form } }
    var result: String?
    old.walk { block, path in
      if case .layer = block.form, block.id != target, result == nil, forms[block.id] != block.form
      {
        result = path
      }
    }
    return result
  }
}

/// A walk along the values of a network that tells which tensors follow widened channels.
private struct WideningWalk {
  let network: Network
  let target: BlockID
  let map: ChannelMap

  /// The maps of what was tapped so far; nothing for a value that is as before.
  private var taps = TapScope<ChannelMap>()
  var expansions: [ParameterKey: Expansion] = [:]
  var readers: [String] = []

  init(network: Network, target: BlockID, map: ChannelMap) {
    (self.network, self.target, self.map) = (network, target, map)
  }

  /// The map of the channels that leave a block, given that of those that enter; nothing where they are as before.
  mutating func leave(_ block: Block, _ entering: ChannelMap?, path: String) throws(SurgeryFault)
    -> ChannelMap?
  {
    switch block.form {
    case .layer(.tap(let tap)):
      taps[tap.name] = entering
      return entering
    case .layer(let layer): return try leave(layer, block, entering, path: path)
    case .sequential(let children), .repeated(let children):
      var map = entering
      for child in children { map = try leave(child, map, path: Self.join(path, child)) }
      return map
    case .shared(let children, passes: _):
      var map = entering
      for child in children { map = try leave(child, map, path: Self.join(path, child)) }
      if map != entering { throw .passes(path: path) }
      return map
    case .residual(let residual):
      let body = try leave(residual.body, entering, path: Self.join(path, residual.body))
      let shortcut = try leave(
        residual.shortcut, entering, path: Self.join(path, residual.shortcut))
      if body != shortcut { throw .join(path: path, kind: block.kind) }
      if body != nil, residual.activation == .softmax { throw .softmax(path: path) }
      return body
    case .parallel(let parallel):
      var branches: [Branch] = []
      for branch in parallel.branches {
        let map = try leave(branch, entering, path: Self.join(path, branch))
        branches.append((map, network.facts[branch.id]?.output.channels ?? 0))
      }
      if parallel.join == .highway {
        if Set(branches.map(\.map) + [entering]).count > 1 {
          throw .join(path: path, kind: block.kind)
        }
        return entering
      }
      return try join(branches, parallel.join, block, path: path)
    case .join(let join):
      let way = try leave(join.path, taps[join.tap], path: Self.join(path, join.path))
      let branches: [Branch] = [
        (way, network.facts[join.path.id]?.output.channels ?? 0),
        (entering, network.facts[block.id]?.input.channels ?? 0),
      ]
      return try self.join(branches, join.join, block, path: path)
    }
  }

  /// What leaves a branch, and how many channels it had.
  private typealias Branch = (map: ChannelMap?, count: Int)

  private func join(_ branches: [Branch], _ join: Parallel.Join, _ block: Block, path: String)
    throws(SurgeryFault) -> ChannelMap?
  {
    if branches.allSatisfy({ $0.map == nil }) { return nil }
    if join == .concatenate { return .joined(branches) }
    if Set(branches.map(\.map)).count > 1 { throw .join(path: path, kind: block.kind) }
    return branches.first?.map
  }

  private static func join(_ path: String, _ child: Block) -> String {
    path.isEmpty ? child.name : path + "." + child.name
  }

  private mutating func leave(
    _ layer: Layer, _ block: Block, _ entering: ChannelMap?, path: String
  ) throws(SurgeryFault) -> ChannelMap? {
    if block.id == target { return try widen(layer, block, path: path) }
    guard let entering, let input = network.facts[block.id]?.input else { return nil }
    switch layer.definition.channelFlow(path: path) {
    case .passes: return entering
    case .passesWithParameters:
      for role in ParameterRole.allCases {
        expansions[ParameterKey(block: block.id, role: role)] = .outputs(entering)
      }
      return entering
    case .flattens: return entering.flattened(positions: input.spatial.reduce(1, *))
    case .ends(let isFlattened):
      let positions = input.spatial.reduce(1, *)
      read(isFlattened ? entering.flattened(positions: positions) : entering, by: block, path)
      return nil
    case .endsTransposed:
      read(entering, by: block, path, axis: 0)
      return nil
    case .refuses(let fault): throw fault
    }
  }

  private mutating func widen(_ layer: Layer, _ block: Block, path: String) throws(SurgeryFault)
    -> ChannelMap
  {
    let flow = layer.definition.channelFlow(path: path)
    if case .refuses(let fault) = flow { throw fault }
    if layer.ownActivation == .softmax { throw .softmax(path: path) }
    let axis = if case .endsTransposed = flow { 1 } else { 0 }
    expansions[ParameterKey(block: block.id, role: .weight)] = .outputs(map, axis: axis)
    expansions[ParameterKey(block: block.id, role: .bias)] = .outputs(map)
    return map
  }

  private mutating func read(
    _ map: ChannelMap, by block: Block, _ path: String, axis: Int = 1
  ) {
    expansions[ParameterKey(block: block.id, role: .weight)] = .inputs(map, axis: axis)
    readers.append(path)
  }
}

extension Block {
  /// The channels of a convolution or units of a dense layer.
  package var width: Int? {
    guard case .layer(let layer) = form, let parameter = layer.definition.widthParameter else {
      return nil
    }
    return layer.arguments.count(parameter)
  }

  fileprivate func with(width: Int) -> Block {
    guard case .layer(let layer) = form, let parameter = layer.definition.widthParameter else {
      return self
    }
    var arguments = layer.arguments
    arguments[parameter] = .count(width)
    return with(arguments)
  }
}
