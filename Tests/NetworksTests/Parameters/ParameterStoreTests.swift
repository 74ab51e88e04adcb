import Networks
import Testing

/// Values of parameters, kept by the identity of their blocks.
struct ParameterStoreTests {
  private func filled(_ net: Network) -> ParameterStore {
    var store = ParameterStore()
    for (index, specification) in net.parameters.enumerated() {
      store[specification.key] = Tensor(shape: specification.shape, filledWith: Float(index))
    }
    return store
  }

  @Test("an edit keeps the values of all blocks whose shapes stay")
  func kept() throws {
    let net = try network("4x16", "conv 4 3; bn; conv 4 3; gap; dense 2")
    let store = filled(net)
    #expect(store.count == net.parameters.count)
    let (wrapped, _) = try net.wrapping(net.run("conv1..bn1"), in: arguments(.residual))
    #expect(store.kept(for: wrapped.parameters) == store)
    let wider = try net.setting([("channels", "8")], on: [net.at("conv2")])
    let kept = store.kept(for: wider.parameters)
    let lost = wider.parameters.filter { kept[$0.key] == nil }.map(\.path)
    #expect(lost == ["conv2.weight", "conv2.bias", "dense1.weight"])
    let without = try net.removing(net.run("conv1"))
    #expect(store.kept(for: without.parameters).count == store.count - 2)
  }

  @Test("a value: a copy does not follow")
  func value() throws {
    let net = try network("4", "dense 2")
    var store = filled(net)
    let old = store
    let key = net.parameters[0].key
    store[key] = Tensor(shape: [2, 4], filledWith: 7)
    #expect(old[key]?.values == Array(repeating: 0, count: 8))
    store[key] = nil
    #expect(store.count == 1 && !store.isEmpty)
    #expect(Set(old.keys) == Set(net.parameters.map(\.key)))
    #expect(ParameterStore().isEmpty)
  }

  @Test("tensors and examples: shapes and counts")
  func tensors() {
    let tensor = Tensor(shape: [3, 2, 4], filledWith: 1)
    #expect(tensor.count == 24)
    let labels = Examples.Targets.classes([0, 1, 0], names: ["a", "b"])
    let examples = Examples(inputs: tensor, targets: labels)
    #expect(examples.count == 3)
    #expect(examples.shape == Shape([2, 4]))
    #expect(examples.classNames == ["a", "b"])
    let values = Examples(inputs: tensor, targets: .values(Tensor(shape: [3, 1])))
    #expect(values.classNames == nil)
  }
}
