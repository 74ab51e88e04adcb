import Networks

/// The text of a file for PyTorch round its classes.
struct PyTorchFile {
  let network: Network
  let names: CodeFile.Names
  let parts: [String]

  var text: String {
    let body = parts.joined(separator: "\n\n\n")
    let usesFunctions = body.contains("F.") || names.recipe?.loss.contains("F.") == true
    let imports =
      (names.recipe == nil ? [] : ["import sys"])
      + (names.weights == nil ? [] : ["from pathlib import Path", ""])
      + ["import torch", "from torch import nn"]
      + (usesFunctions ? ["from torch.nn import functional as F"] : [])
      + (names.recipe == nil ? [] : PyTorchRecipe.imports)
    let head = """
      \"""\(names.network) for PyTorch: input \(network.input), output \(network.output), \
      \(network.learnableCount) parameters.\"""
      """
    return [head, imports.joined(separator: "\n") + "\n", body + "\n", ending + "\n"]
      .joined(separator: "\n\n")
  }

  private var ending: String {
    let name = names.mainClass
    let shape = ([1] + network.input.extents).map(String.init).joined(separator: ", ")
    guard let weights = names.weights else {
      return """
        if __name__ == "__main__":
            model = \(name)().eval()
            print(sum(parameter.numel() for parameter in model.parameters()), "parameters")
            print(model(torch.zeros(\(shape))).shape)
        """
    }
    return """
      def load(path=Path(__file__).with_name(\(PythonText.quoted(weights)))):
          \"""The network with its weights, an example, and the outputs it had where it was made.\"""
          from safetensors.torch import load_file

          tensors = load_file(path)
          example = tensors.pop("example.input"), tensors.pop("example.output")
          model = \(name)().eval()
          model.load_state_dict(tensors)
          return model, *example

      \(training)
      if __name__ == "__main__":
      \(call)    model, inputs, expected = load()
          outputs = model(inputs).detach()
          print(sum(parameter.numel() for parameter in model.parameters()), "parameters")
          print(outputs)
          print("largest difference:", (outputs - expected).abs().max().item())
      """
  }

  /// The functions of a recipe, with blank lines round them.
  private var training: String {
    names.recipe.map { "\n" + PyTorchRecipe(recipe: $0).text + "\n\n" } ?? ""
  }

  /// What calls them.
  private var call: String { names.recipe == nil ? "" : PythonText.callOfTraining }
}

extension PyTorchFile {
  /// Tells how far outputs and gradients are from ours, behind what loads the model.
  static let comparison = """
    tell("outputs", [(model(inputs).detach().numpy(), expected.numpy())])
    if len(sys.argv) > 2:
        from safetensors.torch import load_file

        model.train()
        (model(inputs) ** 2).mean().div(2).backward()
        parameters = dict(model.named_parameters())
        ours = load_file(sys.argv[2])
        tell("gradients", [(parameters[name].grad.numpy(), ours[name].numpy()) for name in ours])
    """
}
