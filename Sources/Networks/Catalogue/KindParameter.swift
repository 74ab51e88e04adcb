/// A parameter of a kind.
package struct KindParameter: Sendable {
  package let name: String
  package let type: ArgumentType

  /// Nothing where a value must be given.
  package let defaultText: String?
  package let isPositional: Bool
  package let summary: String

  /// Other frameworks' words for it, which are understood as keys.
  package let aliases: [String]

  /// Whether all that hold blocks take it, so that it is told of once and not with each kind.
  package var isCommon = false

  static func positional(
    _ name: String, _ type: ArgumentType, default defaultText: String? = nil, _ summary: String,
    also aliases: [String] = []
  ) -> KindParameter {
    KindParameter(
      name: name, type: type, defaultText: defaultText, isPositional: true, summary: summary,
      aliases: aliases)
  }

  static func keyed(
    _ name: String, _ type: ArgumentType, default defaultText: String, _ summary: String,
    also aliases: [String] = []
  ) -> KindParameter {
    KindParameter(
      name: name, type: type, defaultText: defaultText, isPositional: false, summary: summary,
      aliases: aliases)
  }
}

extension KindParameter {
  /// The bias of a convolution or dense layer.
  static let bias = keyed(
    "bias", .bias, default: "yes", "learnable bias, or what it starts at", also: ["use_bias"])

  /// The activation argument of what has one.
  static let act = keyed(
    "act", .activation, default: "none", "activation of the result", also: ["activation"])

  /// Whether what holds blocks keeps what they put out, or has it computed again.
  package static let checkpoint: KindParameter = {
    var parameter = keyed(
      "checkpoint", .flag, default: "no",
      "computes the values inside again in the backward pass; less memory, the same bits",
      also: ["remat"])
    parameter.isCommon = true
    return parameter
  }()
}
