import Kernels
import Networks

/// Turns the tree of a network into a graph of operations for one batch size.
struct Lowering {
  private let network: Network
  private let images: Int
  private var graph: Graph

  /// Tells the passes of shared bodies apart in the paths of nodes.
  private var pass = PassMark()

  /// The values that were tapped so far.
  private var taps = TapScope<Cursor>()

  /// Where the walk stands: the value and its shape.
  private struct Cursor {
    var value: ValueID
    var shape: Shape
  }

  /// The graph of a network.
  ///
  /// - Throws: `EngineError.unshaped` where the network holds a block without facts, which none does.
  static func graph(of network: Network, images: Int) throws(EngineError) -> Graph {
    var lowering = Lowering(network: network, images: images)
    let end = try lowering.lower(
      network.root, Cursor(value: 0, shape: network.input), path: "")
    lowering.graph.output = end.value
    lowering.graph.keepWhatLeavesCheckpoints(isFused: false)
    return lowering.graph
  }

  private init(network: Network, images: Int) {
    self.network = network
    self.images = images
    graph = Graph(
      input: Extent(network.input, images: images), inputShape: network.input,
      outputExtent: Extent(network.output, images: images))
  }

  private mutating func lower(_ block: Block, _ cursor: Cursor, path: String)
    throws(EngineError) -> Cursor
  {
    var end = cursor
    let isCheckpoint = block.isCheckpointed && !block.isRepetition
    if isCheckpoint { graph.beginCheckpoint() }
    defer { if isCheckpoint { graph.endCheckpoint() } }
    switch block.form {
    case .layer(let layer):
      guard let output = network.facts[block.id]?.output else { throw .unshaped(path: path) }
      do throws(ShapeFault) {
        end.value = try lower(layer, cursor, output: output, block: block, path: path)
      } catch { throw .unshaped(path: path) }
      end.shape = output
    case .sequential(let children):
      for child in children { end = try lower(child, end, path: join(path, child.name)) }
    case .repeated(let copies):
      for copy in copies {
        if block.isCheckpointed { graph.beginCheckpoint() }
        defer { if block.isCheckpointed { graph.endCheckpoint() } }
        end = try lower(copy, end, path: join(path, copy.name))
      }
    case .shared(let children, let passes):
      end = try lower(
        children, passes: passes, cursor, path: path, isCheckpointed: block.isCheckpointed)
    case .residual(let residual): end = try lower(residual, cursor, block, path: path)
    case .parallel(let parallel): end = try lower(parallel, cursor, block, path: path)
    case .join(let join): end = try lower(join, cursor, block, path: path)
    }
    if block.id != network.root.id {
      graph.blockOutputs.append(
        (block.id, path, end.value, Extent(end.shape, images: images)))
    }
    return end
  }

  /// Lowers a shared body once for each pass; as what leaves its blocks counts what leaves them in the last.
  private mutating func lower(
    _ children: BlockList, passes: Int, _ cursor: Cursor, path: String, isCheckpointed: Bool
  ) throws(EngineError) -> Cursor {
    var end = cursor
    let around = pass
    defer { pass = around }
    let known = graph.blockOutputs.count
    for pass in around.passes(passes) {
      self.pass = pass
      if isCheckpointed { graph.beginCheckpoint() }
      defer { if isCheckpointed { graph.endCheckpoint() } }
      graph.blockOutputs.removeLast(graph.blockOutputs.count - known)
      for child in children { end = try lower(child, end, path: join(path, child.name)) }
    }
    return end
  }

  private func join(_ path: String, _ name: String) -> String {
    path.isEmpty ? name : path + "." + name
  }

