import Networks

/// The text of a file for MXNet Gluon round its classes.
struct GluonFile {
  let network: Network
  let names: CodeFile.Names
  let parts: [String]

  var text: String {
    let imports =
      (names.recipe == nil ? [] : ["import sys"])
      + (names.weights == nil ? [] : ["from pathlib import Path", ""])
      + ["import mxnet as mx"] + (names.recipe == nil ? [] : GluonRecipe.imports)
      + ["from mxnet.gluon import nn"]
    let head = """
      \"""\(names.network) for Gluon: input \(network.input), output \(network.output), \
      \(network.learnableCount) parameters.\"""
      """
    let body = parts.joined(separator: "\n\n\n")
    return [head, imports.joined(separator: "\n") + "\n", body + "\n", ending + "\n"]
      .joined(separator: "\n\n")
  }

  private var ending: String {
    let name = names.mainClass
    let shape = ([1] + network.input.extents).map(String.init).joined(separator: ", ")
    guard let weights = names.weights else {
      return """
        if __name__ == "__main__":
            model = \(name)()
            model.initialize()
            print(model(mx.nd.zeros((\(shape)))).shape)
        """
    }
    return """
      def load(path=Path(__file__).with_name(\(PythonText.quoted(weights)))):
          \"""The network with its weights, an example, and the outputs it had where it was made.\"""
          tensors = mx.nd.load(str(path))
          model = \(name)()
          model.load_parameters(str(path), ignore_extra=True)
          return model, tensors["example.input"], tensors["example.output"]

      \(training)
      if __name__ == "__main__":
      \(call)    model, inputs, expected = load()
          outputs = model(inputs)
          learned = {key: value for key, value in model.collect_params().items() if "running" not in key}
          print(sum(parameter.data().size for parameter in learned.values()), "parameters")
          print(outputs)
          print("largest difference:", (outputs - expected).abs().max().asscalar())
      """
  }

  /// The functions of a recipe, with blank lines round them.
  private var training: String {
    names.recipe.map { "\n" + GluonRecipe(recipe: $0).text + "\n\n" } ?? ""
  }

  /// What calls them.
  private var call: String {
    names.recipe == nil ? "" : PythonText.callOfTraining
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
