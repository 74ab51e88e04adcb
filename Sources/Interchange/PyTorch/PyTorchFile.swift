import Networks

/// The text of a file for PyTorch round its classes.
struct PyTorchFile {
  let network: Network
  let names: CodeFile.Names
  let parts: [String]

  private var file: FileText { FileText(framework: .pytorch, network: network, names: names) }

  var text: String {
    let usesFunctions =
      parts.contains { $0.contains("F.") } || names.recipe?.loss.contains("F.") == true
    let isCheckpointed = parts.contains { $0.contains("recomputed(") }
    return file.text(
      standard: isCheckpointed ? ["from contextlib import contextmanager, nullcontext"] : [],
      imports: ["import torch", "from torch import nn"]
        + (usesFunctions ? ["from torch.nn import functional as F"] : [])
        + (isCheckpointed ? ["from torch.utils.checkpoint import checkpoint"] : [])
        + (names.recipe == nil ? [] : PyTorchRecipe.imports),
      parts: parts, ending: ending)
  }

  private var ending: String {
    let name = names.mainClass
    guard let weights = file.weights else {
      return """
        if __name__ == "__main__":
            model = \(name)().eval()
            print(sum(parameter.numel() for parameter in model.parameters()), "parameters")
            print(model(torch.zeros(\(file.shape))).shape)
        """
    }
    return """
      def load(\(weights)):
          \(FileText.aboutLoading)
          from safetensors.torch import load_file

          tensors = load_file(path)
          example = tensors.pop("example.input"), tensors.pop("example.output")
          model = \(name)().eval()
          model.load_state_dict(tensors)
          return model, *example

      \(file.training { PyTorchRecipe(recipe: $0).text })
      if __name__ == "__main__":
      \(file.callOfTraining)    model, inputs, expected = load()
          outputs = model(inputs).detach()
          print(sum(parameter.numel() for parameter in model.parameters()), "parameters")
          print(outputs)
          print("largest difference:", (outputs - expected).abs().max().item())
      """
  }
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
