/// Other frameworks.
extension ExplanationTable {
  static let frameworkTexts: [Explanation] = [
    Explanation(
      ["ONNX", "opset"], .frameworks,
      """
      A network as a graph of operators with its weights, that many programs read:
      Conv, BatchNormalization, Relu, Add, Gemm and so on. export FILE.onnx writes
      one, load FILE.onnx reads one and finds its residual blocks again. dropout does
      nothing there, and bn uses its running statistics: it is for answers.
      """, start: "data digits; add resnet8", ["export net.onnx", "load net.onnx", "tree depth=1"]),
    Explanation(
      ["export", "pytorch", "keras", "jax", "flax"], .frameworks,
      """
      export writes the network as code of another framework, with its weights beside
      it: blocks that are alike become one class with parameters. check=yes runs the
      code and compares outputs and gradients. The way on to a GPU.
      """, start: "data digits; add resnet8", ["export pytorch net.py", "export keras net.py"]),
    Explanation(
      ["framework defaults", "defaults of frameworks"], .frameworks,
      """
      Gluon and PyTorch: no padding, bias yes; Keras: padding valid, channels last.
      bn: momentum 0.9 in Gluon, 0.1 of what is new in PyTorch, 0.99 in Keras, whose
      eps is 0.001. First weights: Gluon uniform within 0.07, PyTorch within 1 /
      √fan-in, Keras xavier. Here: pad=same, he, momentum 0.9.
      """, start: "data digits; add cnn 8 3; add gap; add dense 10",
      ["init gluon", "init pytorch", "defaults conv pad=0"]),
  ]
}
