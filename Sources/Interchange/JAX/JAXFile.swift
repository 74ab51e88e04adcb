import Networks

/// The text of a file for JAX round its classes.
struct JAXFile {
  let network: Network
  let names: CodeFile.Names
  let parts: [String]

  private var file: FileText { FileText(framework: .jax, network: network, names: names) }

  private func has(_ word: String) -> Bool {
    (parts + [names.recipe?.loss ?? ""]).contains { $0.contains(word) }
  }

  var text: String {
    let isSpatial = network.input.spatialRank > 0 || network.output.spatialRank > 0
    let loads = names.weights != nil
    let trains = names.recipe != nil
    let usesNumpy = has("jnp.") || !loads || isSpatial
    return file.text(
      standard: has("partial(") ? ["from functools import partial"] : [],
      imports: (["jax.nn.", "jax.random.", "jax.image."].contains(where: has) ? ["import jax"] : [])
        + (usesNumpy ? ["import jax.numpy as jnp"] : [])
        + (trains ? ["import numpy as np", "import optax"] : []) + ["from flax import nnx"]
        + (loads ? ["from safetensors.flax import load_file\(trains ? ", save_file" : "")"] : []),
      parts: parts, ending: ending)
  }

  /// The kinds of variables that are parameters.
  private var kinds: String { has("frozen(") ? "(nnx.Param, Frozen)" : "nnx.Param" }

  private var ending: String {
    let name = names.mainClass
    guard let weights = file.weights else {
      let extents = network.input.spatial + [network.input.channels]
      let shape = ([1] + extents).map(String.init).joined(separator: ", ")
      return """
        if __name__ == "__main__":
            model = \(name)(rngs=nnx.Rngs(0))
            model.eval()
            print(model(jnp.zeros((\(shape)))).shape)
        """
    }
    return """
      def variables(tree):
          \"""The variables of a module or of gradients by the paths that lead to them.\"""
          state = nnx.state(tree, nnx.Not(nnx.RngState)) if isinstance(tree, nnx.Module) else tree
          return {".".join(map(str, path)): value for path, value in nnx.to_flat_state(state)}


      def load(\(weights)):
          \(FileText.aboutLoading)
          tensors = load_file(path)
          inputs, expected = tensors.pop("example.input"), tensors.pop("example.output")
          model = \(name)(rngs=nnx.Rngs(0))
          for name, variable in variables(model).items():
              variable.set_value(tensors[name])
          model.eval()
          return model, \(last("inputs", network.input)), \(last("expected", network.output))

      \(file.training { JAXRecipe(recipe: $0).text })
      if __name__ == "__main__":
      \(file.callOfTraining)    model, inputs, expected = load()
          outputs = model(inputs)
          learned = variables(nnx.state(model, \(kinds)))
          print(sum(variable.size for variable in learned.values()), "parameters")
          print(outputs)
          print("largest difference:", abs(outputs - expected).max())
      """
  }

  private func last(_ name: String, _ shape: Shape) -> String {
    shape.spatialRank == 0 ? name : "jnp.moveaxis(\(name), 1, -1)"
  }
}

extension JAXFile {
  /// Tells how far outputs and gradients are from ours, behind what loads the model.
  static let comparison = """
    import numpy as np
    from flax import nnx

    tell("outputs", [(np.asarray(model(inputs)), np.asarray(expected))])
    if len(sys.argv) > 2:
        from safetensors.numpy import load_file

        ours = load_file(sys.argv[2])
        model.train()
        gradients = nnx.grad(lambda model: (model(inputs) ** 2).mean() / 2)(model)
        theirs = module.variables(gradients)
        tell("gradients", [(np.asarray(theirs[name][...]), ours[name]) for name in ours])
    """
}
