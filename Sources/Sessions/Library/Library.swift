/// The blocks and networks that come with the program, written in its own language.
package enum Library {
  /// A part of the library: what it is about, and its definitions.
  package struct Part: Sendable {
    package let name: String
    package let text: String
  }

  /// All parts, those that others build on first.
  package static let parts = [
    Part(name: "library/blocks.esp", text: blocks),
    Part(name: "library/cifar.esp", text: cifar),
    Part(name: "library/preactivation.esp", text: preactivation),
    Part(name: "library/imagenet.esp", text: imageNet),
    Part(name: "library/dense.esp", text: dense),
    Part(name: "library/mobile.esp", text: mobile),
    Part(name: "library/efficient.esp", text: efficient),
    Part(name: "library/res2net.esp", text: res2Net),
    Part(name: "library/convnext.esp", text: convNeXt),
    Part(name: "library/highways.esp", text: highways),
    Part(name: "library/mixers.esp", text: mixers),
    Part(name: "library/series.esp", text: series),
    Part(name: "library/unet.esp", text: uNet),
    Part(name: "library/transformers.esp", text: transformers),
    Part(name: "library/small.esp", text: small),
  ]
}
