import Networks
import Testing

/// The parameters a network needs: order, paths, shapes and purposes.
struct ParameterSpecificationTests {
  /// Path and shape of every parameter, as text.
  private func summary(_ net: Network) -> [String] {
    net.parameters.map { specification in
      specification.path + " " + specification.shape.map(String.init).joined(separator: "x")
    }
  }

  @Test("in the order of execution, bodies before shortcuts, weights before running statistics")
  func order() throws {
    let net = try network(
      "4x16", "conv 4 3; residual { conv 8 3; bn }; repeat 2 { bn center=no }; gap; dense 3")
    #expect(
      summary(net) == [
        "conv1.weight 4x4x3", "conv1.bias 4", "res1.body.conv1.weight 8x4x3",
        "res1.body.conv1.bias 8", "res1.body.bn1.weight 8", "res1.body.bn1.bias 8",
        "res1.body.bn1.running_mean 8", "res1.body.bn1.running_var 8",
        "res1.shortcut.conv1.weight 8x4x1", "res1.shortcut.bn1.weight 8",
        "res1.shortcut.bn1.bias 8", "res1.shortcut.bn1.running_mean 8",
        "res1.shortcut.bn1.running_var 8", "rep1.1.bn1.weight 8", "rep1.1.bn1.running_mean 8",
        "rep1.1.bn1.running_var 8", "rep1.2.bn1.weight 8", "rep1.2.bn1.running_mean 8",
        "rep1.2.bn1.running_var 8", "dense1.weight 3x8", "dense1.bias 3",
      ])
  }

  @Test(
    "shapes and fans of kernels",
    arguments: [
      ("4x16", "conv 8 3", [8, 4, 3], 12, 24), ("4x16", "conv 8 3 groups=2", [8, 2, 3], 6, 24),
      ("4x9x9", "conv 8 3x5", [8, 4, 3, 5], 60, 120), ("4x9x9", "conv 8 3", [8, 4, 3, 3], 36, 72),
      ("4x16", "dense 5", [5, 64], 64, 5), ("7", "dense 5", [5, 7], 7, 5),
    ])
  func kernels(input: String, text: String, shape: [Int], fanIn: Int, fanOut: Int) throws {
    let parameters = try network(input, text).parameters
    #expect(parameters[0].shape == shape)
    #expect(parameters[0].count == shape.reduce(1, *))
    #expect(parameters[0].purpose == .kernel(fanIn: fanIn, fanOut: fanOut))
    #expect(parameters[1].shape == [shape[0]])
    #expect(parameters[1].purpose == .bias(fanIn: fanIn))
  }

  @Test("purposes of normalizations, and what is learned")
  func normalizations() throws {
    let parameters = try network("4x16", "bn").parameters
    #expect(
      parameters.map(\.purpose)
        == [.gamma(closesResidual: false), .beta, .runningMean, .runningVariance])
    #expect(parameters.map(\.isLearnable) == [true, true, false, false])
    #expect(parameters.map(\.key.role) == [.weight, .bias, .runningMean, .runningVariance])
    #expect(try network("4x16", "bn scale=no").parameters.map(\.purpose).first == .beta)
  }

  @Test(
    "the gamma that closes a residual body",
    arguments: [
      ("residual { bn; conv 4 3; bn }", ["res1.body.bn2"]), ("residual { conv 4 3; bn; relu }", []),
      ("bn; seq { bn }", []), ("residual { conv 8 3; bn }", ["res1.body.bn1"]),
      ("residual { seq { bn; seq { bn } } }", ["res1.body.seq1.seq1.bn1"]),
      ("residual { repeat 2 { conv 4 3; bn } }", ["res1.body.rep1.2.bn1"]),
      ("residual { residual { bn } }", ["res1.body.res1.body.bn1"]),
      ("residual { bn } { bn }", ["res1.body.bn1"]), ("residual { parallel { bn } }", []),
      ("repeat 2 { residual { bn } }", ["rep1.1.res1.body.bn1", "rep1.2.res1.body.bn1"]),
      ("residual { }", []),
    ])
  func closing(text: String, paths: [String]) throws {
    let closing = try network("4x16", text).parameters.filter {
      $0.purpose == .gamma(closesResidual: true)
    }
    #expect(closing.map(\.path) == paths.map { $0 + ".weight" })
  }

  @Test("keys are unique and stay through renames, moves and wraps")
  func keys() throws {
    let net = try network("4x16", "conv 4 3; bn; repeat 2 { conv 4 3 }; relu; seq { }")
    let keys = net.parameters.map(\.key)
    #expect(Set(keys).count == keys.count)
    let renamed = try net.renaming(net.at("conv1"), to: "stem")
    #expect(renamed.parameters.map(\.key) == keys)
    #expect(renamed.parameters[0].path == "stem.weight")
    let (wrapped, _) = try renamed.wrapping(renamed.run("stem..bn1"), in: arguments(.residual))
    #expect(wrapped.parameters.map(\.key) == keys)
    #expect(wrapped.parameters[0].path == "res1.body.stem.weight")
    let moved = try wrapped.moving(wrapped.run("res1"), to: wrapped.id("seq1"), before: nil)
    #expect(Set(moved.parameters.map(\.key)) == Set(keys))
  }

  @Test("counts add up to those of the network")
  func sums() throws {
    let nets = try [
      Recipes.cifar(n: 1, shortcuts: .projection), Recipes.wang(classes: 3),
      Recipes.cifar(n: 2, shortcuts: .zeroPadded),
    ]
    for net in nets {
      let (learned, running) = (
        net.parameters.filter(\.isLearnable), net.parameters.filter { !$0.isLearnable }
      )
      #expect(learned.map(\.count).reduce(0, +) == net.learnableCount)
      #expect(running.map(\.count).reduce(0, +) == net.runningCount)
    }
  }
}
