import Networks

/// The text of a file for MXNet Gluon round its classes.
struct GluonFile {
  let network: Network
  let names: CodeFile.Names
  let parts: [String]

  private var file: FileText { FileText(framework: .gluon, network: network, names: names) }

  var text: String {
    file.text(
      imports: ["import mxnet as mx"] + (names.recipe == nil ? [] : GluonRecipe.imports)
        + ["from mxnet.gluon import nn"],
      parts: parts, ending: ending)
  }

  private var ending: String {
    let name = names.mainClass
    guard let weights = file.weights else {
      return """
        if __name__ == "__main__":
            model = \(name)()
            model.initialize()
            print(model(mx.nd.zeros((\(file.shape)))).shape)
        """
    }
    return """
      def load(\(weights)):
          \(FileText.aboutLoading)
          tensors = mx.nd.load(str(path))
          model = \(name)()
          model.load_parameters(str(path), ignore_extra=True)
          return model, tensors["example.input"], tensors["example.output"]

      \(file.training { GluonRecipe(recipe: $0).text })
      if __name__ == "__main__":
      \(file.callOfTraining)    model, inputs, expected = load()
          outputs = model(inputs)
          learned = {key: value for key, value in model.collect_params().items() if "running" not in key}
          print(sum(parameter.data().size for parameter in learned.values()), "parameters")
          print(outputs)
          print("largest difference:", (outputs - expected).abs().max().asscalar())
      """
  }
}

extension GluonFile {
  /// What stands before all else where code is compared.
  ///
  /// With oneDNN some gradients of MXNet 1.9.1 cannot be read, and some are off by a tenth.
  static let preparation = """
    import os

    os.environ.setdefault("MXNET_MKLDNN_ENABLED", "0")

    """

  /// Tells how far outputs and gradients are from ours, behind what loads the model.
  static let comparison = """
    import mxnet as mx

    tell("outputs", [(model(inputs).asnumpy(), expected.asnumpy())])
    if len(sys.argv) > 2:
        with mx.autograd.record():
            loss = (model(inputs) ** 2).mean() / 2
        loss.backward()
        parameters = model._collect_params_with_prefix()
        ours = mx.nd.load(sys.argv[2])
        tell(
            "gradients",
            [(parameters[name].grad().asnumpy(), ours[name].asnumpy()) for name in ours],
        )
    """
}
