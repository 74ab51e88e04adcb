/// A layer more after a convolution or dense layer, with its normalization and activation, of the same function.
///
/// Net2DeeperNet after Chen, Goodfellow and Shlens 2016.
package struct Deepening: Sendable {
  package let network: Network

  /// The new blocks in their order.
  package let inserted: [Block]

  /// The block behind which they stand, whose output they are given.
  package let anchor: BlockID

  /// An activation that stands there once only, since twice it is another function.
  package let omitted: Activation?

  /// Inserts an identity after a layer and the normalization and activation that follow it.
  ///
  /// - Throws: Where the function could not be kept.
  package init(_ network: Network, _ target: Located) throws(SurgeryFault) {
    do throws(EditError) { try network.requireOwn([target]) } catch { throw .edit(error) }
    let rank = network.facts[target.block.id]?.input.spatialRank ?? 0
    guard case .layer(let layer) = target.block.form,
      let identity = layer.definition.identity(rank: rank)
    else {
      throw .notWeighted(path: target.path, kind: target.block.kind)
    }
    if let activation = layer.ownActivation, activation != .relu {
      throw .repeatedActivation(path: target.path, activation)
    }
    let siblings = network.children(of: target.parent)
    var names = NameSupply(siblings.map(\.name))
    var new: [Block] = []
    func add(_ layer: Layer) {
      let name = names.fresh(layer.kind.nameStem)
      names.insert(name)
      new.append(Block(name: name, form: .layer(layer)))
    }
    add(identity)
    var end = target.index
    var omitted: Activation?
    let isWhole = layer.ownActivation != nil
    if case .layer(.batchNormalization(var normalization)) = siblings[after: end]?.form, !isWhole {
      if !normalization.usesRunningStatistics, network.isRunAgain(target.block.id) {
        let path = target.path.dropLast(target.block.name.count) + siblings[end + 1].name
        throw .statistics(path: String(path))
      }
      normalization.hasScale = true
      normalization.hasCenter = true
      add(.batchNormalization(normalization))
      end += 1
    } else if case .layer(.exampleNormalization) = siblings[after: end]?.form, !isWhole {
      // By an example's own statistics it cannot be an identity, so the copy goes without.
      end += 1
    }
    if case .layer(.activation(let activation)) = siblings[after: end]?.form, !isWhole {
      if activation == .relu { add(.activation(activation)) } else { omitted = activation }
      end += 1
    }
    do throws(EditError) {
      self.network = try network.inserting(new, in: target.parent, at: end + 1)
    } catch { throw .edit(error) }
    inserted = new
    anchor = siblings[end].id
    self.omitted = omitted
  }

  /// The values of the new parameters, for statistics of what comes in, channel by channel.
  package func parameters(mean: [Float], variance: [Float]) -> ParameterStore {
    var result = ParameterStore()
    for specification in network.parameters {
      guard let block = inserted.first(where: { $0.id == specification.key.block }),
        case .layer(let layer) = block.form
      else { continue }
      var tensor = Tensor(shape: specification.shape)
      switch (layer, specification.key.role) {
      case (.batchNormalization(let normalization), .weight):
        tensor.values = variance.map {
          Float((Double($0) + normalization.epsilon).squareRoot())
        }
      case (.batchNormalization, .bias), (.batchNormalization, .runningMean): tensor.values = mean
      case (.batchNormalization, .runningVariance): tensor.values = variance
      case (.convolution(let convolution), .weight): convolution.fillIdentity(&tensor)
      case (.dense(let dense), .weight):
        for unit in 0..<dense.units { tensor.values[unit * dense.units + unit] = 1 }
      default: break
      }
      result[specification.key] = tensor
    }
    return result
  }
}

extension Network {
  /// Whether a block lies in a body that is run through more than once.
  package func isRunAgain(_ id: BlockID) -> Bool { root.isRunAgain(id, isInside: false) ?? false }
}

extension Block {
  /// Nothing where the block is not in this tree.
  fileprivate func isRunAgain(_ wanted: BlockID, isInside: Bool) -> Bool? {
    if id == wanted { return isInside }
    var isInside = isInside
    if case .shared(_, let passes) = form, passes > 1 { isInside = true }
    for child in children {
      if let found = child.isRunAgain(wanted, isInside: isInside) { return found }
    }
    return nil
  }
}

extension Convolution {
  /// Sets the weight `[channels, channels / groups, kernel…]`, all zeros, so that each channel is passed on.
  fileprivate func fillIdentity(_ tensor: inout Tensor) {
    let inputs = tensor.shape[1]
    let kernel = Array(tensor.shape.dropFirst(2))
    let window = kernel.reduce(1, *)
    let isCausal = padding == .causal
    let place = kernel.reduce(0) { $0 * $1 + (isCausal ? $1 - 1 : ($1 - 1) / 2) }
    for channel in 0..<channels {
      tensor.values[(channel * inputs + channel % inputs) * window + place] = 1
    }
  }
}

extension BlockList {
  /// The block after a place, or nothing at the end.
  fileprivate subscript(after index: Int) -> Block? {
    index + 1 < count ? self[index + 1] : nil
  }
}
