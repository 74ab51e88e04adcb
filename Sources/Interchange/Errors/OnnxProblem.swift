import Networks

/// An ONNX file that breaks the format or holds what no layer computes, or an attempt to write such a file.
package enum OnnxProblem: Error, Equatable, Sendable {
  /// A parameter that has no values to write, or values of another shape.
  case noValues(parameter: String)

  /// More bytes than the format's readers can count.
  case tooLarge(size: Int, limit: Int)

  /// Bytes that are no Protocol Buffers message.
  case bytes(ByteFault, byte: Int)
  case noModel

  /// A file that was just written and does not hold what it should.
  case otherWhenReadBack

  /// The version of the operators, or nothing where none is said.
  case version(Int64?, known: ClosedRange<Int64>)

  /// Values that go into the graph, or come out of it, where one should.
  case ends(Ends, names: [String])

  /// The extents of the graph's input, as texts.
  case inputShape(name: String, extents: [String])

  /// A value that no earlier node gives.
  case undefined(value: String, place: Place?)

  /// A value that is given twice.
  case repeated(value: String)
  case external(tensor: String)
  case tensor(name: String, TensorFault)

  /// A node that no layer covers, and the commands of the network up to it.
  case uncovered(Place, Uncovered, readSoFar: [String])

  /// What is wrong with bytes.
  package enum ByteFault: Equatable, Sendable {
    case endsEarly
    case key(UInt64)
    case number
  }

  /// The ends of a graph.
  package enum Ends: Equatable, Sendable {
    case inputs
    case outputs
  }

  /// What is wrong with a tensor.
  package enum TensorFault: Equatable, Sendable {
    case type(Int32)
    case extents([Int64])
    case values(expected: Int, found: Int)
  }

  /// A node of a graph.
  package struct Place: Equatable, Sendable {
    package let operation: String
    package let name: String

    /// Counted from 1.
    package let ordinal: Int
  }

  /// Why a node is not covered.
  package enum Uncovered: Equatable, Sendable {
    case operation
    case attribute(name: String, value: String)

    /// An input, counted from 1, that should be a constant of the right shape.
    case constant(input: Int)

    /// A layer that does not take what comes to it.
    case misfit(layer: String, input: Shape)

    /// Values of these shapes, which no join takes.
    case shapes([Shape])

    /// What two branches use that join at different places.
    case shared
    case nesting(limit: Int)
  }
}
