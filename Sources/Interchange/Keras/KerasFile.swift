import Networks

/// The text of a file for Keras round its classes.
struct KerasFile {
  let network: Network
  let names: CodeFile.Names
  let parts: [String]

  private var file: FileText { FileText(framework: .keras, network: network, names: names) }

  var text: String {
    let loads =
      names.weights == nil
      ? []
      : [
        "import numpy as np",
        "from safetensors.numpy import load_file\(names.recipe == nil ? "" : ", save_file")",
      ]
    return file.text(
      standard: (usesMath ? ["import math"] : []) + ["import os"],
      imports: [
        "os.environ.setdefault(\"KERAS_BACKEND\", \"jax\")  # or \"torch\", \"tensorflow\"", "",
        "import keras",
      ] + loads, parts: parts, ending: ending)
  }

  /// Whether anything asks for the module of that name.
  private var usesMath: Bool {
    names.weights != nil || parts.contains { $0.contains("math.") }
  }

  private var ending: String {
    let name = names.mainClass
    let extents = network.input.spatial + [network.input.channels]
    let shape = extents.map(String.init).joined(separator: ", ")
    guard let weights = file.weights else {
      return """
        if __name__ == "__main__":
            model = \(name)()
            print(model(keras.ops.zeros((1, \(shape)))).shape)
        """
    }
    return """
      \(variables)


      def load(\(weights)):
          \(FileText.aboutLoading)
          tensors = load_file(path)
          inputs, expected = tensors.pop("example.input"), tensors.pop("example.output")
          model = \(name)()
          model.build((None, \(shape)))
          for name, variable in variables(model):
              variable.assign(tensors[name])
          return model, \(last("inputs", network.input)), \(last("expected", network.output))

      \(file.training { KerasRecipe(recipe: $0).text })
      if __name__ == "__main__":
      \(file.callOfTraining)    model, inputs, expected = load()
          outputs = keras.ops.convert_to_numpy(model(inputs))
          learned = [variable for name, variable in variables(model) if "moving" not in name]
          print(sum(math.prod(variable.shape) for variable in learned), "parameters")
          print(outputs)
          print("largest difference:", abs(outputs - expected).max())
      """
  }

  private func last(_ name: String, _ shape: Shape) -> String {
    shape.spatialRank == 0 ? name : "np.moveaxis(\(name), 1, -1)"
  }

  /// The function that names variables by where they lie.
  private var variables: String {
    let about = """
      def variables(layer, path=""):
          \"""Yields each variable of a layer after the path that leads to it, such as 0.kernel.\"""

      """
    let attributes = ["body", "shortcut", "gate", "branches"].filter { name in
      parts.contains { $0.contains("self.\(name) =") }
    }
    if attributes.isEmpty {
      return about + """
            if isinstance(layer, keras.Sequential):
                for index, part in enumerate(layer.layers):
                    yield from variables(part, f"{path}{index}.")
            else:
                yield from ((path + variable.name, variable) for variable in layer.weights)
        """
    }
    let names = PythonText.tuple(attributes.map { PythonText.quoted($0) })
    return about + """
          if isinstance(layer, keras.Sequential):
              layer = layer.layers
          if isinstance(layer, list):
              parts = dict(enumerate(layer))
          else:
              parts = {name: getattr(layer, name, None) for name in \(names)}
              parts = {name: part for name, part in parts.items() if part is not None}
              if not parts:
                  yield from ((path + variable.name, variable) for variable in layer.weights)
          for name, part in parts.items():
              yield from variables(part, f"{path}{name}.")
      """
  }
}

extension KerasFile {
  /// Tells how far outputs and gradients are from ours, behind what loads the model.
  static let comparison = """
    def gradients():
        def loss_of(outputs):
            return (outputs ** 2).mean() / 2

        backend = module.keras.backend.backend()
        learned = [variable.value for variable in model.trainable_variables]
        others = [variable.value for variable in model.non_trainable_variables]
        if backend == "jax":
            import jax

            def loss(learned):
                outputs, _ = model.stateless_call(learned, others, inputs, training=True)
                return loss_of(outputs)

            return jax.grad(loss)(learned)
        if backend == "torch":
            loss_of(model(inputs, training=True)).backward()
            return [value.grad for value in learned]
        import tensorflow as tf

        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(model(inputs, training=True) ** 2) / 2
        return tape.gradient(loss, learned)

    numpy = module.keras.ops.convert_to_numpy
    tell("outputs", [(numpy(model(inputs)), expected)])
    if len(sys.argv) > 2:
        from safetensors.numpy import load_file

        ours = load_file(sys.argv[2])
        names = {id(variable): name for name, variable in module.variables(model)}
        theirs = {
            names[id(variable)]: numpy(gradient)
            for variable, gradient in zip(model.trainable_variables, gradients())
            if gradient is not None
        }
        tell("gradients", [(theirs[name], ours[name]) for name in ours])
    """
}