  private mutating func lower(
    _ residual: Residual, _ cursor: Cursor, _ block: Block, path: String
  ) throws(EngineError) -> Cursor {
    let body = try lower(residual.body, cursor, path: join(path, residual.body.name))
    let shortcut = try lower(residual.shortcut, cursor, path: join(path, residual.shortcut.name))
    let extent = Extent(body.shape, images: images)
    var end = body
    end.value = append(
      node:
        .sum(factor: Float(residual.scale), relu: false, count: extent.count),
      [body.value, shortcut.value], count: extent.count, block: block.id, path: path)
    if let activation = residual.activation {
      end.value = activate(end.value, activation, extent, block: block.id, path: path)
    }
    return end
  }

  private mutating func lower(
    _ parallel: Parallel, _ cursor: Cursor, _ block: Block, path: String
  ) throws(EngineError) -> Cursor {
    var ends: [Cursor] = []
    for branch in parallel.branches {
      ends.append(try lower(branch, cursor, path: join(path, branch.name)))
    }
    return try join(ends, parallel.join, cursor, block, path: path)
  }

  private mutating func lower(
    _ join: TapJoin, _ cursor: Cursor, _ block: Block, path: String
  ) throws(EngineError) -> Cursor {
    guard let tapped = taps[join.tap] else { throw .unshaped(path: path) }
    let way = try lower(join.path, tapped, path: self.join(path, join.path.name))
    return try self.join([way, cursor], join.join, cursor, block, path: path)
  }

  /// One value of several, which read a common input.
  private mutating func join(
    _ branches: [Cursor], _ join: Parallel.Join, _ cursor: Cursor, _ block: Block, path: String
  ) throws(EngineError) -> Cursor {
    var ends = branches
    guard var end = ends.first else { return cursor }
    switch join {
    case .add:
      for other in ends.dropFirst() {
        let count = Extent(end.shape, images: images).count
        end.value = append(
          node:
            .sum(factor: 1, relu: false, count: count), [end.value, other.value], count: count,
          block: block.id, path: path)
      }
    case .multiply:
      let widest = ends.firstIndex { $0.shape.spatialRank > 0 } ?? 0
      end = ends.remove(at: widest)
      for other in ends {
        let extent = Extent(end.shape, images: images)
        let isBroadcast = other.shape.count < end.shape.count
        end.value = append(
          node:
            .product(extent, isBroadcast: isBroadcast), [end.value, other.value],
          count: extent.count, block: block.id, path: path)
      }
    case .highway:
      guard ends.count == 2 else { throw .unshaped(path: path) }
      let extent = Extent(end.shape, images: images)
      let isBroadcast = ends[1].shape.count < end.shape.count
      end.value = append(
        node:
          .highway(extent, isBroadcast: isBroadcast), [end.value, ends[1].value, cursor.value],
        count: extent.count, block: block.id, path: path)
    case .concatenate:
      if ends.count == 1 { return end }
      let channels = ends.map(\.shape.channels)
      end.shape = end.shape.with(channels: channels.reduce(0, +))
      let extent = Extent(end.shape, images: images)
      end.value = append(
        node:
          .concatenation(rows: extent.rows, channels: channels), ends.map(\.value),
        count: extent.count, block: block.id, path: path)
    }
    return end
  }

