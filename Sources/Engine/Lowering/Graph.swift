import Kernels
import Networks

/// A network lowered to operations in order of execution.
struct Graph {
  var nodes: [Node] = []

  /// Floats of each value; value 0 is the input.
  var counts: [Int]
  let input: Extent
  let inputShape: Shape
  var output: ValueID = 0
  let outputExtent: Extent

  /// How values with positions lie in memory.
  var order = ChannelOrder.last

  /// The parts of which the backward pass computes the values again.
  var checkpoints: [Checkpoint] = []

  /// The checkpoints that are open while nodes are added, the outermost first.
  var openCheckpoints: [Int] = []

  /// The value that leaves each block, where no fusion swallowed it.
  var blockOutputs: [(block: BlockID, path: String, value: ValueID, extent: Extent)] = []

  init(input: Extent, inputShape: Shape, outputExtent: Extent) {
    counts = [input.count]
    self.input = input
    self.inputShape = inputShape
    self.outputExtent = outputExtent
  }

  /// Adds an operation and returns its value.
  mutating func append(
    _ operation: Operation, _ inputs: [ValueID], count: Int, block: BlockID, path: String
  ) -> ValueID {
    let output = counts.count
    counts.append(count)
    nodes.append(
      Node(
        operation: operation, inputs: inputs, output: output, block: block, path: path,
        checkpoints: openCheckpoints))
    return output
  }

  /// How many operations read each value; the network's output counts as read once more.
  var uses: [Int] {
    var result = Array(repeating: 0, count: counts.count)
    for node in nodes { for input in node.inputs { result[input] += 1 } }
    result[output] += 1
    return result
  }
}
