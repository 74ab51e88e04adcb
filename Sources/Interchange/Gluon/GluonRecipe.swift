/// Training that goes on in Gluon.
struct GluonRecipe {
  let recipe: CodeRecipe

  /// The modules that it needs besides Gluon's usual ones.
  static let imports = ["from mxnet import autograd, gluon"]

  /// The functions that train, evaluate and save.
  var text: String {
    let score =
      recipe.comparesClasses
      ? "print(f\"accuracy {(outputs.argmax(axis=1) == targets).mean().asscalar():.4f}\")"
      : "print(f\"loss {loss_function(outputs, targets).mean().asscalar():.6f}\")"
    return """
      def train(epochs, path=Path(__file__)):
          \"""Goes on with the session's settings.\"""
          data = mx.nd.load(str(path.with_name(\(PythonText.quoted(recipe.data)))))
          dataset = gluon.data.ArrayDataset(data["train.inputs"], data["train.targets"])
          loader = gluon.data.DataLoader(dataset, batch_size=\(recipe.batchSize), shuffle=True)
          model, *_ = load()
          trainer = \(recipe.optimizer)
          loss_function = \(recipe.loss)
          for epoch in range(epochs):
              for inputs, targets in loader:
                  with autograd.record():
                      loss = loss_function(model(inputs), targets)
                  loss.backward()
                  trainer.step(len(inputs))
              print(f"epoch {epoch + 1}/{epochs}  loss {loss.mean().asscalar():.4f}")
          if "test.inputs" in data:
              outputs, targets = model(data["test.inputs"]), data["test.targets"]
              \(score)
          model.save_parameters(str(path.with_suffix(".trained.params")))
      """
  }
}