  private mutating func lower(
    _ layer: Layer, _ cursor: Cursor, output: Shape, block: Block, path: String
  ) throws(ShapeFault) -> ValueID {
    let input = Extent(cursor.shape, images: images)
    let extent = Extent(output, images: images)
    switch layer {
    case .convolution(let convolution):
      let geometry = try ConvolutionGeometry(
        convolution, input: input, output: extent, inputShape: cursor.shape)
      let operation = ConvolutionOperation(
        geometry: geometry, weight: ParameterKey(block: block.id, role: .weight),
        bias: convolution.hasBias ? ParameterKey(block: block.id, role: .bias) : nil)
      let value = append(.convolution(operation), [cursor.value], extent, block, path)
      guard let activation = convolution.activation else { return value }
      return activate(value, activation, extent, block: block.id, path: path)
    case .transposedConvolution(let convolution):
      let geometry = try ConvolutionGeometry(
        convolution, input: input, output: extent, inputShape: cursor.shape)
      let operation = ConvolutionOperation(
        geometry: geometry, weight: ParameterKey(block: block.id, role: .weight),
        bias: convolution.hasBias ? ParameterKey(block: block.id, role: .bias) : nil,
        isTransposed: true)
      let value = append(.convolution(operation), [cursor.value], extent, block, path)
      guard let activation = convolution.activation else { return value }
      return activate(value, activation, extent, block: block.id, path: path)
    case .dense(let dense):
      let flat = flatten(cursor.value, input, block, path)
      let operation = DenseOperation(
        images: images, features: cursor.shape.count, units: dense.units,
        weight: ParameterKey(block: block.id, role: .weight),
        bias: dense.hasBias ? ParameterKey(block: block.id, role: .bias) : nil)
      let value = append(.dense(operation), [flat], extent, block, path)
      guard let activation = dense.activation else { return value }
      return activate(value, activation, extent, block: block.id, path: path)
    case .batchNormalization(let normalization):
      let term = term(normalization, block: block.id, path: path)
      let operation = NormalizationOperation(terms: [term], extent: extent)
      return append(.normalization(operation), [cursor.value], extent, block, path)
    case .activation(let activation):
      return activate(cursor.value, activation, extent, block: block.id, path: path)
    case .pooling(let pooling):
      let window = try PoolingWindow(
        pooling, input: input, output: extent, inputShape: cursor.shape)
      return append(
        PoolingOperation(reduction: pooling.reduction, window: window), cursor, extent, block, path)
    case .globalPooling(let kind):
      return append(GlobalPoolingOperation(kind: kind, extent: input), cursor, extent, block, path)
    case .flatten: return flatten(cursor.value, input, block, path)
    case .dropout(let dropout):
      if dropout.rate == 0 { return cursor.value }
      return append(
        DropoutOperation(dropout: dropout, extent: extent), cursor, extent, block, path)
    case .subsample(let subsample):
      let strides = try subsample.strides(over: cursor.shape)
      let kernel = SubsampleKernel(
        images: images, height: input.height, width: input.width, channels: input.channels,
        strideHeight: strides.count == 2 ? strides[0] : 1, strideWidth: strides.last ?? 1,
        outputChannels: subsample.channels)
      return append(SubsampleOperation(subsample: kernel), cursor, extent, block, path)
    case .parametricRelu(let relu):
      let channels = relu.isShared ? 1 : extent.channels
      return append(
        ParametricReluOperation(
          weight: ParameterKey(block: block.id, role: .weight), rows: extent.count / channels,
          channels: channels), cursor, extent, block, path)
    case .scale(let scale):
      let weight = ParameterKey(block: block.id, role: .weight)
      if !scale.isShared {
        return append(
          LayerScaleOperation(weight: weight, rows: extent.rows, channels: extent.channels),
          cursor, extent, block, path)
      }
      return append(
        ScaleOperation(weight: weight, count: extent.count), cursor, extent, block, path)
    case .pad(let pad):
      let resampling = try Resampling(pad, input, shape: cursor.shape, output: output)
      let operation = ResamplingOperation(name: "pad", resampling: resampling)
      return append(operation, cursor, extent, block, path)
    case .upsample(let upsample):
      let resampling = try Resampling(upsample, input, shape: cursor.shape, output: output)
      let operation = ResamplingOperation(name: "upsample", resampling: resampling)
      return append(operation, cursor, extent, block, path)
    case .rearrangement(let rearrangement):
      let moves = try rearrangement.moves(over: cursor.shape)
      if let copy = StridedCopy(moves, input: cursor.shape, output: output, images: images) {
        let operation = RearrangementOperation(name: layer.kind.rawValue, copy: copy)
        return append(operation, cursor, extent, block, path)
      }
      if cursor.shape == output { return cursor.value }
      let flat = flatten(cursor.value, input, block, path)
      if extent.positions == 1 || extent.channels == 1 { return flat }
      let operation = RearrangementOperation(
        name: layer.kind.rawValue, copy: StridedCopy(unflattening: extent))
      return append(.unary(operation), [flat], extent, block, path)
    case .identity: return cursor.value
    case .tap(let tap):
      taps[tap.name] = cursor
      return cursor.value
    case .exampleNormalization(let normalization):
      return append(
        ExampleNormalizationOperation(normalization, block: block.id, extent: extent), cursor,
        extent, block, path)
    case .localResponse(let layer):
      let kernel = LocalResponseKernel(
        channels: extent.channels, size: layer.size, alpha: layer.alpha, beta: layer.beta,
        start: layer.start)
      return append(
        LocalResponseOperation(kernel: kernel, rows: extent.rows, channels: extent.channels),
        cursor, extent, block, path)
    case .noise(let noise):
      if noise.deviation == 0 { return cursor.value }
      return append(
        NoiseOperation(deviation: Float(noise.deviation), count: extent.count), cursor, extent,
        block, path)
    case .gatedLinear:
      return append(GatedLinearOperation(extent: extent), cursor, extent, block, path)
    case .attention(let attention):
      return append(
        AttentionOperation(attention, block: block.id, extent: extent), cursor, extent, block, path)
    case .embedding(let embedding):
      return append(
        EmbeddingOperation(embedding, block: block.id, rows: extent.rows), cursor, extent, block,
        path)
    case .positions(let positions):
      return append(
        PositionsOperation(positions, block: block.id, extent: extent), cursor, extent, block, path)
    case .classToken:
      return append(
        ClassTokenOperation(block: block.id, input: input), cursor, extent, block, path)
    case .recurrent(let recurrent):
      return append(
        RecurrentOperation(recurrent, block: block.id, input: input), cursor, extent, block, path)
    }
  }

