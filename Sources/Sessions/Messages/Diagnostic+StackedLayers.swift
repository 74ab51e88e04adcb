import Language
import Networks

extension Diagnostic {
  private static let keys = ["layers", "num_layers"]

  /// A recurrent layer that was asked for several of itself, which is a repeat here; nothing for other faults.
  init?(_ fault: ArgumentFault, in item: Specification) {
    guard case .unknownKey(let kind, let key) = fault, Self.keys.contains(key),
      kind == .longShortTermMemory || kind == .gatedRecurrentUnit, let option = item.option(key),
      let count = Int(option.value.text), (1...NetworkLimits.blocks).contains(count)
    else { return nil }
    let source = item.range.source
    let isWhole = item.kind.range.source === source
    let range =
      isWhole
      ? source.range(item.kind.range.lowerBound, item.range.upperBound) : item.range
    self.init(
      .argument, "\(kind.rawValue) has no key \(key); layers one after another are a repeat",
      at: range, offers: ["help repeat"], replacement: Self.stack(of: count, item, but: key))
  }

  /// So many of a layer, of which only the last gives its last state alone.
  private static func stack(of count: Int, _ item: Specification, but key: String) -> String {
    func text(_ options: [Option]) -> String { options.map { " " + $0.text }.joined() }
    let outer = item.options.filter { ["name", "frozen"].contains($0.name) }
    let own = item.options.filter { option in
      option.name != key && !outer.contains { $0.name == option.name }
    }
    let layer = ([item.kind] + item.words).map(\.text).joined(separator: " ")
    if count == 1 { return layer + text(own) + text(outer) }
    let isLast = own.contains { $0.name == "return" && $0.value.text == "last" }
    guard isLast else { return "repeat \(count)\(text(outer)) { \(layer)\(text(own)) }" }
    let before = layer + text(own.filter { $0.name != "return" })
    let first = count == 2 ? before : "repeat \(count - 1) { \(before) }"
    return "seq\(text(outer)) { \(first); \(layer)\(text(own)) }"
  }
}

extension Option {
  /// The key and its value as they are typed.
  fileprivate var text: String { "\(name)=\(value.text)" }
}
