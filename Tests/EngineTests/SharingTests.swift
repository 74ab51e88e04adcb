import Networks
import Testing

@testable import Engine

/// A shared body against separate copies of the same weights.
@Suite struct SharingTests {
  private static func body() -> [Block] {
    numbered([conv(4, Extents(3)), bn(), relu, conv(4, Extents(3)) { $0.activation = .tanh }])
  }

  private static func nets(_ passes: Int) throws -> (shared: Network, separate: Network) {
    let shared = Block(name: "rep", form: .shared(BlockList(body()), passes: passes))
    let copies = (1...passes).map {
      Block(name: "\($0)", form: .sequential(BlockList(body())))
    }
    let separate = Block(name: "rep", form: .repeated(BlockList(copies)))
    return (
      try network([3, 6, 6], [conv(4, Extents(1)), shared, gap, dense(3)]),
      try network([3, 6, 6], [conv(4, Extents(1)), separate, gap, dense(3)])
    )
  }

  /// The path without the ordinal of a copy.
  private static func shared(_ path: String) -> String {
    path.split(separator: ".").filter { Int($0) == nil }.joined(separator: ".")
  }

  @Test(arguments: [1, 2])
  func outputsAndSummedGradients(threads: Int) throws {
    let (one, many) = try Self.nets(3)
    let parameters = randomParameters(one)
    let byPath = Dictionary(
      uniqueKeysWithValues: one.parameters.map { ($0.path, $0.key) })
    var copied = ParameterStore()
    for specification in many.parameters {
      let key = try #require(byPath[Self.shared(specification.path)])
      copied[specification.key] = parameters[key]
    }
    let batch = examples(one, count: 4)
    let first = try Model(network: one, parameters: parameters, threads: threads)
    let second = try Model(network: many, parameters: copied, threads: threads)
    #expect(try first.predict(batch.inputs) == second.predict(batch.inputs))
    let loss = try first.differentiate(batch, rows: 0..<4).loss
    #expect(try second.differentiate(batch, rows: 0..<4).loss == loss)
    var sums: [String: [Double]] = [:]
    for specification in many.parameters where specification.isLearnable {
      let gradient = try #require(second.gradients[specification.key])
      let path = Self.shared(specification.path)
      sums[path] = zip(sums[path] ?? gradient.values.map { _ in 0 }, gradient.values).map {
        $0 + Double($1)
      }
    }
    for (path, sum) in sums {
      let key = try #require(byPath[path])
      let gradient = try #require(first.gradients[key]).values
      let largest = max(1e-3, sum.map(abs).max() ?? 0)
      for (found, expected) in zip(gradient, sum) {
        #expect(abs(Double(found) - expected) <= 2e-6 * largest, "\(path)")
      }
    }
  }

  @Test func passesDropDifferentValues() throws {
    let body = numbered([leaf(.dropout(Dropout(rate: 0.5)))])
    let net = try network(
      [64], [Block(name: "rep", form: .shared(BlockList(body), passes: 2)), leaf(.identity)])
    let model = try Model(network: net, parameters: randomParameters(net), loss: .l2)
    let ones = Tensor(shape: [1, 64], values: Array(repeating: 1, count: 64))
    let outputs = try model.outputs(ones, rows: 0..<1, training: true)
    let output = try #require(outputs[net.root.children[1].id]).values
    // With the same mask in both passes half of the values would be left.
    #expect(output.count { $0 == 0 } > 38)
    #expect(Set(output).isSubset(of: [0, 4]))
  }
}
