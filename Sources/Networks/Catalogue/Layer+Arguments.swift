extension Layer {
  /// The layer of a kind with its arguments, or nothing where the kind is a container.
  package init?(_ arguments: Arguments) {
    switch arguments.kind {
    case .convolution: self = .convolution(Convolution(arguments, insistedRank: nil))
    case .convolution1D: self = .convolution(Convolution(arguments, insistedRank: 1))
    case .convolution2D: self = .convolution(Convolution(arguments, insistedRank: 2))
    case .dense:
      var dense = Dense(units: arguments.count("units"))
      (dense.hasBias, dense.biasStart) = arguments.bias("bias")
      dense.activation = arguments.activation("act")
      self = .dense(dense)
    case .batchNormalization:
      var normalization = BatchNormalization()
      normalization.momentum = arguments.number("momentum")
      normalization.epsilon = arguments.number("eps")
      normalization.hasScale = arguments.flag("scale")
      normalization.hasCenter = arguments.flag("center")
      normalization.usesRunningStatistics = arguments.word("statistics") == "running"
      self = .batchNormalization(normalization)
    case .function(let function):
      self = .activation(
        Activation(function, function.parameter.map { arguments.number($0.name) }))
    case .activation:
      self = arguments.activation("function").map { .activation($0) } ?? .identity
    case .maximumPooling: self = .pooling(Pooling(arguments, kind: .maximum))
    case .averagePooling: self = .pooling(Pooling(arguments, kind: .average))
    case .globalAveragePooling: self = .globalPooling(.average)
    case .globalMaximumPooling: self = .globalPooling(.maximum)
    case .lastPosition: self = .globalPooling(.last)
    case .flatten: self = .flatten
    case .dropout: self = .dropout(Dropout(rate: arguments.number("rate")))
    case .scale: self = .scale(Scale(start: arguments.number("start")))
    case .subsample:
      self = .subsample(
        Subsample(
          channels: arguments.count("channels"), stride: arguments.extents("stride") ?? Extents(1)))
    case .identity: self = .identity
    case .sequential, .residual, .parallel, .repeated, .squeezeExcite, .highway, .rezero,
      .preactivation:
      return nil
    }
  }

  /// The arguments that make the layer again.
  package var arguments: Arguments {
    var arguments = Arguments(kind)
    switch self {
    case .convolution(let convolution): convolution.write(to: &arguments)
    case .dense(let dense):
      arguments["units"] = .count(dense.units)
      arguments["bias"] = .bias(dense.hasBias, start: dense.biasStart)
      arguments["act"] = .activation(dense.activation)
    case .batchNormalization(let normalization):
      arguments["momentum"] = .number(normalization.momentum)
      arguments["eps"] = .number(normalization.epsilon)
      arguments["scale"] = .flag(normalization.hasScale)
      arguments["center"] = .flag(normalization.hasCenter)
      arguments["statistics"] = .word(normalization.usesRunningStatistics ? "running" : "batch")
    case .activation(let activation):
      if let parameter = activation.function.parameter {
        arguments[parameter.name] = .number(activation.constant)
      }
    case .pooling(let pooling):
      arguments["size"] = .extents(pooling.size)
      if let stride = pooling.stride { arguments["stride"] = .extents(stride) }
      arguments["pad"] = .padding(pooling.padding)
      arguments["ceil"] = .flag(pooling.roundsUp)
    case .dropout(let dropout): arguments["rate"] = .number(dropout.rate)
    case .scale(let scale): arguments["start"] = .number(scale.start)
    case .subsample(let subsample):
      arguments["channels"] = .count(subsample.channels)
      arguments["stride"] = .extents(subsample.stride)
    case .globalPooling, .flatten, .identity: break
    }
    return arguments
  }
}

extension ArgumentValue {
  /// Whether there is a bias, or the number that it starts at.
  fileprivate static func bias(_ isThere: Bool, start: Double?) -> ArgumentValue {
    guard isThere, let start else { return .flag(isThere) }
    return .number(start)
  }
}

extension Convolution {
  fileprivate init(_ arguments: Arguments, insistedRank: Int?) {
    self.init(
      channels: arguments.count("channels"), kernel: arguments.extents("kernel") ?? Extents(1))
    stride = arguments.extents("stride") ?? Extents(1)
    padding = arguments.padding("pad")
    dilation = arguments.extents("dilation") ?? Extents(1)
    groups = arguments.count("groups")
    (hasBias, biasStart) = arguments.bias("bias")
    activation = arguments.activation("act")
    self.insistedRank = insistedRank
  }

  fileprivate func write(to arguments: inout Arguments) {
    arguments["channels"] = .count(channels)
    arguments["kernel"] = .extents(kernel)
    arguments["stride"] = .extents(stride)
    arguments["pad"] = .padding(padding)
    arguments["dilation"] = .extents(dilation)
    arguments["groups"] = .count(groups)
    arguments["bias"] = .bias(hasBias, start: biasStart)
    arguments["act"] = .activation(activation)
  }
}

extension Pooling {
  fileprivate init(_ arguments: Arguments, kind: Kind) {
    self.init(kind: kind, size: arguments.extents("size") ?? Extents(2))
    stride = arguments.extents("stride")
    padding = arguments.padding("pad")
    roundsUp = arguments.flag("ceil")
  }
}
