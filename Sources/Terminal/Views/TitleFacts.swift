import Sessions

/// What the title line says: the current network and what it is trained on.
package struct TitleFacts: Hashable, Sendable {
  package var network: String

  /// `1×8×8 → 10`.
  package var shapes: String
  package var parameters: Int

  /// Those of them that training leaves as they are.
  package var frozen: Int
  package var multiplyAdds: Int

  /// The data set in a few words, such as `digits 1437 + 360`.
  package var data: String?

  /// The optimizer in a few words, such as `SGD lr 0.1`.
  package var optimizer: String?

  /// What computes, such as `2 threads, AVX2`.
  package var device: String?

  /// Facts of a network.
  package init(
    network: String, shapes: String, parameters: Int, frozen: Int = 0, multiplyAdds: Int,
    data: String? = nil, optimizer: String? = nil, device: String? = nil
  ) {
    self.network = network
    self.shapes = shapes
    self.parameters = parameters
    self.frozen = frozen
    self.multiplyAdds = multiplyAdds
    self.data = data
    self.optimizer = optimizer
    self.device = device
  }

  /// The line before there is a network.
  package static let withoutNetwork = FieldLine([
    FieldLine.Field(StyledLine("espalier", Style(.title, .bold)), importance: 1)
  ])

  /// The line.
  package func line(glyphs: Glyphs) -> FieldLine {
    func count(_ number: String, _ noun: String) -> StyledLine {
      StyledLine(number) + StyledLine(" " + noun, .faint)
    }
    var fields = [
      FieldLine.Field(StyledLine("espalier", Style(.title, .bold)), importance: 20),
      FieldLine.Field(
        StyledLine("net ", .faint) + StyledLine(glyphs.spell(network), .strong), importance: 90),
      FieldLine.Field(StyledLine(glyphs.spell(shapes)), importance: 80),
      FieldLine.Field(count(Numbers.grouped(parameters), "parameters"), importance: 70),
      FieldLine.Field(count(Numbers.short(multiplyAdds), "multiply-adds"), importance: 40),
    ]
    if frozen > 0 {
      fields.append(FieldLine.Field(count(Numbers.grouped(frozen), "frozen"), importance: 65))
    }
    for (text, importance) in [(data, 60), (optimizer, 50), (device, 30)] {
      guard let text else { continue }
      fields.append(FieldLine.Field(StyledLine(glyphs.spell(text)), importance: importance))
    }
    return FieldLine(fields, keepsOrder: true)
  }
}
