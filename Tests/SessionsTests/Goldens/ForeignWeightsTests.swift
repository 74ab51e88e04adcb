import Interchange
import Testing

@testable import Sessions

/// Small residual networks of PyTorch and Gluon, as `make_weights.py` and `make_gluon_weights.py` wrote them,
/// compute here what they compute there.
@Suite struct ForeignWeightsTests {
  /// A file, the network it is for, and what `load` answers.
  struct Case: CustomTestStringConvertible, Sendable {
    let file: String
    let network: String
    let examples: String
    let answer: [String]
    var testDescription: String { file }
  }

  private static let stem =
    "add conv 2 7 stride=2 pad=3 bias=no; add bn; add relu; add maxpool 3 stride=2 pad=1; "
  private static let head = "; add gap; add dense 3"

  private static let basic =
    "input 1x12x12; " + stem + "add repeat 1 name=stage1 { basicblock 2 }; "
    + "add seq name=stage2 { basicblock 3 stride=2; basicblock 3 }" + head
  private static let gluon =
    "input 1x12x12; " + stem + "add repeat 2 name=stage1 { basicblock 2 }; "
    + "add seq name=stage2 { basicblock 3 stride=2 }" + head

  private static let cases = [
    Case(
      file: "basic.pth", network: basic, examples: "basic",
      answer: [
        "loaded 42 tensors from basic.pth: 1×12×12 → 3, 527 parameters",
        "  named as in PyTorch: layer1.0.conv1.weight is stage1.1.res1.body.conv1.weight",
      ]),
    Case(
      file: "training.pth", network: basic, examples: "basic",
      answer: [
        "loaded 42 tensors from training.pth: 1×12×12 → 3, 527 parameters",
        "  named as in PyTorch: module.conv1.weight is conv1.weight",
        "  module. before all names was left off",
        "  taken from its state_dict; left out: optimizer",
      ]),
    Case(
      file: "bottleneck.safetensors",
      network: "input 2x12x12; add seq name=net { "
        + stem.replacing("add ", with: "")
        + "repeat 2 { bottleneck 1 }; seq { seq { bottleneck 2 stride=2 } }; gap; dense 3 }",
      examples: "bottleneck",
      answer: [
        "loaded 62 tensors from bottleneck.safetensors: 2×12×12 → 3, 431 parameters",
        "  named as in PyTorch: conv1.weight is net.conv1.weight",
        "  converted to F32: 62 tensors of F16",
      ]),
    Case(
      file: "cifar.safetensors",
      network: "input 1x12x12; add conv 2 3 bias=no; add bn; add relu; add basicblock 2; "
        + "add basicblock 2; add basicblock 3 stride=2; add basicblock 3" + head,
      examples: "cifar",
      answer: [
        "loaded 52 tensors from cifar.safetensors: 1×12×12 → 3, 527 parameters",
        "  named as in PyTorch: layer1.0.conv1.weight is res1.body.conv1.weight",
        "  converted to F32: 52 tensors of F64",
      ]),
    Case(
      file: "synchronized.pth",
      network:
        "def block(c, stride=1) { residual act=relu { conv $c 3 stride=$stride pad=1 bias=no; "
        + "bn sync=yes; relu; conv $c 3 pad=1 bias=no; bn sync=yes } }; "
        + "input 1x12x12; add conv 2 3 bias=no; add bn sync=yes; add relu; add block 2; "
        + "add block 3 stride=2" + head,
      examples: "synchronized",
      answer: [
        "loaded 32 tensors from synchronized.pth: 1×12×12 → 3, 273 parameters",
        "  named as in PyTorch: layer1.0.conv1.weight is res1.body.conv1.weight",
      ]),
    Case(
      file: "gluon.params", network: gluon, examples: "gluon",
      answer: [
        "loaded 42 tensors from gluon.params: 1×12×12 → 3, 433 parameters",
        "  named as in Gluon: features.0.weight is conv1.weight",
      ]),
    Case(
      file: "gluon_prefix.params", network: gluon, examples: "gluon",
      answer: [
        "loaded 42 tensors from gluon_prefix.params: 1×12×12 → 3, 433 parameters",
        "  named as in Gluon: resnetv10_conv0_weight is conv1.weight",
      ]),
  ]

  private func foreign(_ example: Case) -> ForeignWeights {
    let folder = ForeignWeights.folder
    return ForeignWeights(
      network: example.network, weights: "\(folder)/\(example.file)",
      examples: "\(folder)/\(example.examples)_examples.safetensors")
  }

  @Test(arguments: cases) func outputsAgree(_ example: Case) throws {
    let (answer, distance) = try foreign(example).loaded()
    #expect(answer == example.answer)
    #expect(distance <= 1e-5, "\(distance)")
  }

  @Test(arguments: cases.filter { !$0.file.hasSuffix(".safetensors") })
  func orderAloneGivesTheSame(_ example: Case) throws {
    let (answer, distance) = try foreign(example).loaded(keys: "match=order")
    #expect(answer.first?.contains(" tensors from \(example.file) by order: ") == true)
    #expect(distance <= 1e-5, "\(distance)")
  }
}
