import Networks
import Testing

@testable import Engine

/// Every layer against its definition in double precision: outputs directly, gradients by central differences.
@Suite struct GradientTests {
  /// A small network that exercises something.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let input: [Int]
    var batch = 3
    let blocks: @Sendable () -> [Block]

    var testDescription: String { name }
  }

  static let convolutions: [Case] = [
    Case(name: "conv of a series", input: [2, 9]) { [conv(5, Extents(3)), gap] },
    Case(name: "conv of an image", input: [3, 6, 5]) { [conv(4, Extents(3)), gap] },
    Case(name: "even kernel", input: [2, 11]) { [conv(4, Extents(4)), gap] },
    Case(name: "kernel 8", input: [1, 13]) {
      [conv(6, Extents(8)), relu, conv(3, Extents(2)), gap]
    },
    Case(name: "stride 2", input: [3, 11]) {
      [
        conv(5, Extents(3)) { $0.stride = Extents(2) },
        conv(4, Extents(3)) { $0.stride = Extents(2) }, gap,
      ]
    },
    Case(name: "stride 3 kernel 2, no padding", input: [2, 14]) {
      [
        conv(4, Extents(1)),
        conv(5, Extents(2)) {
          $0.stride = Extents(3)
          $0.padding = Padding(0)
        }, gap,
      ]
    },
    Case(name: "stride 2 kernel 1", input: [3, 7, 6]) {
      [conv(4, Extents(1)), conv(5, Extents(1)) { $0.stride = Extents(2) }, gap]
    },
    Case(name: "dilation", input: [2, 15]) {
      [conv(4, Extents(3)), conv(4, Extents(3)) { $0.dilation = Extents(3) }, gap]
    },
    Case(name: "dilation and stride of an image", input: [2, 9, 8]) {
      [
        conv(3, Extents(1)),
        conv(4, Extents([3, 2])) {
          $0.dilation = Extents([2, 1])
          $0.stride = Extents([1, 2])
        }, gap,
      ]
    },
    Case(name: "groups", input: [4, 8]) {
      [conv(6, Extents(1)), conv(8, Extents(3)) { $0.groups = 2 }, gap]
    },
    Case(name: "depthwise", input: [3, 6, 6]) {
      [conv(20, Extents(1)), conv(20, Extents(3)) { $0.groups = 20 }, gap]
    },
    Case(name: "depthwise with multiplier and stride", input: [3, 9]) {
      [
        conv(4, Extents(1)),
        conv(8, Extents(3)) {
          $0.groups = 4
          $0.stride = Extents(2)
        }, gap,
      ]
    },
    Case(name: "one-sided padding", input: [2, 7]) {
      [
        conv(3, Extents(1)),
        conv(4, Extents(3)) { $0.padding = .explicit([Padding.Sides(before: 2, after: 0)]) }, gap,
      ]
    },
    Case(name: "padding wider than the kernel", input: [2, 5]) {
      [conv(3, Extents(1)), conv(4, Extents(2)) { $0.padding = Padding(4) }, gap]
    },
    Case(name: "more than sixteen channels", input: [3, 5, 5]) {
      [conv(20, Extents(3)), relu, conv(35, Extents(3)), gap, dense(3)]
    },
    Case(name: "thirty-two channels", input: [2, 6]) {
      [conv(32, Extents(3)), conv(16, Extents(3)), gap, dense(3)]
    },
    Case(name: "one example", input: [2, 9], batch: 1) { [conv(5, Extents(3)), relu, gap] },
    Case(name: "one position", input: [3, 1], batch: 2) { [conv(5, Extents(3)), gap] },
    Case(name: "kernel wider than the input", input: [2, 3]) { [conv(4, Extents(7)), gap] },
    Case(name: "no bias, with activation", input: [2, 9]) {
      [
        conv(5, Extents(3)) {
          $0.hasBias = false
          $0.activation = .tanh
        }, gap,
      ]
    },
  ]

  static let others: [Case] = [
    Case(name: "dense", input: [7]) { [dense(5) { $0.activation = .relu }, dense(3)] },
    Case(name: "dense without bias", input: [7]) { [dense(5) { $0.hasBias = false }, dense(3)] },
    Case(name: "dense of a series", input: [3, 4]) { [conv(2, Extents(3)), dense(4)] },
    Case(name: "dense of an image", input: [2, 3, 4]) { [conv(3, Extents(3)), relu, dense(4)] },
    Case(name: "flatten", input: [2, 5]) { [conv(3, Extents(3)), leaf(.flatten), dense(3)] },
    Case(name: "bn", input: [2, 8]) { [conv(5, Extents(3)), bn(), gap, dense(3)] },
    Case(name: "bn relu", input: [2, 8]) { [conv(5, Extents(3)), bn(), relu, gap, dense(3)] },
    Case(name: "bn of running statistics", input: [2, 8]) {
      [conv(5, Extents(3)), bn { $0.usesRunningStatistics = true }, relu, gap, dense(3)]
    },
    Case(name: "last position", input: [2, 7]) {
      [conv(5, Extents(3)) { $0.padding = .causal }, leaf(.globalPooling(.last)), dense(3)]
    },
    Case(name: "bn of features", input: [6], batch: 5) { [dense(7), bn(), relu, dense(3)] },
    Case(name: "bn of the input", input: [3, 5, 4]) { [bn(), conv(3, Extents(3)), gap] },
    Case(name: "bn without scale", input: [2, 8]) {
      [conv(4, Extents(3)), bn { $0.hasScale = false }, relu, gap]
    },
    Case(name: "bn without center", input: [2, 8]) {
      [conv(4, Extents(3)), bn { $0.hasCenter = false }, act(.tanh), gap]
    },
    Case(name: "bn epsilon", input: [2, 8]) {
      [conv(4, Extents(3)), bn { $0.epsilon = 0.1 }, act(.sigmoid), gap]
    },
    Case(name: "bn of many channels", input: [3, 4, 4]) {
      [conv(33, Extents(1)), bn(), relu, gap, dense(3)]
    },
    Case(name: "bn after relu", input: [2, 8]) {
      [conv(4, Extents(3)) { $0.activation = .relu }, bn(), gap]
    },
    Case(name: "max pooling", input: [2, 7, 6]) {
      [conv(3, Extents(3)), pool(.maximum, Extents(2)), gap]
    },
    Case(name: "overlapping max pooling", input: [2, 9]) {
      [
        conv(3, Extents(3)),
        pool(.maximum, Extents(3)) {
          $0.stride = Extents(2)
          $0.padding = Padding(1)
        }, gap,
      ]
    },
    Case(name: "average pooling with padding", input: [2, 6, 7]) {
      [
        conv(3, Extents(3)),
        pool(.average, Extents(3)) {
          $0.stride = Extents(2)
          $0.padding = Padding(1)
        }, gap,
      ]
    },
    Case(name: "average pooling rounded up", input: [2, 7]) {
      [conv(3, Extents(3)), pool(.average, Extents(2)) { $0.roundsUp = true }, gap]
    },
    Case(name: "max pooling rounded up", input: [2, 7, 7]) {
      [conv(3, Extents(3)), pool(.maximum, Extents(2)) { $0.roundsUp = true }, gap]
    },
    Case(name: "global maximum", input: [2, 7]) {
      [conv(5, Extents(3)), leaf(.globalPooling(.maximum)), dense(3)]
    },
    Case(name: "global average of an image", input: [2, 4, 5]) {
      [conv(5, Extents(3)), gap, dense(3)]
    },
    Case(name: "softmax over channels", input: [2, 5]) {
      [conv(4, Extents(3)), act(.softmax), gap, dense(3)]
    },
    Case(name: "dropout of nothing and identity", input: [2, 5]) {
      [conv(4, Extents(3)), leaf(.dropout(Dropout(rate: 0))), leaf(.identity), gap]
    },
    Case(name: "subsample", input: [2, 7, 5]) {
      [
        conv(3, Extents(3)), leaf(.subsample(Subsample(channels: 5, stride: Extents(2)))), gap,
      ]
    },
  ]

  static let activations: [Case] =
    [
      Activation(.leaky, 0.1), Activation(.elu, 0.7),
    ].map(gradientCase(of:)) + Activation.Function.allCases.map { gradientCase(of: Activation($0)) }

  private static func gradientCase(of activation: Activation) -> Case {
    Case(name: "\(activation.function) \(activation.constant)", input: [3, 5]) {
      [conv(4, Extents(3)), act(activation), conv(3, Extents(1)), gap]
    }
  }

  static let structures: [Case] = [
    Case(name: "the seed's block", input: [1, 16]) {
      [
        residual(
          activation: .relu,
          [
            conv(10, Extents(3)) { $0.stride = Extents(2) }, bn(), relu, conv(10, Extents(3)), bn(),
            relu, conv(10, Extents(3)), bn(), relu,
          ]), gap, dense(4),
      ]
    },
    Case(name: "identity shortcut", input: [3, 6]) {
      [
        conv(4, Extents(3)),
        residual(activation: .relu, [conv(4, Extents(3)), bn(), relu, conv(4, Extents(3)), bn()]),
        gap,
      ]
    },
    Case(name: "projected shortcut", input: [3, 6, 6]) {
      [
        conv(4, Extents(3)),
        residual(
          activation: .relu,
          [
            conv(6, Extents(3)) { $0.stride = Extents(2) }, bn(), relu, conv(6, Extents(3)), bn(),
          ]), gap,
      ]
    },
    Case(name: "shortcut A", input: [3, 6, 6]) {
      [
        conv(4, Extents(3)),
        residual(
          .zeroPadded, activation: .relu,
          [
            conv(6, Extents(3)) { $0.stride = Extents(2) }, bn(),
          ]), gap,
      ]
    },
    Case(name: "pooled shortcut", input: [3, 6, 6]) {
      [
        conv(4, Extents(3)),
        residual(
          .pooled, activation: .relu,
          [
            conv(6, Extents(3)) { $0.stride = Extents(2) }, bn(),
          ]), gap,
      ]
    },
    Case(name: "scaled residual", input: [3, 6]) {
      [
        conv(4, Extents(3)), residual(scale: 0.3, [conv(4, Extents(3)), relu]),
        residual(activation: .tanh, scale: 0.5, [conv(4, Extents(3)), bn()]), gap,
      ]
    },
    Case(name: "residual of the input", input: [3, 6]) {
      [residual(activation: .relu, [conv(3, Extents(3))]), gap]
    },
    Case(name: "residual of bn alone", input: [3, 6]) {
      [conv(4, Extents(3)), residual(activation: .relu, [bn()]), gap]
    },
    Case(name: "nested residuals", input: [3, 6]) {
      [
        residual(
          activation: .relu,
          [
            residual([conv(5, Extents(3)), bn(), relu]), conv(5, Extents(3)), bn(),
          ]),
        residual([residual([relu, conv(5, Extents(3))]), act(.tanh)]), gap,
      ]
    },
    Case(name: "pre-activation", input: [2, 6]) {
      [
        conv(4, Extents(3)),
        residual([bn(), relu, conv(4, Extents(3)), bn(), relu, conv(4, Extents(3))]),
        residual([bn(), relu, conv(4, Extents(3))]), bn(), relu, gap,
      ]
    },
    Case(name: "residual of features", input: [6]) {
      [dense(5), residual([dense(5) { $0.activation = .relu }]), dense(3)]
    },
    Case(name: "concatenated branches", input: [3, 6]) {
      [
        conv(4, Extents(1)),
        parallel(.concatenate, [[conv(2, Extents(1)), relu], [conv(3, Extents(3))], []]), gap,
      ]
    },
    Case(name: "added branches with bn", input: [3, 6]) {
      [
        conv(4, Extents(1)),
        parallel(.add, [[conv(4, Extents(3)), bn()], [bn()], [act(.tanh)]]), relu, gap,
      ]
    },
    Case(name: "two bn of one value", input: [3, 6]) {
      [conv(4, Extents(1)), parallel(.add, [[bn()], [bn { $0.epsilon = 0.01 }]]), relu, gap]
    },
    Case(name: "branches that do nothing", input: [3, 6]) {
      [conv(4, Extents(1)), parallel(.add, [[], []]), parallel(.concatenate, [[], []]), gap]
    },
    Case(name: "bn of the input in a sum", input: [3, 6]) {
      [parallel(.add, [[bn()], [conv(3, Extents(3))]]), relu, gap]
    },
    Case(name: "bn of the input added to a branch", input: [3, 6]) {
      [
        parallel(
          .add,
          [
            [
              bn {
                $0.hasScale = false; $0.hasCenter = false
              }
            ], [conv(3, Extents(3)), relu],
          ]),
        relu, conv(3, Extents(3)), gap,
      ]
    },
    Case(name: "relu of the input's bn", input: [3, 6]) {
      [parallel(.add, [[bn()], [bn()]]), relu, conv(3, Extents(3)), gap]
    },
  ]

  @Test(
    arguments: convolutions + others + activations + structures + gates + normalizations + shaping
      + sharing + rearranging + taps + attentions + recurrents + series)
  func ourOwnKernels(_ item: Case) throws { try check(item, usesLibrary: false) }

  @Test(
    arguments: convolutions + structures + gates + normalizations + shaping + sharing + rearranging
      + taps + attentions + recurrents)
  func library(_ item: Case) throws { try check(item, usesLibrary: true) }

  private func check(_ item: Case, usesLibrary: Bool) throws {
    let network = try network(item.input, item.blocks())
    let parameters = randomParameters(network)
    let batch = examples(network, count: item.batch)
    let model = try Model(
      network: network, parameters: parameters, usesLibrary: usesLibrary,
      prefersDirect: !usesLibrary)
    try checkOutputs(network, parameters, batch, model, usesLibrary: usesLibrary)
    let result = try model.differentiate(batch, rows: 0..<batch.count)
    var reference = Reference(network, parameters, isTraining: true)
    let loss = Reference.loss("", reference.output(batch.inputs), batch.targets)
    #expect(abs(result.loss - loss) <= 1e-5 * max(1, abs(loss)))
    let gradients = model.gradients
    var dice = Dice(11)
    for specification in network.parameters where specification.isLearnable {
      let key = specification.key
      guard let found = gradients[key], let values = reference.parameters[key] else {
        Issue.record("no gradient for \(specification.path)")
        continue
      }
      let scale = max(found.values.map { abs(Double($0)) }.max() ?? 0, 1e-2)
      for _ in 0..<min(specification.count, 4) {
        let index = dice.below(specification.count)
        let expected = derivative(&reference, key, index, values[index], batch)
        let distance = abs(Double(found.values[index]) - expected)
        #expect(
          distance <= 2e-4 * max(scale, abs(expected)),
          "\(specification.path)[\(index)]: \(found.values[index]) for \(expected)")
      }
    }
  }

  private func checkOutputs(
    _ network: Network, _ parameters: ParameterStore, _ batch: Examples, _ model: Model,
    usesLibrary: Bool
  ) throws {
    let expected = Reference(network, parameters, isTraining: false).output(batch.inputs)
    let found = try model.predict(batch.inputs)
    #expect(found.shape == [batch.count] + network.output.extents)
    let scale = max(1, expected.values.map { abs($0) }.max() ?? 0)
    for (index, value) in expected.values.enumerated() {
      #expect(abs(Double(found.values[index]) - value) <= 2e-5 * scale)
    }
  }

  /// Central differences of two step sizes; kinks in between show as disagreement and take a smaller step.
  private func derivative(
    _ reference: inout Reference, _ key: ParameterKey, _ index: Int, _ value: Double,
    _ batch: Examples
  ) -> Double {
    func slope(_ step: Double, _ reference: inout Reference) -> Double {
      var losses: [Double] = []
      for sign in [1.0, -1.0] {
        reference.parameters[key]?[index] = value + sign * step
        losses.append(Reference.loss("", reference.output(batch.inputs), batch.targets))
      }
      reference.parameters[key]?[index] = value
      return (losses[0] - losses[1]) / (2 * step)
    }
    var step = 1e-4
    var coarse = slope(step, &reference)
    for _ in 0..<4 {
      step /= 8
      let fine = slope(step, &reference)
      if abs(fine - coarse) <= 1e-5 * max(abs(fine), 1e-3) { return fine }
      coarse = fine
    }
    return coarse
  }
}