  private mutating func append(
    node operation: Operation, _ inputs: [ValueID], count: Int, block: BlockID, path: String
  ) -> ValueID {
    graph.append(operation, inputs, count: count, block: block, path: path + pass.text)
  }

  private func term(_ layer: BatchNormalization, block: BlockID, path: String)
    -> NormalizationOperation.Term
  {
    NormalizationOperation.Term(
      layer: layer, block: block, path: path,
      weight: layer.hasScale ? ParameterKey(block: block, role: .weight) : nil,
      bias: layer.hasCenter ? ParameterKey(block: block, role: .bias) : nil,
      runningMean: ParameterKey(block: block, role: .runningMean),
      runningVariance: ParameterKey(block: block, role: .runningVariance))
  }

  private mutating func append(
    _ operation: Operation, _ inputs: [ValueID], _ extent: Extent, _ block: Block, _ path: String
  ) -> ValueID {
    append(node: operation, inputs, count: extent.count, block: block.id, path: path)
  }

  private mutating func append(
    _ operation: some UnaryOperation, _ cursor: Cursor, _ extent: Extent, _ block: Block,
    _ path: String
  ) -> ValueID {
    append(.unary(operation), [cursor.value], extent, block, path)
  }

  private mutating func activate(
    _ value: ValueID, _ activation: Activation, _ extent: Extent, block: BlockID,
    path: String
  ) -> ValueID {
    append(
      node:
        .activation(activation, extent), [value], count: extent.count, block: block, path: path)
  }

  /// The value in plain order; memory is in that order already without positions or with one channel.
  private mutating func flatten(
    _ value: ValueID, _ extent: Extent, _ block: Block, _ path: String
  ) -> ValueID {
    if extent.positions == 1 || extent.channels == 1 { return value }
    return append(
      node:
        .unary(FlattenOperation(extent: extent)), [value], count: extent.count, block: block.id,
      path: path)
  }
}
