import Engine
import Networks
import Training

/// How many states hold each content, and how large the contents are.
struct Holdings {
  /// A content that states share, by its stamp; weights may be drawn without being learned.
  private enum Content: Hashable {
    case weights(UInt64, tensors: Int)
    case network(Int)
    case data(Int)
    case resumption(ObjectIdentifier)
  }

  /// A content's own bytes, and the arrays it holds, which others may hold too.
  private struct Holding {
    var count = 1
    var bytes = 0
    var arrays: [UInt] = []
  }

  private var holders: [Content: Holding] = [:]
  private var arrays: [UInt: (count: Int, bytes: Int)] = [:]
  private(set) var bytes = 0

  mutating func retain(_ state: SessionState) {
    Self.visit(state) { content, look in
      if holders[content] != nil {
        holders[content]?.count += 1
        return
      }
      var holding = Holding()
      look(&holding.bytes) { address, size in
        holding.arrays.append(address)
        if arrays[address] != nil {
          arrays[address]?.count += 1
          return
        }
        arrays[address] = (1, size)
        bytes += size
      }
      bytes += holding.bytes
      holders[content] = holding
    }
  }

  mutating func release(_ state: SessionState) {
    Self.visit(state) { content, _ in
      guard let known = holders[content] else { return }
      if known.count > 1 {
        holders[content]?.count -= 1
        return
      }
      holders[content] = nil
      bytes -= known.bytes
      for address in known.arrays {
        guard let array = arrays[address] else { continue }
        arrays[address] = array.count > 1 ? (array.count - 1, array.bytes) : nil
        if array.count == 1 { bytes -= array.bytes }
      }
    }
  }

  /// What a look at a content tells: its own bytes, and the arrays it shares with others.
  private typealias Look = (_ bytes: inout Int, _ array: (_ address: UInt, _ bytes: Int) -> Void)
    -> Void

  private static func visit(_ state: SessionState, _ body: (Content, Look) -> Void) {
    for known in state.networks.values {
      body(.network(known.stamp)) { bytes, _ in
        bytes = known.network.facts.count * Self.bytesPerBlock
      }
      let weights = known.weights
      body(.weights(weights.version, tensors: weights.parameters.count)) { _, array in
        weights.parameters.visitArrays(array)
        for moment in weights.optimizerState.moments { moment.visitArrays(array) }
      }
      if let shared = known.sharedResumption {
        body(.resumption(ObjectIdentifier(shared))) { bytes, array in
          bytes = MemoryLayout<Resumption>.size
          for store in shared.value.point.stores { store.values.visitArrays(array) }
          shared.value.origin.data?.visitArrays(array)
        }
      }
    }
    if let data = state.data {
      body(.data(state.dataStamp)) { _, array in data.visitArrays(array) }
    }
  }

  /// What a block and its facts take in a state of their own, a little more than measured on 5,000 of them.
  private static let bytesPerBlock = 150
}

extension ParameterStore {
  /// The arrays by their places in memory, which copies share until one of them is changed.
  fileprivate func visitArrays(_ body: (_ address: UInt, _ bytes: Int) -> Void) {
    for key in keys { self[key]?.values.visit(body) }
  }
}

extension Dataset {
  /// The arrays by their places in memory, which sets that are made of each other share.
  fileprivate func visitArrays(_ body: (_ address: UInt, _ bytes: Int) -> Void) {
    for part in [train, test].compactMap(\.self) {
      part.rows.tensor?.values.visit(body)
      switch part.targets {
      case .classes(let labels, _): labels.visit(body)
      case .maps(let maps): maps.labels.visit(body)
      case .values(let values): values.values.visit(body)
      case .none: break
      }
    }
  }
}

extension Array {
  fileprivate func visit(_ body: (_ address: UInt, _ bytes: Int) -> Void) {
    withUnsafeBytes { bytes in
      if bytes.count > 0 { body(UInt(bitPattern: bytes.baseAddress), bytes.count) }
    }
  }
}
